"""Answers that claim deeds which no text can do: "I have sent the e-mail", "your order has been placed"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ittgen.filters.alphabets import alphabet, by_alphabet
from ittgen.filters.deeds import CLAIM, CLAIM_ANYWHERE, OBJECT, ORDER, ORDERS_A_TEXT
from ittgen.filters.speech import wants_speech
from ittgen.records import Example, Rejection

_TABLE = Path(__file__).with_name("deeds.toml")
_LISTED = 120
"""Characters of an input that may be a list of names; a longer one is a text."""
_SHORT = 30
"""Words of an order; a longer task is another one."""
_START = 400
"""So many characters of an answer are searched for a claim; one that comes later is part of a longer text."""


@dataclass(frozen=True, slots=True)
class ClaimedAction:
    """A claim to have done what a text cannot do, "I have sent the e-mail": value is the claim.

    Where the task orders a deed and the answer begins by reporting it; and where an answer claims a deed with files,
    mail, orders or the web, whatever the task. Who is asked to write, rewrite or translate may report any deed. A class
    of Alpaca's noise, impossible actions (https://github.com/gururise/AlpacaDataCleaned). English best; German, French,
    Spanish, Italian, Portuguese, Dutch, Polish, Russian, Turkish, Vietnamese, Indonesian, Chinese, Japanese, Korean,
    Arabic and Hindi by a few verbs. Limit is the number of words beyond which an answer does more than claim.
    """

    max_words: int = 60

    def __call__(self, example: Example) -> Rejection | None:
        start = example.output[:_START]
        if len(example.output[:4000].split()) > self.max_words:
            return None
        found = CLAIM.search(start) or CLAIM_ANYWHERE.search(start)
        claim = found[0] if found and not _may_claim(example, found[0]) else _done(example)
        if not claim:
            return None
        return Rejection(example, "claimed-action", value=claim.strip()[:120], limit=self.max_words)


def _done(example: Example) -> str:
    """The words that report it, where a short task tells a machine to act upon the world and the answer says it did."""
    task = example.instruction.lower()
    if len(example.input) > _LISTED or len(task.split()) > _SHORT:
        return ""
    for orders, done in _deeds()[alphabet(task)]:
        if (found := done.match(example.output[:_START].lower())) and orders.search(task):
            return "" if ORDERS_A_TEXT.search(task) else found[0]
    return ""


@cache
def _deeds() -> Sequence[Sequence[tuple[re.Pattern[str], re.Pattern[str]]]]:
    """What orders a deed and what reports it, of each language of an alphabet."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    own = {name: (_compiled(words["orders"]), _compiled(rf"\W*(?:{words['done']})")) for name, words in table.items()}
    return [[own[name] for name in sorted(known)] for known in by_alphabet(own)]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""))


def _may_claim(example: Example, claim: str) -> bool:
    task = example.instruction
    if ORDERS_A_TEXT.search(task) or claim.strip() in example.input:
        return True
    if ORDER.search(task[:_START]):
        return False
    return wants_speech(task) or not (CLAIM_ANYWHERE.search(claim) and OBJECT.search(example.output[:_START]))
