"""How tasks point at a text that should be there: "the following code", "im untenstehenden Text", "根据给定的文章".

Knows the words of two dozen languages, English here and the others in `pointing.toml`, and how a sentence begins that
goes on with the order. Knows nothing of what is there: see `missing`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ittgen.filters.languages import scripts
from ittgen.filters.looks import has_any, lowered, parts
from ittgen.filters.pointing_english import (
    BASED,
    BASED_SIGNS,
    BLANK,
    DEFINITE,
    ENDING,
    ENGLISH,
    ENGLISH_SIGNS,
    FOLLOWING,
    GIVEN,
    GIVEN_A,
    HERE_IS,
    KNOWN_SIGNS,
    ORDERS,
    READS,
    THIS,
)
from ittgen.filters.tongues import speaks_english

_TABLE = Path(__file__).with_name("pointing.toml")

_TITLE = re.compile(
    r"\b(?:summari[sz]e|main (?:idea|point|argument|theme)s? of|key (?:points|ideas) (?:of|in|from)|tone of"
    r"|proofread|analy[sz]e)"
    r" (?:the|this) (?:news |blog |magazine |newspaper )?(?:article|post|passage|report|story)(?: titled| called"
    r"| entitled)?,?"
    r" [\"“'‘][^\"”’\n]{3,90}[\"”'’](?! by\b)(?=\s*(?:[.,]|\Z|in ))",
    re.IGNORECASE,
)
"""An article by its title alone."""
_NO_ORDER = re.compile(
    r"(?:(?:i|we) have|you(?:'re| are| were) (?:given|provided with)|there (?:is|are)|the input(?: to the \w+)? is"
    r"|(?:an?|the) \w+ (?:contains|has)) (?:some |an? |the |\d+ |two |three |several )?(?:[\w-]+ ){0,2}?(?:list"
    r"|array|set"
    r"|string|numbers?|data ?set|structured ?data|data|sentences?|text|paragraph|words?|elements|integers?"
    r"|matrix|table|file"
    r"|items)(?: (?:of|about|with) [\w ]{3,40})?\W*",
    re.IGNORECASE,
)
"""A task that only says that there is something: "I have a list of numbers."."""
_TO_COME = re.compile(
    r"\A[^:：\n\"“`\d]*(?:\b(?:these|(?:the )?following|this) (?:[\w-]+ ){0,2}?\w+|\bas follows|\bbelow|\bfollowing"
    r"|如下|以下[^。，]{0,8}|下面[^。，]{0,8}|次の[^。]{0,8}|다음[^.]{0,8})\s*[:：]\s*\Z",
    re.IGNORECASE,
)
"""A task that ends where the thing was to follow."""
_CLAUSE = 100
"""Characters in which an order says what it is about."""
_STOPS = re.compile("[.?!,;:]")
_QUOTES = ('"', "“", "'", "‘")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place where a task points: the words, where they begin and end, and how an order goes on in its language."""

    text: str
    start: int
    end: int
    orders: re.Pattern[str]
    language: str = "en"
    ahead: bool = False
    """It says that the text follows: what stands before is not it."""
    known: bool = False
    """It says no more than "the text", which may be one that was spoken of."""


def pointers(task: str) -> Iterator[Pointer]:
    """Every place at which a task points at something that should be there, the plainest first."""
    plain = lowered(task)
    english = "the" in parts(task) or len(ENGLISH.intersection(parts(task))) > 1 or speaks_english(parts(task))
    if english or task.isascii():
        yield from _english(task, plain)
    if english and task.isascii():
        return
    written = {"Latin"} if task.isascii() else scripts(task)
    for name, has in _signs():
        if _WRITTEN.get(name, "Latin") in written and has_any(plain, has):
            points, known, orders = _patterns(name)
            for pattern, is_known in ((points, False), (known, True)):
                for found in pattern.finditer(plain):
                    yield Pointer(found[0].strip(), found.start(), found.end(), orders, name, known=is_known)


def _english(task: str, plain: str) -> Iterator[Pointer]:
    if "following" in plain:
        for found in FOLLOWING.finditer(task):
            yield Pointer(found[0].strip(), found.start(), found.end(), ORDERS, ahead=True)
    if has_any(plain, ENGLISH_SIGNS):
        for pattern in (GIVEN, THIS):
            for found in pattern.finditer(task):
                yield _pointer(found)
    if "given" in plain and (given := GIVEN_A.match(task)):
        yield _pointer(given)
    if has_any(plain, BASED_SIGNS):
        for found in BASED.finditer(task):
            yield _pointer(found, known=True)
    if plain.startswith(("here ", "below ")) and (here := HERE_IS.match(task)):
        yield _pointer(here)
    if has_any(plain, KNOWN_SIGNS):
        if spoken_of := _of_known(task):
            yield spoken_of
        elif known := ENDING.fullmatch(task) or BLANK.match(task):
            yield _pointer(known, known=True)


def _of_known(task: str) -> Pointer | None:
    """An order or a question about a text that is spoken of as known, in the clause with which the task begins."""
    begins = READS.match(task)
    found = DEFINITE.search(task, begins.end(), begins.end() + _CLAUSE) if begins else None
    if not begins or not found or _STOPS.search(task, begins.end(), found.start()):
        return None
    return Pointer(task[: found.end()].strip(), 0, found.end(), ORDERS, known=True)


def _pointer(found: re.Match[str], known: bool = False) -> Pointer:
    return Pointer(found[0].strip(), found.start(), found.end(), ORDERS, known=known)


def ends_before(task: str) -> str:
    """The words after which something was to come: at the end, an article by its title, a list and no order."""
    found = _TO_COME.search(task) if task[-1:] in (":", "：") else None
    if not found and has_any(task, _QUOTES) and has_any(task, ("article", "post", "passage", "report", "story")):
        found = _TITLE.search(task)
    if not found and len(task) < 120:
        found = _NO_ORDER.fullmatch(task)
    return found[0] if found else ""


_WRITTEN = {
    **dict.fromkeys(("ru", "uk"), "Cyrillic"),
    **dict.fromkeys(("ar", "fa"), "Arabic"),
    "el": "Greek",
    "zh": "Han",
    "ja": "Kana",
    "ko": "Hangul",
    "hi": "Devanagari",
    "th": "Thai",
    "bn": "Bengali",
    "he": "Hebrew",
}
"""The scripts of the languages that are not written in Latin letters."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _signs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The first look of every language by its name."""
    return tuple((name, tuple(own["has"])) for name, own in _table().items())


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What points, what speaks of a text as known, and how orders begin, of one language; compiled when needed."""
    own = _table()[name]
    end = "" if name in ("zh", "ja", "ko", "th") else r"\b"
    places = {"<noun>": own["noun"], "<texts>": own["texts"], "<end>": rf"\W*\Z|\s*[.?!,;]|\s+(?:{own['orders']}){end}"}
    points, known = (re.compile("|".join(_filled(line, places) for line in own[key])) for key in ("points", "known"))
    return points, known, re.compile(rf"\W*(?:{own['orders']}){end}", re.IGNORECASE)


def _filled(pattern: str, places: Mapping[str, str]) -> str:
    for place, text in places.items():
        pattern = pattern.replace(place, text)
    return pattern
