"""Temporary folders: where a version is made before it has a name, and who clears up after a killed process.

The name, `.tmp-<process id>-<host>-<random>`, says whose it is; nothing here knows what is inside.
"""

import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ittgen.locks import alive
from ittgen.text import digest

LEFT_BEHIND = 24 * 3600
"""Seconds without a write after which a temporary folder is nobody's, whatever runs under its process id."""


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A fresh temporary folder in `folder`; gone afterwards unless it was renamed. Sweeps first. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    made = folder / f".tmp-{os.getpid()}-{_host()}-{secrets.token_hex(4)}"
    made.mkdir()
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes left behind."""
    for left in folder.glob(".tmp-*"):
        if _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


def _abandoned(left: Path) -> bool:
    """Whether nobody writes to it: its process is dead, or it is old, as processes of other hosts cannot be seen."""
    pid, host = [*left.name.split("-"), "", ""][1:3]
    if host == _host() and pid.isdigit() and not alive(int(pid)):
        return True
    try:
        last = max(path.stat().st_mtime for path in (left, *left.iterdir()))
    except OSError:  # another freeze removed or renamed it meanwhile
        return False
    return time.time() - last > LEFT_BEHIND


def _host() -> str:
    return digest(socket.gethostname())[:8]
