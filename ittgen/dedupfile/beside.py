"""Files that appear whole or not at all: written beside their place, put on the disk, renamed. Knows no rows."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ittgen.errors import UsageError
from ittgen.versions.files import sync, sync_folder


class Beside:
    """A file that takes the place of `path` by `replace`; a device or a pipe is written to as it is.

    Raises UsageError where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = path.resolve()
        self._direct = path.exists() and not path.is_file()
        self._beside = self._place.with_name(f".{self._place.name}.{secrets.token_hex(4)}")
        with self._told():
            self._file: BinaryIO = self._place.open("wb") if self._direct else self._beside.open("xb")

    def write(self, line: bytes) -> None:
        with self._told():
            self._file.write(line)

    def sync(self) -> None:
        """Put what was written on the disk."""
        with self._told():
            if self._direct:
                self._file.close()
            else:
                sync(self._file)

    def replace(self) -> None:
        """Let it be found under its name."""
        if self._direct:
            return
        with self._told():
            self._file.close()
            self._beside.replace(self._place)
            sync_folder(self._place.parent)

    def drop(self) -> None:
        """Leave no trace of what was not put in its place."""
        with suppress(OSError):
            self._file.close()
        if not self._direct:
            self._beside.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(f"cannot write {self.path}: {error.strerror or error}; name another file") from None


@contextmanager
def beside(paths: Sequence[Path]) -> Iterator[list[Beside]]:
    """A file for each of the paths; they take their places when all went well, and none does otherwise."""
    files: list[Beside] = []
    try:
        for path in paths:
            files.append(Beside(path))
        yield files
        for file in files:
            file.sync()
        for file in files:
            file.replace()
    finally:
        for file in files:
            file.drop()
