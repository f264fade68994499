"""A server that a run starts, watches and stops: its process, its log, and whether it answers. Knows no options.

The server runs under a `keeper`, which ends it should the run be killed.
"""

import asyncio
import subprocess
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ittgen.errors import TeacherError, TransientError, UsageError
from ittgen.teachers.local.trouble import cause, explained

GRACE = 15.0
"""Seconds that a server has to end by itself before it is killed."""
AGAIN = 0.2
"""Seconds between two looks at a server that starts."""
KEPT, SHOWN = 2000, 6
"""Lines at a log's end that are searched for the cause, and that a message shows."""


@dataclass(slots=True)
class Server:
    """One server. `start`, then `ready`; `check` while it is asked; `stop`."""

    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    port: int
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        keeper = [sys.executable, "-m", "ittgen.teachers.local.keeper", str(GRACE), *self.command]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                keeper,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**self.environment, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    async def ready(self, answers: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Return once it really answers. Raises UsageError where it ends first, refuses, or takes too long."""
        try:
            async with asyncio.timeout(seconds):
                while not await self._tried(answers):
                    await asyncio.sleep(AGAIN)
        except TimeoutError:
            raise UsageError(
                f"the vLLM server did not answer within {seconds:g} s (start_timeout); see {self.log}"
            ) from None

    async def _tried(self, answers: Callable[[], Awaitable[object]]) -> bool:
        if self._code is not None:
            told = explained(cause(self._end(KEPT)))
            raise UsageError(f"the vLLM server cannot start (exit code {self._code}): {told}; more in {self.log}")
        try:
            await answers()
        except TransientError:
            return False
        except TeacherError as error:
            raise UsageError(f"the vLLM server started, and refuses to answer: {error}; more in {self.log}") from None
        return True

    def check(self) -> None:
        """Raise TeacherError where the server has ended, whatever its exit code says."""
        if self._code is None:
            return
        lines = "".join(f"\n  {line}" for line in self._end(SHOWN))
        raise TeacherError(
            f"the vLLM server at port {self.port} ended (exit code {self._code}): {explained(cause(self._end(KEPT)))}\n"
            f"the end of its log, {self.log}:{lines}\n",
            advice="Run again to start it anew and go on",
        )

    async def stop(self) -> None:
        """End it, and whatever it started."""
        if process := self._process:
            if process.stdin:
                process.stdin.close()
            await asyncio.to_thread(process.wait)

    @property
    def _code(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.poll() if self._process else None

    def _end(self, lines: int) -> list[str]:
        """The last lines of its log."""
        with self.log.open(errors="replace") as log:
            return [line.rstrip() for line in deque((line for line in log if line.strip()), lines)]
