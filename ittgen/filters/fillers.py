"""What each sentence of a short answer does where none of them answers: refuse, ask back, agree, promise, close.

Knows phrases of two dozen languages, in `fillers.toml`, and nothing of tasks: whether a text that only agrees was the
right answer is for the rules to say. One sentence with content of its own, and the text is no filler.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from ittgen.filters.alphabets import alphabet, by_alphabet
from ittgen.filters.languages import is_latin
from ittgen.filters.looks import has_any, parts
from ittgen.filters.tongues import speaks_english

LONGEST = 700
"""Characters; a longer text says something."""

_BEGINNING = 400
"""Characters that hold the first sentences of most texts."""
_TABLE = Path(__file__).with_name("fillers.toml")
_PART = re.compile(r"<(\w+)>")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"')\]*]*\s+|(?<=[。！？।؟；])\s*|\n+|\s[-–—]\s")
_BARE = " \t\r\n.,!?¡¿…。！？，、।؟،:：;；*_~\"'“”«»„()[]#-–—😊🙂👍🙏😀😃✨🎉"
_SIGNS = _BARE.replace(":", "").replace("：", "")
_JOINT = re.compile(
    r"(?:,? ?\b(?:but|so|and|as|because|since|therefore|however|aber|da|weil|und|mais|car|pero|porque|ya que|mas|pois"
    r"|ma|perché|"
    r"maar|omdat|ale|ponieważ|no|но|так как|поэтому|потому что|але|оскільки|men|eftersom|ama|fakat|çünkü|nhưng|vì"
    r"|tetapi|tapi|"
    r"karena|dar|deoarece|αλλά)\b,? )|[,，、;；،:] ?|(?:但是?|因为|所以|不过|因此|が、|ので、|けど、)"
)
"""Where a sentence may be taken apart: an apology and what it is for, a refusal and its reason."""
_BUT = re.compile(
    r"\b(?:but|however|aber|doch|jedoch|mais|pero|mas|porém|ma|però|maar|ale|но|однако|але|проте|men|ama|fakat|ancak"
    r"|nhưng|tetapi|namun|"
    r"dar|αλλά|لكن|ولكن|अगर|लेकिन)\b|(?:但是?|不过|不過|然而)|(?:が、|けれど|しかし)|(?:지만|하지만)"
)
_JOINTS = 3
"""So many joints are tried: what comes later stands in an answer."""
_REFUSES = ("cannot", "model")
_SURE = 5
"""English words that show a text with other signs than ASCII to be English."""
_CLAUSE = 12
"""Letters of a clause that may be an answer."""


@lru_cache(maxsize=8)
def purposes(text: str) -> frozenset[str]:
    """What the sentences do, where none of them answers; nothing where one does.

    >>> sorted(purposes("Sure! I will write the poem for you."))
    ['agrees', 'promises']
    >>> purposes("Sure! Roses are red.")
    frozenset()
    """
    english = is_english(text)
    if len(text) > LONGEST or not all(purpose(first, english) for first in beginning(text, 1)):
        return frozenset()
    found = [purpose(sentence, english) for sentence in sentences(text)]
    return frozenset(found) if all(found) else frozenset()


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in lower case, without the signs and emoji around them; a colon at the end stays."""
    return tuple(bare for part in _SENTENCE.split(plain(text)) if (bare := _bare(part)))


def beginning(text: str, most: int) -> tuple[str, ...]:
    """The first sentences, at most so many and at most three, of a text of any length."""
    return tuple(filter(None, _first(text)[:most]))


@lru_cache(maxsize=8)
def _first(text: str) -> tuple[str, ...]:
    return tuple(map(_bare, _SENTENCE.split(plain(text[:_BEGINNING]), maxsplit=3)[:3]))


def may_refuse(text: str) -> bool:
    """A quick look: whether there is a word in its first sentences that every refusal has one of."""
    first, english = _first(text), is_english(text)
    tongue = max(_tongue(sentence, english) for sentence in first)
    return tongue > 1 or has_any("\n".join(first), _refusing()[tongue])


def refuses(sentence: str, english: bool = False) -> bool:
    """Whether it is a refusal, or talk of being a model."""
    tongue = _tongue(sentence, english)
    if not has_any(sentence, _refusing()[tongue]):
        return False
    may = any(
        kind in _REFUSES and has_any(sentence, has) and says.search(sentence) for kind, has, says in _says()[tongue]
    )
    return may and purpose(sentence, english) in _REFUSES


def is_english(text: str) -> bool:
    """Whether a text is plainly English, and its sentences need not be read as those of other languages."""
    return speaks_english(parts(text), 2 if text.isascii() else _SURE) and is_latin(text)


def _bare(part: str) -> str:
    bare = part.strip(_BARE)
    return f"{bare}:" if bare and part.rstrip(_SIGNS).endswith((":", "：")) else bare


def plain(text: str) -> str:
    """The text in lower case, with straight apostrophes."""
    return text.lower().replace("’", "'").replace("`", "'").replace("i\u0307", "i")


@lru_cache(maxsize=64)
def purpose(sentence: str, english: bool = False) -> str:
    """What a sentence does, "cannot" or "agrees", or "" where it may be an answer; `english`: of an English text.

    As a whole first, then in two parts: "sorry, but i can't help with that", "okay, here it is".
    """
    tongue = _tongue(sentence, english)
    if found := _said(sentence, tongue):
        return found
    if not (tongue > 0 or sentence.partition(" ")[0].rstrip(",.!:;") in _STARTS):
        return ""
    if found := _is(sentence, tongue):
        return found
    for joint in islice(_JOINT.finditer(sentence[:200]), _JOINTS):
        before, after = _bare(sentence[: joint.start()]), _bare(sentence[joint.end() :])
        if (
            before
            and (found := _is(before, _tongue(before, english)))
            and (rest := purpose(after, english) if after else found)
        ):
            return max(found, rest, key=_WEIGHT.index)
    return ""


_WEIGHT = ("agrees", "promises", "announces", "closes", "shrugs", "sorry", "refers", "model", "asks", "cannot")
"""What counts where a sentence does two things: the later."""


def _said(sentence: str, tongue: int) -> str:
    """The strongest kind whose words are in the sentence, unless an answer follows them: "I can't see it, but …"."""
    for kind, has, pattern in _says()[tongue]:
        if has_any(sentence, has) and (found := pattern.search(sentence)):
            return "" if _answers(sentence[found.end() :]) else kind
    return ""


def says_model(sentence: str) -> bool:
    """Whether the sentence talks of its speaker as a model, whatever else it does."""
    return any(kind == "model" and pattern.search(sentence) for kind, _, pattern in _says()[_tongue(sentence)])


def _answers(rest: str) -> bool:
    """Whether what follows a refusal goes on with "but" to say something after all."""
    but = _BUT.search(rest)
    clause = rest[but.end() :].strip(_BARE) if but else ""
    return len(clause) > _CLAUSE and not purpose(clause)


def _is(sentence: str, tongue: int) -> str:
    for kind, pattern in _wholes()[tongue]:
        if pattern.fullmatch(sentence):
            return kind
    return ""


_STARTS = frozenset(
    "absolutely afraid all allow alright and answers any anything apologies as bear below but certainly "
    "deepest deeply definitely depends different do don't done enjoy et etc everybody everyone everything "
    "excellent feel first following give gladly good got great happy have hello here here's hey hi hold hope "
    "how however humble i i'd i'll i'm i've if in instead interesting is it it's just largely let let's many "
    "maybe mostly my no noted nothing now of oh ok okay one opinions our people perfect perhaps please ready "
    "really regrettably results right sadly several sincere sincerest so something sorry sounds sure terribly "
    "thank thanks that that's the then there these this truly understood unfortunately various very views wait "
    "we we'd we'll we're well what what's whatever who will with would yeah yes".split()
)
"""First words of everything in English that is one of them as a whole, or that begins so."""


_ENGLISH = frozenset(
    "the you your and of this that with from their they should would could when which what how there it's i'm i'd i'll "
    "i've can't cannot please sorry sure these those them been about because each every into much need only other same "
    "through than while who why yes make use used using many these such where here's let's".split()
)
_MOSTLY_ENGLISH = frozenset("are is was in to by at as be or has have for on not an if".split())


@lru_cache(maxsize=64)
def _tongue(sentence: str, english: bool = False) -> int:
    """Which tables to look in: 0 English alone, 1 and 2 those of Latin letters, 3 and more those of other alphabets.

    1 is for a sentence of ASCII alone, which no word with other letters can be in.
    """
    if english and (sentence.isascii() or not alphabet(sentence)):
        return 0
    if not sentence.isascii():
        return alphabet(sentence) + 2
    words = set(sentence.split())
    return int(_ENGLISH.isdisjoint(words) and len(words & _MOSTLY_ENGLISH) < 2)


def _by_tongue(languages: Iterable[str]) -> tuple[Collection[str], ...]:
    """The languages whose tables each number of `_tongue` stands for."""
    latin, *others = by_alphabet(languages)
    return ("en",), latin, latin, *others


# The table, read when a text first needs it

Says = tuple[str, tuple[str, ...], re.Pattern[str]]
"""A kind, the words of which a sentence has one that says it, and the pattern that decides; of one language."""


@cache
def _says() -> tuple[tuple[Says, ...], ...]:
    """By the number that `_tongue` gives."""
    table = _table()
    every = [
        (language, (kind, _fewest(words["has"]), _compiled(words["says"])))
        for kind, languages in table["says"].items()
        for language, words in languages.items()
    ]
    own = _by_tongue({language for language, _ in every})
    english, latin, *others = (tuple(one for language, one in every if language in known) for known in own)
    plain = ((kind, tuple(filter(str.isascii, has)), pattern) for kind, has, pattern in latin)
    return english, tuple(one for one in plain if one[1]), *others


@cache
def _refusing() -> tuple[tuple[str, ...], ...]:
    kinds = [[has for kind, has, _ in table if kind in ("cannot", "model")] for table in _says()]
    return tuple(_fewest({word for has in own for word in has}) for own in kinds)


def _fewest(words: Collection[str]) -> tuple[str, ...]:
    """Without those that have another one in them: where they are, it is."""
    return tuple(sorted(word for word in words if not any(other in word for other in words if other != word)))


@cache
def _wholes() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    """By the number that `_tongue` gives."""
    table = _table()["is"]
    return tuple(
        tuple(
            (kind, _compiled([line for language, own in by.items() if language in known for line in own]))
            for kind, by in table.items()
        )
        for known in _by_tongue({name for own in table.values() for name in own})
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _compiled(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_filled, lines)))


def _filled(line: str) -> str:
    """A pattern with its parts, which may have parts themselves, in their places."""
    parts = _table()["parts"]
    while (filled := _PART.sub(lambda found: parts.get(found[1], found[0]), line)) != line:
        line = filled
    return line.replace("\n", "")
