"""Answers that claim deeds which no text can do: "I have sent the e-mail", "your order has been placed"."""

from dataclasses import dataclass

from ittgen.filters.deeds import CLAIM, CLAIM_ANYWHERE, OBJECT, ORDER, ORDERS_A_TEXT
from ittgen.filters.speech import wants_speech
from ittgen.records import Example, Rejection

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
        if not found or _may_claim(example, found[0]):
            return None
        return Rejection(example, "claimed-action", value=found[0].strip()[:120], limit=self.max_words)


def _may_claim(example: Example, claim: str) -> bool:
    task = example.instruction
    if ORDERS_A_TEXT.search(task) or claim.strip() in example.input:
        return True
    if ORDER.search(task[:_START]):
        return False
    return wants_speech(task) or not (CLAIM_ANYWHERE.search(claim) and OBJECT.search(example.output[:_START]))
