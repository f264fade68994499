"""Outputs that go round in a circle: the same words, lines or characters over and over, or counting on and on.

Knows the words by which a task asks for repetition, in a dozen languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ittgen.filters.again import blocks, drones, grams, grows, items, pieces, retold, rows, runs, templates, twice
from ittgen.filters.looks import has_digit, parts
from ittgen.filters.loops import Loop, loops, repeated, spaced, stutter, units
from ittgen.records import Example, Rejection

_ASKS_LOOP = re.compile(
    r"repeat|times\b|song|lyric|chorus|refrain|poem|poetry|verse|chant|mantra|rhyme|lullab|tongue|drum"
    r"|\bbeats?\b|laugh|pattern|print|echo"
    r"|\bloop|\brap\b|hymn|slogan|litany|onomatop|sound|copy|copies|placeholder|dummy|lorem|stutter|prayer"
    r"|count\b|count(?:ing| up| down| to| from)"
    r"|numbers?\b|sequence|matrix|\bgrid|table|csv|binary|ascii|output of|sheep|label|classif|wiederhol|\blied"
    r"|gedicht|repit|repet|répèt|chanson|canci"
    r"|\bcopi|\bfois\b|\bveces\b|\bvezes\b|\bvolte\b|mal\b|\braz[yа]?\b|\bраз[аів]?\b|\bkeer\b|gånger|gange|kertaa"
    r"|\bkez\b"
    r"|\bkere\b|\bkali\b|lần|φορές|פעמים|\bori\b|krát|-szor"
    r"|poema|poème|песн|стих|曲|повтор|считал|歌|诗|詩|重复|遍|次|繰り返|回|노래|반복|أغنية|كرر|قصيد|गीत|दोहरा|बार"
    r"|कविता|เพลง|ซ้ำ|ครั้ง|กลอน",
    re.IGNORECASE,
)
"""Tasks that ask for something in which words come again."""

_VERSES = ("poem", "poetry", "verse", "poema", "poème", "gedicht", "стих", "诗", "詩", "시를", "قصيد", "कविता", "กลอน")
"""Poems, in which a line may come again, but not for ever."""
_ASKS_GROWTH = re.compile(
    r"expand|grow|longer|\badd|build|step by step|each (?:line|time)|paths?\b|urls?\b|director|triangle|cumul|one word"
    r"|erweiter|länger|wachs|allong|alarg|amplía|allung|расшир|удлин|扩展|延长",
    re.IGNORECASE,
)
"""Tasks whose lines may grow from one to the next."""
_SUNG = ("song", "poem", "verse", "rap", "hymn")
_QUESTION = re.compile(r"\W*(?:what|who|which|when|why|how|is|are|do|does|did|have|has)\b", re.IGNORECASE)
_LOOKED_AT = 20_000
_LEAST_RUNS = 6
"""Every loop that comes too often has at least so many runs of four words that were there before."""
_LONGEST_TASK = 20_000
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Repetition:
    """An output caught in a loop: the same words, lines or characters over and over, or counting on and on.

    The commonest way in which a model that is unsure fails (https://arxiv.org/abs/1904.09751). Value is how often the
    phrase stands there, limit how often it may, note the phrase. The longer the phrase, the fewer times it may come;
    more often in the midst of other text. Songs, tables, labels and all that asks for repetition may have four times as
    much, poems and tasks with a number in them twice. Every script, with or without blanks between words. Counting on
    and on is caught too ("Step 1: wait. Step 2: wait."), later. What comes again with something between is looked for
    in `again.py`: the whole answer twice, an item of a list, paragraphs told anew, rows of numbers and of signs. Raises
    ValueError for a patience of 0 or less.
    """

    patience: float = 1.0
    """Twice the patience lets every phrase that follows itself come twice as often."""

    def __post_init__(self) -> None:
        if not self.patience > 0:
            raise ValueError(f"patience is a number above 0, not {self.patience}")

    def __call__(self, example: Example) -> Rejection | None:
        if _plain(example.output, _LEAST_RUNS * min(self.patience, 1)):
            return _said_again(example, ())
        found = units(_ends(example.output))
        if word := stutter(found):
            return Rejection(example, "repetition", value=len(word), limit=40, note=f'"{word[:20]}…" in one word')
        return self._judged(example, found) or self._counting(example, found) or _said_again(example, found)

    def _judged(self, example: Example, found: list[str]) -> Rejection | None:
        """The first loop of words that comes too often."""
        for loop in loops(found):
            if not any(map(str.isalpha, loop.phrase.split())) and loop.phrase.isascii():
                continue
            if (often := _often(loop) * self.patience) > loop.times or loop.times < often * _asked(example):
                continue
            if _asks_loop(example.instruction) and loop.phrase in " ".join(units(example.instruction[:_LONGEST_TASK])):
                continue  # "write … twelve times"
            return _rejection(example, loop, often)
        return None

    def _counting(self, example: Example, found: list[str]) -> Rejection | None:
        """A loop in which only numbers change, or nothing but numbers one after the other."""
        if sum(unit.isdecimal() for unit in found) < 12:
            return None
        for loop in loops(["#" if unit.isdecimal() else unit for unit in found]):
            if (often := _often_counted(loop) * self.patience) <= loop.times and loop.times >= often * _asked(example):
                return _rejection(example, loop, often)
        return None


def _plain(text: str, least: float) -> bool:
    """A quick look that settles most texts: words set apart, none very long, few runs that come again, few numbers."""
    if len(text) > _LOOKED_AT or not spaced(text):
        return False
    words = parts(text)
    again = repeated(words, 2) >= least and repeated(words, 4) >= least
    if again or max(map(len, words), default=0) >= 40:
        return False
    return not has_digit(text) or sum([word[0].isdecimal() for word in words]) + text.count("#") < 12


def _ends(text: str) -> str:
    """Beginning and end of a very long text: a loop that began does not stop."""
    return text if len(text) <= 2 * _LOOKED_AT else text[:_LOOKED_AT] + text[-_LOOKED_AT:]


def _often(loop: Loop) -> float:
    """How often a phrase may not come any more."""
    alone = loop.share >= 0.6
    if loop.weight < 2:
        return 10 if alone else 16
    if loop.weight < 3:
        return 7 if alone else 9
    if loop.weight < 8:
        return (5 if loop.weight < 4 else 4) if alone else 6
    return 3 if loop.weight >= 20 or alone else 4


def _often_counted(loop: Loop) -> float:
    """The same for a phrase with a number that changes; numbers alone, and labels one to a number, are lists."""
    words = loop.weight - loop.phrase.split().count("#")
    if words < 1:
        return 60
    if words >= 8:
        return 4 if loop.share >= 0.6 else 6
    return 40 if words < 3 else 8


def _asked(example: Example) -> int:
    """How much more repetition the task allows."""
    task = example.instruction[:_LONGEST_TASK]
    asked = _ASKS_LOOP.search(task)
    if asked:
        return 2 if asked[0].lower() in _VERSES else 4
    if _DIGITS.search(task):
        return 2
    return 4 if "```" in example.output or example.output.lstrip().startswith(("|", "<", "{", "[")) else 1


def _said_again(example: Example, words: Sequence[str]) -> Rejection | None:
    """What comes again with something between; a text whose words need no second look comes without them."""
    task, text = example.instruction[:_LONGEST_TASK], example.output
    found = twice(text) or items(text) or pieces(text) or blocks(text)
    if not found and (grown := grows(text)) and not _ASKS_GROWTH.search(task):
        found = grown
    if not found and words:
        found = retold(text) or grams(text, words) or templates(text, words) or drones(words)
    if found and _asks_loop(task):
        found = None
    found = found or runs(task, text) or (rows(task, text) if sum(map(str.isdecimal, words)) >= 40 else None)
    if not found:
        return None
    return Rejection(example, "repetition", value=found.times, limit=found.limit, note=f'"{_cut(found.what)}" again')


def _asks_loop(task: str) -> bool:
    """Whether a task asks for what repeats itself; a question about a song is no wish for one."""
    asked = _ASKS_LOOP.search(task)
    return asked is not None and not (asked[0].lower() in _SUNG and _QUESTION.match(task))


def _cut(phrase: str) -> str:
    return phrase if len(phrase) <= 60 else f"{phrase[:60]}…"


def _rejection(example: Example, loop: Loop, often: float) -> Rejection:
    return Rejection(
        example, "repetition", value=loop.times, limit=often, note=f'"{_cut(loop.phrase)}" again and again'
    )
