"""JSONL on disk: written in parts with checksums and fsync, read lazily. Knows lines, not what they mean."""

import hashlib
import json
import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, overload

from ittgen.errors import DamagedError
from ittgen.versions.manifest import FileEntry

ROWS_PER_FILE = 100_000
BYTES_PER_FILE = 256 * 2**20
BLOCK = 2**20
"""Bytes read at a time where lines do not matter."""

T = TypeVar("T")


class Writer:
    """Lines into `<part>-00000.jsonl`, `<part>-00001.jsonl` and so on; the first line makes the first file.

    with Writer(folder, "data") as writer: writer.write(line)
    writer.files    # afterwards: what was written
    """

    def __init__(self, folder: Path, part: str) -> None:
        self.files: list[FileEntry] = []
        self._folder, self._part = folder, part
        self._file: BinaryIO | None = None
        self._rows = self._bytes = 0
        self._hash = hashlib.sha256()

    def write(self, line: bytes) -> None:
        """Add a line, which ends with a newline; into the next file where this one is full."""
        if self._rows == ROWS_PER_FILE or (self._rows and self._bytes + len(line) > BYTES_PER_FILE):
            self._finish()
        if self._file is None:
            self._file = (self._folder / self._name).open("xb")
        self._file.write(line)
        self._hash.update(line)
        self._rows += 1
        self._bytes += len(line)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if not failed:
            self._finish()
        elif self._file is not None:
            self._file.close()

    @property
    def _name(self) -> str:
        return f"{self._part}-{len(self.files):05d}.jsonl"

    def _finish(self) -> None:
        if self._file is None:
            return
        sync(self._file)
        self._file.close()
        self.files.append(FileEntry(self._name, self._hash.hexdigest(), self._bytes, self._rows))
        self._file, self._hash = None, hashlib.sha256()
        self._rows = self._bytes = 0


def write_text(path: Path, text: str) -> FileEntry:
    """Write a file that is not JSONL, fsynced; its entry has 0 rows."""
    data = text.encode()
    with path.open("wb") as file:
        file.write(data)
        sync(file)
    return FileEntry(path.name, hashlib.sha256(data).hexdigest(), len(data), 0)


def sync(file: BinaryIO) -> None:
    """Have the operating system put it on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the operating system put the folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Lines(Sequence[T], Generic[T]):
    """The lines of some JSONL files as a sequence of values; those that `keep` refuses are passed over.

    Iterating streams. The first index or length walks the files once and remembers where lines begin: 8 bytes a line.
    Raises DamagedError, with the file and the place in it, for a line that is not what was written.
    """

    def __init__(
        self, paths: Sequence[Path], parse: Callable[[Any], T], keep: Callable[[Any], bool] | None = None
    ) -> None:
        self._paths, self._parse, self._keep = paths, parse, keep

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        position = range(len(self))[index]
        part = bisect_right(self._starts, position) - 1
        offset = self._places[part][position - self._starts[part]]
        with _reading(self._paths[part]) as file:
            file.seek(offset)
            return self._value(file.readline(), self._paths[part], f"byte {offset}")

    def __iter__(self) -> Iterator[T]:
        for path in self._paths:
            for number, _, text in read(path):
                if self._wanted(text, path, number):
                    yield self._value(text, path, f"line {number}")

    @cached_property
    def _places(self) -> list["array[int]"]:
        """For each file, the byte offsets of the lines kept."""
        return [array("Q", self._offsets(path)) for path in self._paths]

    @cached_property
    def _starts(self) -> list[int]:
        """The position of each file's first line in the sequence, and the number of lines."""
        return list(accumulate(map(len, self._places), initial=0))

    def _offsets(self, path: Path) -> Iterator[int]:
        return (offset for number, offset, text in read(path) if self._wanted(text, path, number))

    def _wanted(self, text: bytes, path: Path, number: int) -> bool:
        return self._keep is None or self._keep(_decoded(text, path, f"line {number}"))

    def _value(self, text: bytes, path: Path, place: str) -> T:
        try:
            return self._parse(_decoded(text, path, place))
        except (KeyError, TypeError, AttributeError) as error:
            raise _damaged(path, f"{place}: not a line of ours ({type(error).__name__}: {error})") from None


def read(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """(number from 1, byte offset, text with its newline) of every line. Raises DamagedError."""
    offset = 0
    with _reading(path) as file:
        for number, text in enumerate(file, 1):
            yield number, offset, text
            offset += len(text)


def sha256_of(path: Path) -> str:
    """sha256 of a file, 64 hexadecimal digits. Raises DamagedError."""
    hasher = hashlib.sha256()
    with _reading(path) as file:
        while block := file.read(BLOCK):
            hasher.update(block)
    return hasher.hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from None


def _decoded(text: bytes, path: Path, place: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise _damaged(path, f"{place}: not JSON: {error}") from None


def _damaged(path: Path, what: str) -> DamagedError:
    return DamagedError(f"{path}, {what}; `ittgen verify` lists every fault of the version")
