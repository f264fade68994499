"""What a task asks for by number: "five tips", "in three sentences", "a 4-line poem", "at most 50 words".

A wish is found by the parts that words play around a number, whatever the language: what leads to it, what bounds it,
what it counts. Where two numbers go together, or one goes for each of several things, there is no wish.
"""

import re
from typing import NamedTuple

from ittgen.filters import unspaced
from ittgen.filters.around import ENGLISH, Number, numbers
from ittgen.filters.looks import has_digit, lowered
from ittgen.filters.numerals import EVERY, compound, may_count, plays, tokens

LOOKED_AT = 1500
"""Characters of a task: a wish stands near its beginning, a longer task holds a text."""
MOST_ITEMS = 60

_BARE = str.maketrans(dict.fromkeys(".,:;!?()[]\"'“”«»„-–—/。、「」", " "))
_LENGTHS = ("word", "character", "letter", "digit")
"""Units of which a list may be asked for as well: "list ten words"."""
_OF_A_TEXT = ("sentence", "line", "paragraph", "stanza")
_OF_ONE_WORD = ("character", "letter", "digit")
"""Units of a password, a code or a word: "an 8-character password"."""
_PARTS = ("letter", "digit", "character", "row", "column")
"""Units of which one is no measure: "with at least one letter"."""
_ALONE = ("word", "character", "letter", "digit", "row", "column", "han")
"""Units that may stand beside another number: "50 words with two examples"."""
_STRICTLY = {
    "more than": 1,
    "over": 1,
    "mehr als": 1,
    "less than": -1,
    "fewer than": -1,
    "under": -1,
    "weniger als": -1,
}
_SINGULAR = frozenset("word sentence line paragraph stanza character letter digit item step point".split())
_HAVING = frozenset("using with containing contain contains having mit avec con com met z с із med ile".split())
_PICKS = frozenset("which one any either neither each both pair set list number all".split())
_STOPS = frozenset(("", ".", ",", "!", "?", "\n", ";", ")", "。", "and"))
_TABLE = frozenset("table tabelle tabelle tableau tabla tabela tabella tabel таблица таблицу таблицю chart".split())
_LINES = {
    "haiku": 3, "haïku": 3, "haikú": 3, "хайку": 3, "quatrain": 4, "limerick": 5, "лимерик": 5,
    "sonnet": 14, "sonett": 14, "soneto": 14, "sonetto": 14, "сонет": 14,
}  # fmt: skip
"""Forms of poems whose number of lines is part of their name."""
_GLUED = ("zeilig", "wörtig", "regelig", "strophig", *_LINES)
_ONE_FORM = re.compile(
    r"(?:\b(?:an?|one|your|ein|einen|une?|una|uno|um|een|ett|en|напиши|сочини|придумай)\s+(?:[^\W\d]+[ -]){0,2}?"
    rf"|\bin (?:the )?(?:\w+ )?)[\"'“«]?({'|'.join(_LINES)})\b(?! (?:is|are|ist|est|es)\b|['’]s)"
)
_OF_A_PIECE = re.compile(r"\b(?:half|first|last|continue|complete|finish|ending|opening|begin\w*|lines?)\b")
_MAKES = re.compile(
    r"\b(?:write|compose|create|generate|make|craft|come up|produce|give|pen|schreib|verfass|erstell|dichte|écri|rédig"
    r"|compos|escrib|crea|escrev|scriv|schrijf|skriv|напиш|сочини|придумай)"
)


class Wish(NamedTuple):
    """So many of a unit: `Wish("line", 4, "bare")` for a poem of four lines."""

    unit: str
    """item, word, sentence, line, paragraph, stanza, row, column, character, digit, letter, or han for a character of
    Chinese or Japanese"""
    number: int
    bound: str
    """bare, exactly, least, most or about"""


def wishes(task: str) -> list[Wish]:
    """What a task asks for by number, each once; nothing where that cannot be told.

    >>> wishes("Schreibe ein vierzeiliges Gedicht."), wishes("List at least 3 reasons.")
    ([Wish(unit='line', number=4, bound='bare')], [Wish(unit='item', number=3, bound='least')])
    """
    text = task[:LOOKED_AT]
    if not text.isascii() and (asked := unspaced.wish(text)):
        return [Wish(*asked)]
    small = lowered(text)
    named = any(map(small.__contains__, _GLUED))
    if not named and not has_digit(text) and not may_count(small.translate(_BARE).split()):
        return []
    said = tokens(text)
    found = [wish for number in numbers(said) if (wish := _wish(number))]
    if named and not found:
        found = [Wish(unit, value, "bare") for value, unit in map(compound, said) if value]
    return list(dict.fromkeys(found)) or (_form(small) if named else [])


def _form(small: str) -> list[Wish]:
    found = _ONE_FORM.search(small)
    return (
        [Wish("line", _LINES[found[1]], "bare")]
        if found and _MAKES.search(small) and not _OF_A_PIECE.search(small)
        else []
    )


def _wish(number: Number) -> Wish | None:
    unit, place = number.unit()
    if not unit or number.given:
        return None
    bound = number.bound_behind(place) or number.bound or "bare"
    if unit == "item" and _rows(number):
        return Wish("row", number.value, bound)
    unit, languages = _measured(number, unit, bound)
    if (
        not languages
        or (unit == "item" and not 1 < number.value <= MOST_ITEMS)
        or number.shared(languages, unit in _ALONE)
    ):
        return None
    return Wish(unit, number.value + _beyond(number, unit), bound) if unit not in _PARTS or number.value > 1 else None


def _beyond(number: Number, unit: str) -> int:
    """ "more than 8 characters" are at least nine; of words nobody minds."""
    phrase = " ".join(number.said[number.start : number.at])
    return _STRICTLY.get(phrase, 0) if unit in _OF_ONE_WORD else 0


def _rows(number: Number) -> bool:
    """ "a table of 15 items"."""
    place = number.start - 1
    while number.word(place) in ("top", "the"):
        place -= 1
    return bool(plays("into", number.word(place)) & number.languages) and number.word(place - 1) in _TABLE


def _measured(number: Number, unit: str, bound: str) -> tuple[str, int]:
    """(unit, languages of the wish): "in ten words" measures a text, "list ten words" asks for items."""
    led = number.led()
    if unit == "item":
        return unit, led
    after = number.word(number.at + 1)
    joined = number.value > 1 and (after == "-" or after in _SINGULAR)
    if unit in _OF_ONE_WORD and (joined or bound == "bare"):
        return unit, led or (0 if joined else number.measures)
    if unit in ("row", "column"):
        return unit, number.languages
    within = number.measures and number.word(number.start - 1) != "of" and bound != "bare"
    if (
        unit in _LENGTHS
        and led
        and not within
        and (number.value < 20 or number.word(number.start - 1) == "of")
        and not joined
    ):
        return "item", led
    if number.value == 1:
        return unit, number.measures or (number.languages if bound == "exactly" else led & ENGLISH)
    strictly = number.languages if bound == "exactly" and unit in _OF_A_TEXT else 0
    ending = number.languages & plays("into", "-") if number.languages != EVERY else 0
    limit = number.languages if bound in ("most", "least") and unit in _LENGTHS and not _of_things(number) else 0
    return unit, _measures(number, unit, bound) or led or ending or limit or strictly or (
        number.languages if joined else 0
    )


def _of_things(number: Number) -> bool:
    """ "which of two words", "words with over six letters", "counts as strong with at least eight": no wish."""
    before, at = number.word(number.start - 1), number.start - 2
    if before == "of":
        return number.word(at) in _PICKS
    if before not in _HAVING or at < 0:
        return False
    plural = number.word(at)[-1:] == "s" and number.word(at)[-2:-1] not in ("s", "u")
    return plural or not any(plays("lead", word) for word in number.said[:at])


def _measures(number: Number, unit: str, bound: str) -> int:
    """ "with five words" measures a text where nothing follows: else five words are to be in it."""
    if _of_things(number):
        return 0
    loose = unit == "word" and bound == "bare" and number.word(number.start - 1) in _HAVING
    last = number.unit()[1]
    if number.word(number.start - 1) == "(":
        return number.languages
    return 0 if loose and number.word(last + 1) not in _STOPS else number.measures
