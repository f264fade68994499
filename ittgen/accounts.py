"""What the journal can add up: answers and their tokens, who gave them, and what became of drafts. Only reads."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ittgen.calls import Usage
from ittgen.text import JSON, canonical

EVERY = 2**62
"""More slots than any stage has."""
NONE: Mapping[str, int] = MappingProxyType({})


class Accounts:
    """`journal.accounts.models(stage.identity)`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def spent(
        self, identity: str, slots: int = EVERY, earlier: Mapping[str, int] = NONE
    ) -> Iterator[tuple[int, str, str, Usage]]:
        """(slot, teacher's identity as JSON, endpoint, tokens) of each answer of the first `slots` slots, by slot.

        An answer that several slots share is the first one's; `earlier`: stage -> slots whose answers do not count.
        """
        query = """
            SELECT slot, json_extract(request, '$.teacher'), json_extract(response, '$.endpoint', '$.usage')
            FROM asked CROSS JOIN answers USING (key)
            WHERE stage = ?1 AND slot < ?2 AND NOT EXISTS (
                SELECT 1 FROM asked AS before WHERE before.key = asked.key AND before.stage = ?1
                AND (before.slot, before.number) < (asked.slot, asked.number))
            AND NOT EXISTS (
                SELECT 1 FROM asked AS before CROSS JOIN json_each(?3) AS stage
                WHERE before.key = asked.key AND before.stage = stage.key AND before.slot < stage.value)
            ORDER BY slot, number"""
        for slot, teacher, told in self._db.execute(query, (identity, slots, canonical(dict(earlier)))):
            endpoint, usage = json.loads(told)
            yield slot, teacher, endpoint or "", Usage(**usage)

    def kept(self, cursors: Mapping[str, int]) -> Iterator[tuple[str, str, str, Usage]]:
        """(stage, prompt, [teacher, model, sampling] as JSON, tokens) of each answer that no committed slot asked for.

        cursors: name of a stage -> the first slot whose answers count. A journal knows an unfinished slot by its
        stage's name only, so an answer may belong to another recipe.
        """
        query = """
            SELECT stage.key, substr(label, instr(label, ' ') + 1),
                   json_extract(request, '$.teacher', '$.model', '$.sampling'), json_extract(response, '$.usage')
            FROM (SELECT key FROM answers EXCEPT SELECT key FROM asked) CROSS JOIN answers USING (key)
            CROSS JOIN json_each(?1) AS stage ON stage.key = substr(label, 1, instr(label, '/') - 1)
            WHERE CAST(substr(label, instr(label, '/') + 1) AS INTEGER) >= stage.value"""
        for stage, prompt, asked, usage in self._db.execute(query, (canonical(dict(cursors)),)):
            yield stage, prompt, asked, Usage(**json.loads(usage))

    def verdicts(self, identity: str, slots: int = EVERY) -> Iterator[tuple[int, str | None]]:
        """(slot, rule that rejected it, or None) of each draft of the first `slots` slots, by slot."""
        query = """
            SELECT slot, NULL, position AS number FROM accepted WHERE stage = ?1 AND slot < ?2
            UNION ALL
            SELECT slot, rule, number FROM rejected WHERE stage = ?1 AND slot < ?2 ORDER BY slot, number"""
        return ((slot, rule) for slot, rule, _ in self._db.execute(query, (identity, slots)))

    def models(self, identity: str, slots: int = EVERY) -> list[tuple[str, str, str]]:
        """(teacher's identity as JSON, model and build as its server named them) of the first `slots` slots' answers.

        Each once; an empty text where the server did not say.
        """
        query = """
            SELECT DISTINCT json_extract(request, '$.teacher'), json_extract(response, '$.model'),
                            coalesce(json_extract(response, '$.fingerprint'), '')
            FROM answers WHERE key IN (SELECT key FROM asked WHERE stage = ? AND slot < ?) ORDER BY 1, 2, 3"""
        return self._db.execute(query, (identity, slots)).fetchall()

    def operations(self, identity: str, slots: int = EVERY) -> tuple[dict[str, JSON], ...]:
        """{operation, epoch, accepted, rejected} of the first `slots` slots, where drafts name their operation."""
        query = """
            SELECT operation, epoch, sum(kept), sum(1 - kept) FROM (
                SELECT json_extract(example, '$.meta.operation') AS operation,
                       json_extract(example, '$.meta.epoch') AS epoch, 1 AS kept
                FROM accepted WHERE stage = ?1 AND slot < ?2
                UNION ALL
                SELECT json_extract(rejection, '$.draft.meta.operation'),
                       json_extract(rejection, '$.draft.meta.epoch'), 0
                FROM rejected WHERE stage = ?1 AND slot < ?2)
            WHERE operation IS NOT NULL GROUP BY epoch, operation ORDER BY epoch, operation"""
        names = ("operation", "epoch", "accepted", "rejected")
        return tuple(dict(zip(names, row, strict=True)) for row in self._db.execute(query, (identity, slots)))
