"""Answers that claim deeds which no text can do: "I have sent the e-mail", "your order has been placed"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ittgen.filters.alphabets import alphabet, by_alphabet
from ittgen.filters.deeds import CLAIM, CLAIM_ANYWHERE, OBJECT, ORDER, ORDERS_A_TEXT, ORDERS_CODE, SHOWN, WITH_HANDS
from ittgen.filters.looks import has_any
from ittgen.filters.speech import wants_speech
from ittgen.records import Example, Rejection

_TABLE = Path(__file__).with_name("deeds.toml")
_LISTED = 120
"""Characters of an input that may be a list of names; a longer one is a text."""
_SHORT = 30
"""Words of an order; a longer task is another one."""
_START = 400
"""So many characters of an answer are searched for a claim; one that comes later is part of a longer text."""
_READ = 8_000
_I = ("I ", "I'", "I’")


@dataclass(frozen=True, slots=True)
class ClaimedAction:
    """A claim to have done what a text cannot do, "I have sent the e-mail": value is the claim.

    Where the task orders a deed and the answer begins by reporting it; and where an answer claims a deed with files,
    mail, orders or the web, whatever the task. Who is asked to write, rewrite or translate may report any deed. A class
    of Alpaca's noise, impossible actions (https://github.com/gururise/AlpacaDataCleaned). English best; German, French,
    Spanish, Italian, Portuguese, Dutch, Polish, Russian, Turkish, Vietnamese, Indonesian, Chinese, Japanese, Korean,
    Arabic and Hindi by a few verbs. Limit is the number of words beyond which an answer does more than claim; there
    only what is said of the user's own things and of a machine of its own counts, in English.
    """

    max_words: int = 60

    def __call__(self, example: Example) -> Rejection | None:
        start = example.output[:_START]
        if len(example.output[:4000].split()) > self.max_words:
            claim = _with_hands(example)
        else:
            found = CLAIM.search(start) or CLAIM_ANYWHERE.search(start)
            claim = found[0] if found and not _may_claim(example, found[0]) else _done(example)
        if not claim:
            return None
        return Rejection(example, "claimed-action", value=claim.strip()[:120], limit=self.max_words)


def _with_hands(example: Example) -> str:
    """The words by which a longer answer says what it did with the user's things or a machine of its own."""
    if not has_any(example.output, _I) or not (found := WITH_HANDS.search(example.output[:_READ])):
        return ""
    return "" if _orders_a_text(example.instruction) or found[0] in example.input else found[0]


def _orders_a_text(task: str) -> bool:
    return bool(ORDERS_A_TEXT.search(task)) or wants_speech(task)


def _done(example: Example) -> str:
    """The words that report it, where a short task tells a machine to act upon the world and the answer says it did."""
    task = example.instruction.lower()
    if len(example.input) > _LISTED or len(task.split()) > _SHORT:
        return ""
    for orders, done in _deeds()[alphabet(task)]:
        if (found := done.match(example.output[:_START].lower())) and orders.search(task):
            return "" if ORDERS_A_TEXT.search(task) or ORDERS_CODE.search(task) else found[0]
    return ""


@cache
def _deeds() -> Sequence[Sequence[tuple[re.Pattern[str], re.Pattern[str]]]]:
    """What orders a deed and what reports it, of each language of an alphabet."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    own = {
        name: (_compiled(words["orders"]), _compiled(f"{_AGREES}(?:{words['done']})")) for name, words in table.items()
    }
    return [[own[name] for name in sorted(known)] for known in by_alphabet(own)]


_AGREES = (
    r"\W*(?:(?:ok(?:ay)?|sure(?: thing)?|certainly|of course|no problem|got it|alright|klar|natürlich|gerne?|bien sûr"
    r"|d(?:'|’)accord|claro(?: que sí)?|por supuesto|vale|certo|certamente|natuurlijk|oczywiście|jasne|dobrze|конечно"
    r"|хорошо|звісно|добре|tabii|tamam|tentu|baik|được|好的?|没问题|はい|かしこまりました|承知しました|네|알겠습니다)"
    r"[\s,.!。、，！]+)?"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""))


def _may_claim(example: Example, claim: str) -> bool:
    task = example.instruction
    if claim.strip() in example.input or SHOWN.match(task):
        return claim.strip() in example.input
    if ORDERS_A_TEXT.search(task) or (ORDERS_CODE.search(task) and not WITH_HANDS.search(claim)):
        return True
    if ORDER.search(task[:_START]):
        return False
    return wants_speech(task) or not (CLAIM_ANYWHERE.search(claim) and OBJECT.search(example.output[:_START]))
