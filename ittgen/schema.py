"""The journal's tables and their history. Knows SQLite and nothing of what the tables mean."""

import sqlite3
from pathlib import Path

from ittgen.errors import JournalError

MIGRATIONS = [
    """
    CREATE TABLE answers (key TEXT PRIMARY KEY, label TEXT NOT NULL, request TEXT NOT NULL, response TEXT NOT NULL,
                          created REAL NOT NULL);
    CREATE TABLE stages (identity TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL,
                         cursor INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE accepted (stage TEXT NOT NULL, position INTEGER NOT NULL, slot INTEGER NOT NULL, id TEXT NOT NULL,
                           example TEXT NOT NULL, PRIMARY KEY (stage, position)) WITHOUT ROWID;
    CREATE UNIQUE INDEX accepted_id ON accepted (stage, id);
    CREATE INDEX accepted_slot ON accepted (stage, slot);
    CREATE TABLE rejected (stage TEXT NOT NULL, slot INTEGER NOT NULL, number INTEGER NOT NULL, rule TEXT NOT NULL,
                           rejection TEXT NOT NULL, PRIMARY KEY (stage, slot, number)) WITHOUT ROWID;
    CREATE TABLE asked (stage TEXT NOT NULL, slot INTEGER NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL,
                        PRIMARY KEY (stage, slot, number)) WITHOUT ROWID;
    CREATE INDEX asked_key ON asked (key);
    """,
]
"""The schema's history; entry n brings a file from version n to n + 1. Entries are added, never changed."""


def connect(path: Path, mode: str = "") -> sqlite3.Connection:
    """A connection that leaves transactions to the caller; `mode` is the query of SQLite's URI, "?mode=ro"."""
    return sqlite3.connect(f"{path.resolve().as_uri()}{mode}", uri=True, isolation_level=None, timeout=5.0)


def check_version(db: sqlite3.Connection, path: Path) -> int:
    """The file's version. Raises JournalError when a newer ittgen wrote it."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise JournalError(f"journal {path}: written by a newer ittgen (schema {version}); upgrade ittgen to use it")
    return version


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest version, each step in a transaction of its own."""
    for version in range(check_version(db, path), len(MIGRATIONS)):
        db.executescript(f"BEGIN IMMEDIATE; {MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
