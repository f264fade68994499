"""A JSONL file's rows, read as often as needed and never held. Knows bytes, JSON and fields; not what becomes of a row.

A line ends with a line feed; a carriage return before it belongs to the line. Blank lines are no rows. A byte order
mark at the beginning is not read, and stays in its line.
"""

import json
import os
from array import array
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ittgen.errors import UsageError, nearest

EVERY = 1_000
"""Lines between two words about how far reading is."""

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""


class Rows:
    """The rows of one file, which stays open, and the text that each has in one field.

    with Rows(Path("data.jsonl"), "instruction") as rows: list(rows.texts(told))

    Raises UsageError, with file and line, for a file or line that cannot be read.
    """

    def __init__(self, path: Path, field: str) -> None:
        self.path = path
        self.lines = array("q")
        """The line of each row, counted from 1, once the texts were read."""
        self.blank = 0
        self._field = field
        self._file = _opened(path)
        self._state = self._stamp()

    @property
    def name(self) -> str:
        """The file's path as text that can be printed."""
        return os.fsencode(self.path).decode(errors="replace")

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def texts(self, told: Told) -> Iterator[str]:
        """What each row says in the field, from the first row on."""
        self.lines, self.blank = array("q"), 0
        size, place = self._state[0], 0
        for number, line in self._numbered():
            place += len(line)
            if number % EVERY == 0:
                told(f"reading {self.name}", place, size)
            if not stripped(line):
                self.blank += 1
                continue
            self.lines.append(number)
            yield self._text(line, number)
        if not self.lines:
            raise UsageError(f"{self.path}: there is no row in it; each line must be one JSON object")

    def raw(self) -> Iterator[bytes]:
        """Each row's line as it stands, from the first row on."""
        return (line for _, line in self._numbered() if stripped(line))

    def unchanged(self) -> None:
        """Raises UsageError where somebody has written to the file since it was opened."""
        if self._stamp() != self._state:
            raise UsageError(f"{self.path} was changed while it was read; nothing is written, so run it again")

    def _stamp(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        try:
            self._file.seek(0)
            yield from enumerate(self._file, 1)
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror}") from None

    def _text(self, line: bytes, number: int) -> str:
        where = f"{self.path}, line {number}"
        row = _parsed(line.removeprefix(BOM_UTF8) if number == 1 else line, where)
        if not isinstance(row, dict):
            raise UsageError(f"{where}: {_kind(row)}, not a JSON object; each line must be one row, as in JSONL")
        value = row[self._field] if self._field in row else _inside(row, self._field, where)
        if not isinstance(value, str):
            raise UsageError(f'{where}: "{self._field}" is {_kind(value)}, not text; name a field of text with --field')
        return value


def stripped(line: bytes) -> bytes:
    """A row's line without what is not the row."""
    return line.removeprefix(BOM_UTF8).strip()


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir() or path.is_file() or not path.exists():
            return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a JSONL file") from None
    raise UsageError(f"{path}: rows are read twice, and a pipe can be read once; save it as a file first")


def _parsed(line: bytes, where: str) -> Any:
    try:
        return json.loads(line.decode())
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{where}: not JSON: {error.msg}, column {error.colno}; each line must be one JSON object"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{where}: not UTF-8; write the file anew as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: no JSON that can be read: {error}; mend or remove the line") from None


def _inside(row: Any, field: str, where: str) -> Any:
    """The value that a path names: "messages.0.content"."""
    value = row
    for part in field.split("."):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            hint = nearest(field, list(row))
            raise UsageError(f'{where}: there is no field "{field}"{hint}; name the one to compare with --field')
    return value


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
