"""The process between a run and a server of its own: whatever ends the run, even SIGKILL, it ends the server.

    python -m ittgen.teachers.local.keeper SECONDS COMMAND…

Its standard input is a pipe that the run holds. When that is closed, by the run or by its death, the server is asked to
end, and killed with all that it started after so many seconds. Ends with the server's exit code where that ends first.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

LOOK = 0.05
"""Seconds between two looks at what a server has left."""


def main(seconds: float, command: Sequence[str]) -> None:
    """Run the command in a session of its own, so that a Ctrl-C at a terminal does not reach it."""
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    ended = threading.Event()
    leaving = threading.Thread(target=_leave_with, args=(server, ended, seconds), daemon=True)
    leaving.start()
    sys.stdin.buffer.read()
    server.terminate()
    if not ended.wait(seconds):
        server.kill()
    leaving.join()


def _leave_with(server: "subprocess.Popen[bytes]", ended: threading.Event, seconds: float) -> None:
    """End this process as the server ended, once nothing is left of it."""
    code = server.wait()
    ended.set()
    _sweep(server.pid, seconds)
    os._exit(code if code >= 0 else 128 - code)


def _sweep(session: int, seconds: float) -> None:
    """End what a server left of its session: first what ends by itself, as that which gives back shared memory."""
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            if number is not None:
                os.killpg(session, number)
        if _emptied(session, seconds / 3):
            return


def _emptied(session: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while _any_left(session):
        if time.monotonic() > until:
            return False
        time.sleep(LOOK)
    return True


def _any_left(session: int) -> bool:
    """Whether a process of the session runs; one that has ended and waits to be seen off does not."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    states = [state for state in map(_state, Path("/proc").glob("[0-9]*/stat")) if state[1:] == (str(session),)]
    return not states or any(state[0] != "Z" for state in states)  # none where there is no /proc to be read


def _state(stat: Path) -> tuple[str, ...]:
    """(state, process group) of a process; empty where it is gone."""
    with suppress(OSError):
        state, _, group, *_ = stat.read_text().rpartition(")")[2].split()
        return state, group
    return ()


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
