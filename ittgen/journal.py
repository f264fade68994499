"""The journal: one SQLite file in which every answer is stored before anybody sees it.

It holds the teacher's answers by request key, how far each stage came, and what each slot accepted, rejected and asked.
While a dataset grows this file is the truth. It knows no teachers, generators or recipes: only keys and records.

Writing goes through one connection on the event loop. Answers that arrive in the same turn of the loop share one
transaction, and `store` returns only after it. WAL mode with synchronous=NORMAL survives a killed process;
`durable=True` (synchronous=FULL) survives a power cut as well.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from ittgen.accounts import EVERY, Accounts
from ittgen.calls import Request, Response
from ittgen.errors import JournalError, Stopped, UsageError
from ittgen.locks import discard, hold
from ittgen.records import Example, Rejection
from ittgen.schema import check_newest, migrate, opening
from ittgen.steps import AnswerRow, Outcome, Progress, Rows, answer_row, example_rows, rejection_rows
from ittgen.text import JSON, canonical


class Journal:
    """A journal open for reading and, where it was opened with `Journal.open`, for writing.

    with Journal.open(Path(".ittgen/journal.sqlite")) as journal: …
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: Any = None, *, new: bool = False) -> None:
        self.path = path
        self._new = new
        self.accounts = Accounts(db)
        self._db = db
        self._lock = lock
        self._waiting: list[tuple[AnswerRow, asyncio.Future[None]]] = []

    @classmethod
    def open(cls, path: Path, *, durable: bool = False) -> "Journal":
        """Open for writing, creating the file and its folder where they are missing.

        Raises JournalError when another process holds it, when it is no journal, or when it cannot be written.
        """
        new = not path.exists()
        lock = hold(path)
        with ExitStack() as undo:
            undo.callback(lock.release)
            with opening(path) as db:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                migrate(db, path)
            undo.pop_all()
        return cls(path, db, lock, new=new)

    @classmethod
    def read(cls, path: Path) -> "Journal":
        """Open for reading only, also while another process writes. Raises JournalError when there is none."""
        if not path.is_file():
            raise JournalError(f"journal {path}: there is none; grow something first, or name it with --journal")
        with opening(path, "?mode=ro") as db:
            check_newest(db, path)
        return cls(path, db)

    def close(self) -> None:
        self._db.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        wrong = self._new and isinstance(error, UsageError)
        unused = wrong and not self._db.execute("SELECT 1 FROM answers").fetchone()
        self.close()
        if unused:  # wrong input, found only after the file was made, leaves nothing behind
            discard(self.path)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.ProgrammingError):
            raise JournalError(f"journal {self.path}: {error}; restore it from a copy, or move it away") from error

    # Answers

    def answer(self, key: str) -> Response | None:
        """The stored answer to a request, or None."""
        row = self._db.execute("SELECT response FROM answers WHERE key = ?", (key,)).fetchone()
        return Response.from_json(json.loads(row[0])) if row else None

    def exchange(self, key: str) -> tuple[dict[str, Any], Response] | None:
        """The stored request (as JSON) with its answer, or None."""
        row = self._db.execute("SELECT request, response FROM answers WHERE key = ?", (key,)).fetchone()
        return (json.loads(row[0]), Response.from_json(json.loads(row[1]))) if row else None

    async def store(self, request: Request, response: Response) -> None:
        """Store an answer; returns once it is committed.

        Raises Stopped when the file cannot be written, and ValueError for an answer that JSON cannot hold (NaN).
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append((answer_row(request, response), done))
        if len(self._waiting) == 1:
            loop.call_soon(self._flush)
        await done

    def _flush(self) -> None:
        """Commit what arrived in this turn of the loop, all or nothing, and wake those who wait for it."""
        waiting, self._waiting = self._waiting, []
        try:
            with self.together():
                rows = [row for row, _ in waiting]
                self._db.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?)", rows)
        except (Stopped, sqlite3.Error) as error:
            for _, done in waiting:
                if not done.done():
                    done.set_exception(error)
            return
        for _, done in waiting:
            if not done.done():  # its caller may have been cancelled meanwhile; the answer is stored all the same
                done.set_result(None)

    # Stages

    def begin(self, identity: str, dataset: str, name: str, what: JSON) -> Progress:
        """The stage's progress; a stage not seen before begins at slot 0."""
        with self.together():
            row = (identity, dataset, name, canonical(what))
            self._db.execute("INSERT OR IGNORE INTO stages (identity, dataset, name, what) VALUES (?, ?, ?, ?)", row)
        return self.progress(identity)

    def progress(self, identity: str) -> Progress:
        """How far the stage came; all zero where it never began."""
        row = self._db.execute("SELECT cursor FROM stages WHERE identity = ?", (identity,)).fetchone()
        if row is None:
            return Progress()
        return Progress(row[0], self._count("accepted", identity), self._count("rejected", identity))

    def commit(self, identity: str, outcome: Outcome, position: int) -> None:
        """Write one slot and move the cursor past it, all or nothing; its first row gets `position`.

        Raises Stopped when the file cannot be written.
        """
        with self.together():
            self._db.executemany(
                "INSERT INTO accepted VALUES (?, ?, ?, ?, ?)", example_rows(identity, outcome, position)
            )
            self._db.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?, ?)", rejection_rows(identity, outcome))
            asked = [(identity, outcome.slot, n, key) for n, key in enumerate(outcome.asked)]
            self._db.executemany("INSERT INTO asked VALUES (?, ?, ?, ?)", asked)
            self._db.execute("UPDATE stages SET cursor = ? WHERE identity = ?", (outcome.slot + 1, identity))

    def visible(self, identity: str, slots: int) -> int:
        """How many rows the first `slots` slots accepted."""
        if not slots:
            return 0
        query = """
            SELECT position + 1 FROM accepted WHERE stage = ? AND slot < ? ORDER BY slot DESC, position DESC LIMIT 1"""
        row = self._db.execute(query, (identity, slots)).fetchone()
        return row[0] if row else 0

    def slot_of(self, identity: str, position: int) -> int | None:
        """The slot that gave the row at this position, or None where there is no such row."""
        query = "SELECT slot FROM accepted WHERE stage = ? AND position = ?"
        row = self._db.execute(query, (identity, position)).fetchone()
        return row[0] if row else None

    def rows(self, identity: str, length: int | None = None) -> "Rows":
        """The stage's accepted examples in commit order, all or the first `length`; read from the file as needed."""
        return Rows(self._db, identity, self._count("accepted", identity) if length is None else length)

    def find(self, identity: str, id: str) -> Example | None:
        """The accepted example with this id, or None."""
        row = self._db.execute("SELECT example FROM accepted WHERE stage = ? AND id = ?", (identity, id)).fetchone()
        return Example.from_json(json.loads(row[0])) if row else None

    def rejections(self, identity: str, slots: int = EVERY) -> Iterator[Rejection]:
        """The rejections of the first `slots` slots, in their order."""
        query = "SELECT rejection FROM rejected WHERE stage = ? AND slot < ? ORDER BY slot, number"
        for (text,) in self._db.execute(query, (identity, slots)):
            yield Rejection.from_json(json.loads(text))

    def outcome(self, identity: str, slot: int) -> Outcome:
        """What a committed slot came to."""
        where = (identity, slot)
        order = "WHERE stage = ? AND slot = ? ORDER BY"
        rows = self._db.execute(f"SELECT example FROM accepted {order} position", where).fetchall()
        rejected = self._db.execute(f"SELECT rejection FROM rejected {order} number", where).fetchall()
        asked = self._db.execute(f"SELECT key FROM asked {order} number", where).fetchall()
        return Outcome(
            slot,
            [Example.from_json(json.loads(text)) for (text,) in rows],
            [Rejection.from_json(json.loads(text)) for (text,) in rejected],
            [key for (key,) in asked],
        )

    def rules(self, identity: str, slots: int = EVERY) -> dict[str, int]:
        """How many drafts of the first `slots` slots each rule rejected, the hungriest rule first."""
        query = """
            SELECT rule, count(*) AS n FROM rejected WHERE stage = ? AND slot < ? GROUP BY rule ORDER BY n DESC, rule"""
        return dict(self._db.execute(query, (identity, slots)).fetchall())

    def samples(self, identity: str, count: int) -> list[Rejection]:
        """The stage's last rejections."""
        query = "SELECT rejection FROM rejected WHERE stage = ? ORDER BY slot DESC, number DESC LIMIT ?"
        return [Rejection.from_json(json.loads(text)) for (text,) in self._db.execute(query, (identity, count))]

    def samples_of(self, identity: str, rule: str, count: int) -> list[Rejection]:
        """The stage's last rejections by this rule."""
        query = "SELECT rejection FROM rejected WHERE stage = ? AND rule = ? ORDER BY slot DESC, number DESC LIMIT ?"
        return [Rejection.from_json(json.loads(text)) for (text,) in self._db.execute(query, (identity, rule, count))]

    def accepted(self, id: str) -> tuple[str, Example] | None:
        """(name of a stage, the row with this id that it accepted), whatever the dataset; None where there is none."""
        # CROSS JOIN keeps SQLite's order: a few stages, then the index; the other way round it reads every row.
        query = """
            SELECT name, example FROM stages CROSS JOIN accepted ON stage = identity
            WHERE id = ? ORDER BY stages.rowid"""
        row = self._db.execute(query, (id,)).fetchone()
        return (row[0], Example.from_json(json.loads(row[1]))) if row else None

    def trusts(self, request: Request) -> bool:
        """Whether another request of this teacher, model, sampling and schema was answered."""
        query = """
            SELECT 1 FROM answers WHERE json_extract(response, '$.finish_reason') != 'error'
            AND json_extract(request, '$.teacher', '$.model', '$.sampling', '$.schema') = ? LIMIT 1"""
        same = canonical([dict(request.teacher), request.model, dict(request.sampling), request.schema])
        return self._db.execute(query, (same,)).fetchone() is not None

    def label(self, key: str) -> str:
        """Who asked a stored request first, "propose/12 self-instruct/propose"; empty where it is not stored."""
        row = self._db.execute("SELECT label FROM answers WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def _count(self, table: str, identity: str) -> int:
        count: int = self._db.execute(f"SELECT count(*) FROM {table} WHERE stage = ?", (identity,)).fetchone()[0]
        return count

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction around all that is written inside; one that stands inside another is part of it."""
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:  # disk full, read-only, gone
            raise Stopped(f"journal {self.path}: {error}; nothing after the last commit was kept. "
                          "Make it writable or free some space, then run again") from None  # fmt: skip
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
