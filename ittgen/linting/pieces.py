"""A file's rows as pieces of it, each with all that stands around the row: put together again they are the file.

    JSONL        a piece is a line with its line feed; lines that are blank are no rows, and left out
    JSON array   a piece is what stands between "[", "," and "]"

A file is read once, from beginning to end, and never held. Knows bytes and JSON, not what a row means.
"""

import codecs
import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ittgen.errors import UsageError

BLOCK = 2**18
"""Bytes read at a time of an array, and the most that an array's error is looked for beyond its place."""

_BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A row as it stands in its file; number is its line, or its place in the array, from 1."""

    number: int
    raw: bytes

    def row(self, where: str) -> Any:
        """What it says. Raises UsageError, beginning with `where`, for what is not JSON."""
        try:
            return json.loads(self.raw.removeprefix(BOM_UTF8).decode())
        except json.JSONDecodeError as error:
            raise UsageError(f"{where}: not JSON: {error.msg}, column {error.colno}; mend or remove it") from None
        except UnicodeDecodeError:
            raise UsageError(f"{where}: not UTF-8; write the file anew as UTF-8") from None
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{where}: no JSON that can be read: {error}; mend or remove it") from None

    def saying(self, row: Any) -> bytes:
        """Another row in its place: the blanks around it stay, and ASCII stays ASCII."""
        bare = self.raw.removeprefix(BOM_UTF8)
        head = self.raw[: len(self.raw) - len(bare.lstrip())]
        text = json.dumps(row, ensure_ascii=self.raw.removeprefix(BOM_UTF8).isascii())
        return head + text.encode() + bare[len(bare.rstrip()) :]


class File:
    """One file of rows, open; `with opened(path) as file: for piece in file.pieces(): …`."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.is_array = file.peek(BLOCK)[:BLOCK].removeprefix(BOM_UTF8).lstrip()[:1] == b"["  # type: ignore[attr-defined]
        self.head = self.between = self.tail = b""
        """What stands before, between and after the pieces of an array; the tail is known when all are read."""
        self.blank = 0
        self.read = 0
        """Bytes, so far."""
        self._file = file

    def where(self, number: int) -> str:
        return f"{self.path}, {'row' if self.is_array else 'line'} {number}"

    def pieces(self) -> Iterator[Piece]:
        """Every row. Raises UsageError for an array that is none, and a file that cannot be read."""
        try:
            yield from self._items() if self.is_array else self._lines()
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise UsageError(f"{self.path}: not UTF-8; write the file anew as UTF-8") from None

    def _lines(self) -> Iterator[Piece]:
        for number, line in enumerate(self._file, 1):
            self.read += len(line)
            if (line.removeprefix(BOM_UTF8) if number == 1 else line).strip():
                yield Piece(number, line)
            else:
                self.blank += 1

    def _items(self) -> Iterator[Piece]:
        text = _Text(self._file, self)
        self.head, self.between = text.until("[").encode(), b","
        number = 0
        while not (number == 0 and text.next() == "]"):
            number += 1
            raw, ended = text.item(self.where(number))
            yield Piece(number, raw.encode())
            if ended:
                break
        else:
            text.until("]")
        self.tail = b"]" + text.rest(f"{self.path}, after row {number}").encode()


@contextmanager
def opened(path: Path) -> Iterator[File]:
    """The file at a path. Raises UsageError where there is none, or no right to read it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a file of rows, JSONL or a JSON array") from None
    with file:
        try:
            found = File(path, file)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}") from None
        yield found


class _Text:
    """The text of an array, read as far as it is needed."""

    def __init__(self, file: BinaryIO, told: File) -> None:
        self._file, self._told = file, told
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._parse = json.JSONDecoder().raw_decode
        self._text = ""
        self._start = self._place = 0
        self._ended = False

    def until(self, sign: str) -> str:
        """What stands up to a sign that is known to come after blanks, the sign included."""
        while self.next() != sign:
            self._place += 1
        self._place += 1
        return self._taken()

    def next(self) -> str:
        """The next character that is no blank; "" at the end. What is passed over is not lost."""
        while True:
            while self._place < len(self._text) and self._text[self._place] in _BLANK:
                self._place += 1
            if self._place < len(self._text) or not self._more():
                return self._text[self._place : self._place + 1]

    def item(self, where: str) -> tuple[str, bool]:
        """The next item with the blanks around it, and whether it was the last one."""
        self.next()
        self._place = self._end_of_item(where)
        sign = self.next()
        if sign not in (",", "]"):
            raise UsageError(f'{where}: "," or "]" must follow, not {sign or "the end of the file"}; mend the array')
        raw = self._taken()
        self._place += 1
        self._taken()
        return raw, sign == "]"

    def rest(self, where: str) -> str:
        if self.next():
            raise UsageError(f"{where}: something follows the array's end; mend the file")
        return self._taken()

    def _end_of_item(self, where: str) -> int:
        size = BLOCK
        while True:
            try:
                end = self._parse(self._text, self._place)[1]
                if end < len(self._text) or not self._more(size):
                    return end
            except json.JSONDecodeError as error:
                unsure = error.pos > len(self._text) - BLOCK or error.msg.startswith("Unterminated")
                if not unsure or not self._more(size):
                    raise UsageError(f"{where}: not JSON: {error.msg}; mend or remove it") from None
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{where}: no JSON that can be read: {error}; mend or remove it") from None
            size *= 2  # a long item is not parsed again for each block of it

    def _more(self, size: int = BLOCK) -> bool:
        if self._ended:
            return False
        block = self._file.read(size)
        self._told.read += len(block)
        self._ended = not block
        self._text = self._text[self._start :] + self._decoder.decode(block, final=self._ended)
        self._start, self._place = 0, self._place - self._start
        return True

    def _taken(self) -> str:
        """What was passed over since the last call."""
        start, self._start = self._start, self._place
        return self._text[start : self._place]
