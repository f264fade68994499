"""A fast chat completions server on loopback that errs on purpose and keeps the bill.

    python benchmarks/loopback.py --port 0 --latency 0.2 [--lognormal SIGMA] [--faults TIMES] [--seed N] [--log FILE]
        [--retry-after SECONDS] [--away-after REQUESTS --away-for SECONDS]

prints its base_url, then serves until killed. From a program, as a process of its own that ends with the caller:

    with Loopback(latency=0.2, faults=1) as server:
        server.base_url, server.stats()

What happens to a request depends on the seed, its key (its Idempotency-Key, else a digest of its body) and its attempt,
never on the order of arrival; what is answered, on its body alone. `GET /stats` tells what was asked and billed, with
every key's counts at `/stats?keys=1`; `POST /reset` forgets it all. It reads no JSON and no header it does not need, so
that a client on the same machine is what is measured; it knows nothing of ittgen.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.loopback_server import Server

PATIENCE = 30.0
"""Seconds after which a server that does not answer /stats is broken."""


class Loopback:
    """`with Loopback(latency=0.2, faults=1, away_after=300, away_for=20) as server`: the program, and its end.

    The options are the program's. It ends with the block, or with this process however that ends.
    """

    def __init__(self, **options: float | str | Path) -> None:
        given = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
        self._command = [sys.executable, str(Path(__file__).resolve()), *given, "--end-with-input"]
        self.base_url = ""

    def __enter__(self) -> "Loopback":
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.base_url = self._process.stdout.readline().strip()
        if not self.base_url:
            self.__exit__()
            raise RuntimeError(f"the loopback server did not start: {' '.join(self._command)}")
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.communicate()

    def stats(self, keys: bool = False) -> dict[str, Any]:
        """What /stats tells."""
        return dict(self._read("/stats?keys=1" if keys else "/stats"))

    def reset(self) -> None:
        """Forget every request."""
        self._read("/reset", b"")

    def _read(self, path: str, data: bytes | None = None) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.base_url.removesuffix("/v1") + path, data, timeout=PATIENCE) as said:
            return json.load(said)


async def serve(options: argparse.Namespace, log: int | None) -> None:
    server = Server(
        latency=options.latency,
        lognormal=options.lognormal,
        faults=options.faults,
        seed=options.seed,
        log=log,
        away_after=options.away_after,
        away_for=options.away_for,
        retry_after=options.retry_after,
        port=options.port,
    )
    await server.listen()
    print(f"http://127.0.0.1:{server.port}/v1", flush=True)
    if options.end_with_input:
        await asyncio.to_thread(sys.stdin.read)
    else:
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="a chat completions server on loopback that errs on purpose")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds until an answer")
    parser.add_argument("--lognormal", type=float, default=0.0, help="sigma of the latency; its mean stays")
    parser.add_argument("--faults", type=float, default=0.0, help="times the usual rates")
    parser.add_argument("--retry-after", type=float, default=1.0, help="seconds that a busy reply asks to wait")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, help="a line for every answer billed: the request's key")
    parser.add_argument("--away-after", type=int, default=0, help="the request at which it goes away")
    parser.add_argument("--away-for", type=float, default=20.0, help="seconds until it is back")
    parser.add_argument("--end-with-input", action="store_true", help="end when standard input does")
    options = parser.parse_args()
    log = os.open(options.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644) if options.log else None
    asyncio.run(serve(options, log))


if __name__ == "__main__":
    main()
