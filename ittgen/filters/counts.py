"""Not as many as were asked for or announced: items, lines, sentences, words, rows. Needs no model and no clock.

What is asked for is in `wishes.py`, what is there in `counted.py`; here the two are compared, with slack where people
take none of it strictly.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ittgen.filters import counted
from ittgen.filters.looks import has_any, lowered
from ittgen.filters.promises import promised
from ittgen.filters.wishes import Wish, wishes
from ittgen.records import Example, Rejection

_BY_LINE = re.compile(
    r"one (?:on|per|a) (?:each )?line|each on its own line|(?:eine?[rsn]?) (?:pro|je) Zeile|une? par ligne"
    r"|un[oa] por línea|uma? por linha|un[oa] per riga|по одно\w+ (?:в|на) строк\w+|每行一[种個个句]?|1行に1つ",
    re.IGNORECASE,
)
_LINE_SIGNS = ("line", "zeile", "ligne", "línea", "linha", "riga", "строк", "行")
_OF_A_PART = re.compile(
    r"\b(?:functions?|program|script|regex|code|python|sql|javascript|prompts?|rubric|outline|plan|subject|titles?"
    r"|hashtags?|ask|pose|then|followed|if|section|check|count|edit|abstract|topics|also|headings?|notes?|title"
    r"|betreff|überschrift|titre|título|titolo|заголов\w*|tytuł\w*"
    r"|fonction|función|funktion|função|funzione|функци\w+)\b|函数|関数|标题",
    re.IGNORECASE,
)
"""Words of tasks in which a length may be that of a part of the answer, or of something else."""
_AND = re.compile(r"\b(?:and|und|et|y|e|и|with|or|mit|avec|con|com)\b|和|与")
_OF_A_TEXT = 40
"""Fewer characters are those of a password or a name."""
_FEW = 10
"""Up to so many words people count; beyond that they guess."""


@dataclass(frozen=True, slots=True)
class WrongCount:
    """Not as many as asked for or announced: items, lines, sentences, words, rows. Value is the count, limit the bound.

    A list counts when it is numbered without a gap or all of bullets, a line of commas when it can hold too few. What
    may be read in two ways (a title, "well-known", an abbreviation) is wrong only when it is in both. Limits of length
    have a slack of 15 in 100, lengths without "exactly" of 35, "about" of 50; up to ten words are counted to the word,
    limits of six to ten with one more or less. It reads wishes
    in some thirty languages.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if not example.output or example.turns:
            return None
        asked = wishes(example.instruction)
        if not asked and has_any(lowered(example.instruction), _LINE_SIGNS):
            asked = wishes(_BY_LINE.sub("", example.instruction))
        ones = sum(wish.number == 1 for wish in asked)
        found = next((said for wish in asked if (said := _broken(wish, example, len(asked) - ones))), None)
        if found is None and not asked:
            found = _promise(example.output) or _more_than_one(example)
        if found is None:
            return None
        count, bound, note = found
        return Rejection(example, "wrong-count", value=count, limit=bound, note=note)


_ONE = re.compile(
    r"\W*(?:please |bitte )?(?:name|nenne|nennen sie|nomme|nommez|nombra|nomina|nomeie|noem|назови|назовите)\s+"
    r"(?:an?|one|ein|eine|einen|une?|una|uma?|een|één|один|одну|одно)\s+"
    r"(?!\w+(?:['’]s\b| (?:of|von|de|di)\b)|(?:few|couple|pair)\b)",
    re.IGNORECASE,
)
_SURELY_MANY = 5


def _more_than_one(example: Example) -> "Fault | None":
    """ "Name an island.", and the answer is a row of many."""
    if not _ONE.match(example.instruction) or not 4 <= example.output.count(",") + example.output.count("、") < 60:
        return None
    count = counted.pieces(example.output)
    return (count, 1, "asked for") if count >= _SURELY_MANY else None


Fault = tuple[int, int, str]
"""(how many there are, how many there have to be, of what)"""


def _broken(wish: Wish, example: Example, others: int) -> Fault | None:
    """What is wrong with the output by this wish."""
    if "```" in example.output:
        return None
    if wish.unit == "item":
        return _items(wish, example) if others == 1 else None
    if wish.unit in ("row", "column"):
        return _table(wish, example.output)
    if others > 1 or _OF_A_PART.search(example.instruction):
        return None
    if wish.unit == "word" and wish.number == 1 and len(set(lowered(example.output).split())) == 1:
        return None  # a poem of one word
    if wish.unit == "character" and wish.number < _OF_A_TEXT:
        span = _of_one_word(example.output)
    elif wish.unit == "word" and wish.bound == "exactly":
        span = counted.words(example.output, strictly=True)
    else:
        span = _COUNTS[wish.unit](example.output)
    return _outside(wish, span, _slack(wish)) if span else None


def _outside(wish: Wish, span: counted.Counted, slack: int) -> Fault | None:
    least, most = span
    note = f"{wish.bound} {wish.number} {wish.unit}s".removeprefix("bare ")
    if wish.bound != "least" and least > wish.number + slack:
        return least, wish.number, note
    if wish.bound != "most" and most < wish.number - slack:
        return most, wish.number, note
    return None


def _slack(wish: Wish) -> int:
    """How far off a count may be; lines and sentences are counted, words guessed."""
    if wish.unit not in ("word", "han", "character") or (wish.number <= _FEW and wish.bound != "about"):
        limit = wish.unit == "word" and wish.bound in ("most", "least") and wish.number > _FEW / 2
        return 1 if limit or wish.bound == "about" else 0
    share = {"about": 0.5, "bare": 0.35}.get(wish.bound, 0.15)
    return max(1, round(wish.number * share))


def _of_one_word(text: str) -> counted.Counted | None:
    word = counted.single(text)
    return counted.characters(word) if word else None


def _letters(text: str) -> counted.Counted | None:
    word = counted.single(text).rstrip(".!")
    return (len(word), len(word)) if word.isalpha() else None


def _digits(text: str) -> counted.Counted | None:
    word = counted.single(text).rstrip(".")
    return (len(word), len(word)) if word.isdecimal() else None


_COUNTS: Mapping[str, Callable[[str], counted.Counted | None]] = {
    "line": counted.lines,
    "stanza": counted.stanzas,
    "paragraph": counted.paragraphs,
    "sentence": counted.sentences,
    "word": counted.words,
    "han": counted.han,
    "character": counted.characters,
    "letter": _letters,
    "digit": _digits,
}


def _table(wish: Wish, text: str) -> Fault | None:
    found = counted.table(text)
    if not found or wish.number < 2:
        return None
    columns, fewest, most = found
    return _outside(wish, (columns, columns) if wish.unit == "column" else (fewest, most), 0)


def _items(wish: Wish, example: Example) -> Fault | None:
    least = 0 if wish.bound == "most" else wish.number
    most = 10**9 if wish.bound == "least" else wish.number
    if wish.bound == "about" or (len(example.output) < _SAYS_NONE and _IF_NONE.search(example.instruction)):
        return None
    count, surely = _listed(example.instruction, example.output)
    if not count:
        return None
    if count < least:
        return count, least, "items asked for"
    if surely and count > most and not _of_two_kinds(example.instruction, count, most):
        return count, most, "items asked for"
    return None


def _listed(task: str, text: str) -> tuple[int, bool]:
    """(items of the output, whether they cannot be fewer); (0, False) where they cannot be told."""
    by_line = len([line for line in text.splitlines() if line.strip()]) if _BY_LINE.search(task) else 0
    if surely := counted.items(text) or by_line or counted.enumerated(text) or counted.damaged(text):
        return surely, True
    return counted.remains(text) or counted.short_lines(text) or _in_a_row(task, text), False


_IF_NONE = re.compile(
    r"\bnone\b|\bif (?:there (?:is|are) (?:no|fewer)|any)|n/?a\b|\bkeine?\b|aucun|ningun|nessun|nenhum|没有",
    re.IGNORECASE,
)
"""A task that leaves open whether there are any."""
_SAYS_NONE = 30
_COMMAS = re.compile(r"commas?\b|komma|virgul|vírgul|virgol|\bcomas?\b|przecink|запят|逗号|カンマ|쉼표", re.IGNORECASE)
"""A task that says how its list is to be divided."""


def _in_a_row(task: str, text: str) -> int:
    """What a line of commas can hold; one word alone tells only where the task is one short sentence."""
    if text.count(",") > 1 and "\n" not in text.strip() and _COMMAS.search(task):
        return text.strip().rstrip(".,").count(",") + 1
    if "hashtag" in lowered(task) and (tags := text.count("#")):
        return tags
    found = counted.pieces(text)
    return found if found > 1 or (len(task) < 120 and "?" not in task and "\n" not in task.strip()) else 0


def _of_two_kinds(task: str, count: int, most: int) -> bool:
    """ "List three pros and cons" may mean six."""
    return count > most > 0 and count % most == 0 and bool(_AND.search(task))


_COLONS = (":\n", "：\n", ": \n", ":\r\n")


def _promise(text: str) -> Fault | None:
    """A line that promises a list of so many, and the list right after it."""
    if not has_any(text, _COLONS):
        return None
    found = _promises(text)
    if len(found) != 1:
        return None
    number, at = found[0]
    count = counted.items(text[at:]) if counted.begins_list(text[at:]) else 0
    return (count, number, "items announced") if count and count != number else None


def _promises(text: str) -> list[tuple[int, int]]:
    """(number promised, where the list begins) of each line that ends in a colon before a list."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        bare = line.rstrip()
        if bare and bare[-1] in ":：" and len(bare) < 300 and (number := promised(lowered(bare))):
            found.append((number, at))
    return found
