"""Answers that claim deeds which no text can do: "I have sent the e-mail", "your order has been placed"."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ittgen.filters.alphabets import alphabet, by_alphabet
from ittgen.filters.deeds import CLAIM, ORDER, ORDERS_A_TEXT, ORDERS_CODE, SHOWN
from ittgen.filters.looks import has_any
from ittgen.filters.speech import quoted, wants_speech
from ittgen.records import Example, Rejection

_TABLE = Path(__file__).with_name("deeds.toml")
_LISTED = 120
"""Characters of an input that may be a list of names; a longer one is a text."""
_SHORT = 30
"""Words of an order; a longer task is another one."""
_START = 400
"""So many characters of an answer are searched for a claim; one that comes later is part of a longer text."""
_READ = 8_000
_ENGLISH = -1
_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LETTER = re.compile(r"\W{0,3}\w[^\n,]{1,40},[ \t]*\n")
"""The salutation of a letter, on a line of its own."""
_SIGNED = re.compile(
    r"^(?:[^\n]{0,40}\b)?(?:sincerely|regards|yours|best wishes|cheers|grüße?n?|gruß|cordialement|salutations"
    r"|atentamente"
    r"|saludos|abraços?|atenciosamente|cumprimentos|saluti|groet(?:en)?|pozdrawiam|poważaniem|уважением|повагою"
    r"|saygılarımla"
    r"|hälsningar?|hilsen|pozdravem|stimă|üdvözlettel|hormat saya|trân trọng)\b[^\n]*(?:\n[^\n]+){0,3}\n\s*\n",
    re.IGNORECASE | re.MULTILINE,
)
"""The end of a letter, with the name below it."""


@dataclass(frozen=True, slots=True)
class ClaimedAction:
    """A claim to have done what a text cannot do, "I have sent the e-mail": value is the claim.

    Where a short task orders a deed and the answer begins by reporting it, of at most `max_words` words, which is the
    limit. And wherever an answer says itself, in its first 8,000 characters, that it sent, booked, saved, attached,
    looked up, ran or measured something: not in code or quotation marks, and where a text was ordered only after the
    text's end, below the name of a letter or behind a fence. A class of Alpaca's noise, impossible actions
    (https://github.com/gururise/AlpacaDataCleaned). Nearly thirty languages, English best.
    """

    max_words: int = 60

    def __call__(self, example: Example) -> Rejection | None:
        short = len(example.output[:4000].split()) <= self.max_words
        if short and (report := _reported(example)):
            return Rejection(example, "claimed-action", value=report.strip()[:120], limit=self.max_words)
        claim = _did(example)
        return Rejection(example, "claimed-action", value=claim.strip()[:120]) if claim else None


@dataclass(frozen=True, slots=True)
class Language:
    """How a language orders deeds and claims them."""

    orders: re.Pattern[str]
    done: re.Pattern[str]
    signs: tuple[str, ...]
    did: re.Pattern[str]


def _reported(example: Example) -> str:
    """The words by which a short answer begins that only reports a deed."""
    found = CLAIM.search(example.output[:_START])
    return found[0] if found and not _may_report(example, found[0]) else _done(example)


def _may_report(example: Example, claim: str) -> bool:
    task = example.instruction
    if claim.strip() in example.input or SHOWN.match(task):
        return claim.strip() in example.input
    return bool(ORDERS_A_TEXT.search(task) or ORDERS_CODE.search(task)) or not ORDER.search(task[:_START])


def _done(example: Example) -> str:
    """The words that report it, where a short task tells a machine to act upon the world and the answer says it did."""
    task = example.instruction.lower()
    if len(example.input) > _LISTED or len(task.split()) > _SHORT:
        return ""
    said = example.output[:_START].lower()
    for language in _spoken(task):
        if (found := language.done.match(said)) and language.orders.search(task):
            return "" if ORDERS_A_TEXT.search(task) or ORDERS_CODE.search(task) else found[0]
    return ""


def _did(example: Example) -> str:
    """The words by which an answer says, wherever it does, what it did with hands, a telephone or a machine."""
    output = example.output[:_READ]
    for language in _spoken(output):
        if not has_any(output, language.signs):
            continue
        if not language.did.search(output.lower()):
            continue
        said = _own_words(output, example.instruction)
        found = language.did.search(said.lower()) if said else None
        if found and not quoted(said, found.start()) and found[0] not in example.input.lower():
            return said[found.start() : found.end()]
    return ""


def _spoken(output: str) -> Sequence[Language]:
    """The languages that a text may be in; English alone where its commonest word is."""
    return _deeds()[_ENGLISH] if " the " in output or output.startswith("the ") else _deeds()[alphabet(output)]


def _own_words(output: str, task: str) -> str:
    """What the answer says itself: no code, and of a text that was ordered only what follows it."""
    if ORDERS_A_TEXT.search(task) or wants_speech(task) or _LETTER.match(output):
        _, fence, after = output.rpartition("```")
        signed = None if fence else _SIGNED.search(output)
        return after if fence else output[signed.end() :] if signed else ""
    return _FENCED.sub(" ", output)


@cache
def _deeds() -> Sequence[Sequence[Language]]:
    """The languages of each alphabet, and at the end English alone."""
    own = {name: _language(words) for name, words in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items()}
    return [*([own[name] for name in sorted(known)] for known in by_alphabet(own)), [own["en"]]]


def _language(words: Mapping[str, str]) -> Language:
    signs = tuple(filter(None, words.get("signs", "").split("|")))
    done = _compiled(f"{_AGREES}(?:{words['done']})")
    return Language(_compiled(words["orders"]), done, signs, _compiled(words.get("did", "(?!)")))


_AGREES = (
    r"\W*(?:(?:ok(?:ay)?|sure(?: thing)?|certainly|of course|no problem|got it|alright|klar|natürlich|gerne?|bien sûr"
    r"|d(?:'|’)accord|claro(?: que sí)?|por supuesto|vale|certo|certamente|natuurlijk|oczywiście|jasne|dobrze|конечно"
    r"|хорошо|звісно|добре|tabii|tamam|tentu|baik|được|好的?|没问题|はい|かしこまりました|承知しました|네|알겠습니다)"
    r"[\s,.!。、，！]+)?"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""))
