"""Answers that evade the task: refusals, talk about being a model, claims of deeds that no text can do.

Phrases in some fifteen languages, looked for where an answer evades: a refusal in its first sentences, "as an AI model"
anywhere outside quotation marks. What the task itself says, asks to refuse or asks about is no evasion. Other languages
pass. None of the rules judges whether a refusal was right: a set that is to teach refusing leaves them out.
"""

from dataclasses import dataclass

from ittgen.filters.looks import has_any
from ittgen.filters.phrases import (
    ABOUT_MODELS,
    ASKS_FOR_A_SCENE,
    ASKS_TO_REFUSE,
    CLAIM,
    HARD,
    MODEL,
    MODELS,
    ORDER,
    ORDERS_A_TEXT,
    REFUSING,
    SOFT,
)
from ittgen.records import Example, Rejection

_START = 400
"""So many characters of an answer are searched for a refusal; one that comes later is part of a longer text."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal in place of an answer, or an answer that talks of itself as a model: value is the phrase found.

    Both are noise by the account of every distilled set (https://github.com/gururise/AlpacaDataCleaned). Passes where
    the task asks to refuse, to apologise or to translate, is about models, or says the phrase itself; a scene or a
    letter may hold a refusal, but not begin with one to the task. Knows English, German, French, Spanish, Italian,
    Portuguese, Dutch, Russian, Polish, Turkish, Chinese, Japanese, Korean, Arabic, Hindi and phrases of a few more.
    """

    def __call__(self, example: Example) -> Rejection | None:
        task = f"{example.instruction}\n{example.input[:2000]}"
        phrase = _refused(example, task) or _as_model(example.output, task)
        if not phrase or phrase in task:
            return None
        return Rejection(example, "refusal", value=phrase)


def _refused(example: Example, task: str) -> str:
    """The phrase that refuses the task, in the first sentences of the answer."""
    start = example.output[: 2 * _START].lstrip()[:_START]
    if not has_any(start.lower(), REFUSING[not start.isascii()]):
        return ""
    if found := HARD.search(start):
        scene = ASKS_FOR_A_SCENE.search(example.instruction) and (found.start() > 60 or ":" in start[: found.start()])
        exempt = scene or _quoted(start, found.start())
    elif found := SOFT.search(start):
        exempt = bool(ASKS_FOR_A_SCENE.search(task))
    if not found or exempt or ASKS_TO_REFUSE.search(example.instruction) or ASKS_TO_REFUSE.search(example.system):
        return ""
    return found[0]


def _as_model(output: str, task: str) -> str:
    """The phrase by which the answer talks of itself as a model."""
    if not has_any(output, MODELS[not output.isascii()]):
        return ""
    found = MODEL.search(output)
    if not found or _quoted(output, found.start()) or ABOUT_MODELS.search(task):
        return ""
    if found.start() > _START and ASKS_FOR_A_SCENE.search(task):
        return ""
    return found[0]


def _quoted(text: str, position: int) -> bool:
    """Inside quotation marks that were opened and not closed, in the same paragraph."""
    before = text[max(0, text.rfind("\n", 0, position)) : position]
    opened = any(before.count(left) > before.count(right) for left, right in ("“”", "«»", "「」", "『』"))
    return opened or before.count('"') % 2 == 1 or before.endswith(("'", "‘", "„"))


# Deeds


@dataclass(frozen=True, slots=True)
class ClaimedAction:
    """A claim to have done what a text cannot do, "I have sent the e-mail": value is the claim.

    Only where the task orders a deed and the answer begins by reporting it; who is asked to write, rewrite or translate
    may report any deed. Alpaca's class of impossible actions (https://github.com/gururise/AlpacaDataCleaned). English
    best; German, French, Spanish, Italian, Portuguese, Russian, Chinese, Japanese, Korean, Arabic and Hindi by a few
    verbs; other languages pass. Limit is the number of words beyond which an answer does more than claim.
    """

    max_words: int = 60

    def __call__(self, example: Example) -> Rejection | None:
        found = CLAIM.search(example.output[:_START])
        if not found or len(example.output[:4000].split()) > self.max_words:
            return None
        if not ORDER.search(example.instruction[:_START]) or ORDERS_A_TEXT.search(example.instruction):
            return None
        return Rejection(example, "claimed-action", value=found[0].strip(), limit=self.max_words)
