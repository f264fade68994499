"""What stands around a number in a task: the bound before it, the unit behind it, the verb that leads to it.

Knows the parts that words play (`numerals.py`), not what is made of them.
"""

from dataclasses import dataclass

from ittgen.filters.numerals import LONGEST_PHRASE, doubtful, number, plays, unit_of

_BOUNDS = ("least", "most", "about", "exactly")
_AFTER = {"most_after": "most", "least_after": "least"}
_REACH = 7
"""Words between a verb and its number."""
_FAR = 5
"""Tokens in which a unit may follow: "three short and simple sentences" has its own in the fourth."""
ENGLISH = 1
"""The bit of English, the first of `counts.toml`."""
_SMALL = frozenset("the its with that and from".split())
"""Words of an English text, in which "to" is no number."""
_STOPS = frozenset(".!?\n。！？؟।")
_SIGNS_BEFORE = frozenset("#$€£¥№+*×/=<>")
_SIGNS_AFTER = frozenset("%+*=×–~x/")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a task, what bounds it and where that begins."""

    said: list[str]
    at: int
    value: int
    languages: int
    """In which the word is this number, a bit each."""
    bound: str
    start: int

    def word(self, place: int) -> str:
        """The word at a place, "" beyond the ends."""
        return self.said[place] if 0 <= place < len(self.said) else ""

    @property
    def given(self) -> bool:
        """ "these three": they are there already."""
        return bool(plays("given", self.word(self.start - 1)) & self.languages)

    @property
    def measures(self) -> int:
        """The languages in which the word before makes it a measure: "in three sentences"."""
        return plays("into", self.word(self.start - 1)) & self.languages

    def unit(self) -> tuple[str, int]:
        """(unit, its place); an item where none follows; "" where no things are counted: "3 hours", "5 or six"."""
        seen = 0
        for place in range(self.at + 1, min(self.at + _FAR, len(self.said))):
            word = self.word(place)
            if word == "-":
                continue
            if not word[0].isalpha() or plays("other", word) & self.languages:
                break
            if unit := unit_of(word, self.languages):
                return unit, place
            seen += 1
            if seen > 2 or _is_plural(word, self.languages) or plays("into", word) & self.languages:
                break
        return ("item", self.at) if seen else ("", self.at)

    def bound_behind(self, place: int) -> str:
        """The bound after the unit at this place: "50 words or less"."""
        for size in range(LONGEST_PHRASE, 0, -1):
            phrase = _joined(self.said[place + 1 : place + 1 + size])
            for part, bound in _AFTER.items():
                if plays(part, phrase) & self.languages:
                    return bound
        return ""

    def led(self) -> int:
        """The languages in which a verb leads to it, small words between them, or ends its sentence; else 0."""
        if asked := _phrase("asks", self.said, self.start) & self.languages:
            return asked
        left = self.languages
        for place in range(self.start - 1, max(self.start - 1 - _REACH, -1), -1):
            word = self.word(place)
            if found := plays("lead", word) & left:
                return found
            if word != "-" and not (left := left & plays("filler", word)):
                break
        return self._led_from_behind() if self.value > 2 else 0

    def _led_from_behind(self) -> int:
        for word in self.said[self.at + 2 :]:
            if word in _STOPS:
                return 0
            if found := plays("last", word) & self.languages:
                return found
        return 0

    def shared(self, languages: int, alone: bool) -> bool:
        """Whether it goes for each of several things, or a second number goes with it; `alone`: only the first."""
        for place, word in enumerate(self.said):
            if plays("each", word) & languages:
                return True
            second = place > self.at + 1 and number(word)[0] > 1 - (self.word(place - 1) == "and")
            if second and not alone and plays("again", self.word(place - 1)) & languages:
                return True
        return False


def _is_plural(word: str, languages: int) -> bool:
    """ "three trays marked letters": the trays are counted, not the letters; "three concise sentences" goes on."""
    return bool(languages & ENGLISH) and len(word) > 3 and word[-1] == "s" and word[-2] not in "suio"


def numbers(said: list[str]) -> list[Number]:
    """The numbers that may be counts: no ranges, ordinals, prices, percentages, sums, or marks of a list."""
    found = []
    english = not _SMALL.isdisjoint(said)
    for at, word in enumerate(said):
        value, languages = number(word)
        if english and doubtful(word):
            continue
        if 0 < value <= 1000 and _has_things(said, at, languages) and _counts(said, at):
            bound, start = _bound(said, at, languages)
            found.append(Number(said, at, value, languages, bound, start))
    return found


def _has_things(said: list[str], at: int, languages: int) -> bool:
    """A first look: a word behind it that names what it may count."""
    after = said[at + 1] if at + 1 < len(said) else ""
    return after == "-" or (after[:1].isalpha() and not plays("other", after) & languages)


def _counts(said: list[str], at: int) -> bool:
    before, after, third = (said[n] if 0 <= n < len(said) else "" for n in (at - 1, at + 1, at + 2))
    if before in _SIGNS_BEFORE or after in _SIGNS_AFTER or (at > 1 and before in "-–~" and number(said[at - 2])[0]):
        return False
    if after == "-" and third and number(third)[0]:
        return False
    return not (after in (".", ")") and before in ("", "\n"))


def _bound(said: list[str], at: int, languages: int) -> tuple[str, int]:
    """(bound, where it begins): ("most", 2) for "in no more than 5"."""
    for size in range(min(LONGEST_PHRASE, at), 0, -1):
        phrase = _joined(said[at - size : at])
        for bound in _BOUNDS:
            if plays(bound, phrase) & languages:
                return bound, at - size
    return "", at


def _phrase(part: str, said: list[str], end: int) -> int:
    """The languages of the longest phrase of this part that stands right before a place, else 0."""
    sizes = range(min(LONGEST_PHRASE, end), 0, -1)
    return next((found for size in sizes if (found := plays(part, _joined(said[end - size : end])))), 0)


def _joined(said: list[str]) -> str:
    return " ".join(said)
