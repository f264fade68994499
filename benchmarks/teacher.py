"""What a call costs: plain `AsyncOpenAI`, the same on aiohttp, bare aiohttp, and `ittgen.grow`, against one server.

    .venv/bin/python benchmarks/teacher.py                                    the whole suite, about 10 minutes
    .venv/bin/python benchmarks/teacher.py --calls 10000 --concurrency 512 [--lognormal SIGMA] [--clients plain ittgen]
    .venv/bin/python benchmarks/teacher.py --faults                           500 prompts, a server that errs

The server (`loopback`) and every client are processes of their own. The clients take turns in every round, and each
figure is the median of the rounds; of rows, stops and answers bought twice, the worst. `ittgen.grow` does what the
others do not: it stores every answer before it goes on, reads and filters it, commits in order and freezes a version.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.clients import CLIENTS, write_tasks
from benchmarks.loopback import Loopback

PROGRAM = Path(__file__).with_name("clients.py")
NAMES = {
    "plain": "AsyncOpenAI",
    "sdk-aiohttp": "AsyncOpenAI on aiohttp",
    "aiohttp": "aiohttp, bare",
    "ittgen": "ittgen.grow",
}
FAULT_TIMEOUT = 10.0
TIMEOUT = 600.0
HUNG = 1800.0
"""Seconds after which a client will not end any more."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a client is given to do, by which server."""

    calls: int
    concurrency: int
    latency: float = 0.2
    lognormal: float = 0.0
    faults: float = 0.0
    timeout: float = TIMEOUT

    @property
    def ideal(self) -> float:
        """Seconds, were the client and the wire for nothing."""
        return self.calls * self.latency / self.concurrency

    def __str__(self) -> str:
        spread = f", lognormal {self.lognormal:g}" if self.lognormal else ""
        faults = f", {self.faults:g} x the usual faults, time-out {self.timeout:g} s" if self.faults else ""
        return f"{self.calls:,} calls of {1000 * self.latency:g} ms at {self.concurrency}{spread}{faults}"


@dataclass(frozen=True, slots=True)
class Figures:
    """One run of one client, or several in one."""

    wall: float
    """Seconds from the process's start to its end."""
    window: float
    """Seconds from the first request to the last reply, as the server saw them."""
    start: float
    """Seconds from the process's start to its first request."""
    cpu: float
    """Seconds of CPU, user and system, of the whole process."""
    peak: float
    """MiB."""
    rows: float
    stops: float
    requests: float
    silent: float
    """Requests the server never answered; each costs its client a whole time-out."""
    twice: float
    """Answers that were sent whole to a request that had had one."""


def measure(client: str, load: Load, seed: int) -> Figures:
    options = {"latency": load.latency, "lognormal": load.lognormal, "faults": load.faults, "seed": seed}
    with tempfile.TemporaryDirectory() as name, Loopback(**options) as server:
        write_tasks(Path(name), load.calls)
        command = [
            sys.executable,
            str(PROGRAM),
            client,
            name,
            server.base_url,
            str(load.concurrency),
            str(load.timeout),
        ]
        began = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=_environment(), timeout=HUNG)
        wall, seen = time.monotonic() - began, server.stats()
    return Figures(
        wall=wall,
        window=seen["last_answer"] - seen["first_request"],
        start=seen["first_request"] - began,
        requests=seen["requests"],
        silent=seen["faults"].get("silent", 0),
        twice=seen["billed_twice"],
        **json.loads(done.stdout.splitlines()[-1]),
    )


def _environment() -> dict[str, str]:
    """This one's, without a proxy between client and server."""
    proxies = {"http_proxy", "https_proxy", "all_proxy"}
    return {name: value for name, value in os.environ.items() if name.lower() not in proxies}


def together(runs: Iterable[Figures]) -> Figures:
    """The worst run for what must never be lost or paid twice, and medians of the rest."""
    found = [asdict(run) for run in runs]
    worst = {"rows": min, "twice": max, "stops": max}
    taken = {f.name: worst.get(f.name, statistics.median) for f in fields(Figures)}
    return Figures(**{name: take(run[name] for run in found) for name, take in taken.items()})


def compare(clients: Sequence[str], load: Load, rounds: int) -> dict[str, Figures]:
    """The clients in turn, round after round."""
    runs: dict[str, list[Figures]] = {client: [] for client in clients}
    for number in range(rounds):
        for client in clients:
            say(f"{load}, round {number + 1} of {rounds}: {client} …")
            runs[client].append(measure(client, load, number))
    return {client: together(found) for client, found in runs.items()}


def print_speed(load: Load, found: dict[str, Figures]) -> None:
    heading(f"{load}; ideal {load.ideal:.2f} s")
    row("client", "wall s", "window s", "of ideal", "CPU ms a call", "peak MiB", "first request s", "bought twice",
        "CPU / plain", "start / plain")  # fmt: skip
    row(*["---"] * 10)
    for client, f in found.items():
        row(NAMES[client], f"{f.wall:.2f}", f"{f.window:.2f}", f"{load.ideal / f.window:.0%}",
            f"{1000 * f.cpu / load.calls:.3f}", f"{f.peak:.0f}", f"{f.start:.2f}", f"{f.twice:g}",
            ratio(found, client, "cpu"), ratio(found, client, "start"))  # fmt: skip


def print_faults(load: Load, found: dict[str, Figures]) -> None:
    heading(str(load))
    row("client", "rows", "stopped and started again", "wall s", "requests", "never answered", "bought twice")
    row(*["---"] * 7)
    for client, f in found.items():
        row(NAMES[client], f"{f.rows:g} of {load.calls}", f"{f.stops:g}", f"{f.wall:.1f}", f"{f.requests:g}",
            f"{f.silent:g}", f"{f.twice:g}")  # fmt: skip


def ratio(found: dict[str, Figures], client: str, figure: str) -> str:
    """This client's figure in parts of plain's."""
    return f"{getattr(found[client], figure) / getattr(found['plain'], figure):.2f}" if "plain" in found else ""


def heading(text: str) -> None:
    print(f"\n{text}\n", flush=True)


def row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def suite(clients: Sequence[str], rounds: int, latency: float, lognormal: float) -> None:
    """Speed at two widths, time to the first request, and memory at two sizes."""
    for load in (Load(10_000, 512, latency, lognormal), Load(2_000, 64, latency, lognormal)):
        print_speed(load, compare(clients, load, rounds))
    few = Load(100, 64, latency)
    print_speed(few, compare([c for c in clients if c in ("plain", "ittgen")], few, 2 * rounds + 1))
    print_memory([Load(calls, 512, latency) for calls in (2_000, 20_000)], rounds)


def print_memory(loads: Sequence[Load], rounds: int) -> None:
    heading("Peak memory of ittgen.grow")
    row("calls", "peak MiB")
    row("---", "---")
    for load in loads:
        row(f"{load.calls:,}", f"{compare(['ittgen'], load, rounds)['ittgen'].peak:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, help="one table of so many calls in place of the suite")
    parser.add_argument("--concurrency", type=int, default=0, help="512; with --faults 64")
    parser.add_argument("--latency", type=float, default=0.2, help="seconds until an answer")
    parser.add_argument("--lognormal", type=float, default=0.0, help="sigma of the latency; its mean stays")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", nargs="+", choices=CLIENTS, default=CLIENTS)
    parser.add_argument("--faults", type=float, nargs="*", help="times the usual rates; as it is: 0, 1 and 5")
    given = parser.parse_args()
    if given.faults is not None:
        for times in given.faults or (0.0, 1.0, 5.0):
            load = Load(
                given.calls or 500, given.concurrency or 64, given.latency, given.lognormal, times, FAULT_TIMEOUT
            )
            print_faults(load, compare(given.clients, load, given.rounds))
    elif given.calls:
        load = Load(given.calls, given.concurrency or 512, given.latency, given.lognormal)
        print_speed(load, compare(given.clients, load, given.rounds))
    else:
        suite(given.clients, given.rounds, given.latency, given.lognormal)


if __name__ == "__main__":
    main()
