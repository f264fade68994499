"""The journal's tables and their history. Knows SQLite and nothing of what the tables mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ittgen.errors import JournalError

MIGRATIONS = [
    """
    CREATE TABLE answers (key TEXT PRIMARY KEY, label TEXT NOT NULL, request TEXT NOT NULL, response TEXT NOT NULL,
                          created REAL NOT NULL);
    CREATE TABLE stages (identity TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL,
                         cursor INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE accepted (stage TEXT NOT NULL, position INTEGER NOT NULL, slot INTEGER NOT NULL, id TEXT NOT NULL,
                           example TEXT NOT NULL, PRIMARY KEY (stage, position));
    CREATE UNIQUE INDEX accepted_id ON accepted (stage, id);
    CREATE INDEX accepted_slot ON accepted (stage, slot, position);
    CREATE TABLE rejected (stage TEXT NOT NULL, slot INTEGER NOT NULL, number INTEGER NOT NULL, rule TEXT NOT NULL,
                           rejection TEXT NOT NULL, PRIMARY KEY (stage, slot, number));
    CREATE TABLE asked (stage TEXT NOT NULL, slot INTEGER NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL,
                        PRIMARY KEY (stage, slot, number)) WITHOUT ROWID;
    CREATE INDEX asked_key ON asked (key);
    """,
]
"""The schema's history; entry n brings a file from version n to n + 1. Entries are added, never changed."""


@contextmanager
def opening(path: Path, mode: str = "") -> Iterator[sqlite3.Connection]:
    """A connection that leaves transactions to the caller; `mode` is the query of SQLite's URI, "?mode=ro".

    It stays open unless its setting up fails; then SQLite's error becomes a JournalError.
    """
    db = None
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}{mode}", uri=True, isolation_level=None, timeout=5.0)
        yield db
    except (sqlite3.Error, JournalError) as error:
        if db:
            db.close()
        if isinstance(error, JournalError):
            raise
        raise JournalError(f"journal {path}: {error}; move the file away or name another with --journal") from None


def check_version(db: sqlite3.Connection, path: Path) -> int:
    """The file's version, 0 for an empty one. Raises JournalError when a newer ittgen or another program wrote it."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise JournalError(f"journal {path}: written by a newer ittgen (schema {version}); upgrade ittgen to use it")
    if not version and db.execute("SELECT name FROM sqlite_master").fetchone():
        raise JournalError(f"journal {path}: this is the database of another program; name another with --journal")
    return version


def check_newest(db: sqlite3.Connection, path: Path) -> None:
    """Raise JournalError when the file has not, or not only, the tables of today: reading cannot bring it there."""
    if check_version(db, path) < len(MIGRATIONS):
        raise JournalError(f"journal {path}: empty, or from an older ittgen; grow once to bring it up to date")


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest version, each step in a transaction of its own."""
    for version in range(check_version(db, path), len(MIGRATIONS)):
        db.executescript(f"BEGIN IMMEDIATE; {MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
