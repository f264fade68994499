"""One process per journal, and a message that says which process that is.

The lock is the operating system's (through `filelock`), so a killed process leaves none behind; the note beside it
tells people who holds it.
"""

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from ittgen.errors import JournalError
from ittgen.schema import check_version, opening


class Held:
    """A lock that is held until `release`."""

    def __init__(self, lock: object, note: Path) -> None:
        self._lock, self._note = lock, note

    def release(self) -> None:
        self._note.unlink(missing_ok=True)
        self._lock.release()  # type: ignore[attr-defined]  # filelock is imported late, so is its type


def hold(path: Path) -> Held:
    """Take the lock of the file at `path`, whose folder is made where it is missing.

    Raises JournalError when another process holds it, with its process id, host and start, when the folder cannot be
    written, or, leaving nothing behind, when there is another file at `path` than a journal.
    """
    from filelock import FileLock, Timeout

    _check_ours(path)
    path = path.resolve()  # a link to the file is the same journal
    note = _note(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(path.name + ".lock"))
        lock.acquire(timeout=0)
        note.write_text(json.dumps(_me()))
    except Timeout:
        raise JournalError(f"journal {path}: {_who(note)} is using it; wait for it, stop it, or name another journal "
                           "with --journal") from None  # fmt: skip
    except OSError as error:
        raise JournalError(f"journal {path}: cannot be written: {error.strerror or error}") from None
    return Held(lock, note)


def holder(path: Path) -> str:
    """Who has the lock of the file at `path` by the note beside it, "process 71 on host (since …)"; "" for nobody.

    Takes no lock, so it never stands in anybody's way. A note of another host is believed.
    """
    note = _note(path)
    try:
        held = json.loads(note.read_text())
        gone = held["host"] == socket.gethostname() and not alive(held["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return "" if gone else _who(note)


def discard(path: Path) -> None:
    """Delete a file that nobody holds and what SQLite and the lock left beside it; its folder too if that is empty."""
    for beside in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def alive(pid: int) -> bool:
    """Whether a process of this host runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it runs, as somebody else's
        return True
    return True


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


def _check_ours(path: Path) -> None:
    """Raise JournalError for a folder, another program's database or no database at all."""
    if path.is_dir():
        raise JournalError(f"journal {path}: is a folder, not a file; name a file in it: {path / 'journal.sqlite'}")
    # With a log beside it the file alone may be half of a state: then whoever opens it properly is to judge.
    logged = any(path.with_name(path.name + log).exists() for log in ("-wal", "-journal"))
    if path.is_file() and not logged:
        with opening(path, "?mode=ro&immutable=1") as db:
            check_version(db, path)
            db.close()


def _me() -> dict[str, object]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since}


def _who(note: Path) -> str:
    try:
        holder = json.loads(note.read_text())
        return f"process {holder['pid']} on {holder['host']} (since {holder['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
