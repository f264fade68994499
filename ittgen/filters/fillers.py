"""What each sentence of a short answer does where none of them answers: refuse, ask back, agree, promise, close.

Knows phrases of two dozen languages, in `fillers.toml`, and nothing of tasks: whether a text that only agrees was the
right answer is for the rules to say. One sentence with content of its own, and the text is no filler.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

LONGEST = 700
"""Characters; a longer text says something."""

_TABLE = Path(__file__).with_name("fillers.toml")
_PART = re.compile(r"<(\w+)>")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"')\]*]*\s+|(?<=[。！？।؟；])\s*|\n+|\s[-–—]\s")
_BARE = " \t\r\n.,!?¡¿…。！？，、।؟،:：;；*_~\"'“”«»„()[]#-–—😊🙂👍🙏😀😃✨🎉"
_SIGNS = _BARE.replace(":", "").replace("：", "")
_JOINT = re.compile(
    r"(?:,? ?\b(?:but|so|and|as|because|since|therefore|however|aber|da|weil|und|mais|car|pero|porque|ya que|mas|pois|ma|perché|"
    r"maar|omdat|ale|ponieważ|no|но|так как|поэтому|потому что|але|оскільки|men|eftersom|ama|fakat|çünkü|nhưng|vì|tetapi|tapi|"
    r"karena|dar|deoarece|αλλά)\b,? )|[,，、;；،:] ?|(?:但是?|因为|所以|不过|因此|が、|ので、|けど、)"
)
"""Where a sentence may be taken apart: an apology and what it is for, a refusal and its reason."""
_BUT = re.compile(
    r"\b(?:but|however|aber|doch|jedoch|mais|pero|mas|porém|ma|però|maar|ale|но|однако|але|проте|men|ama|fakat|ancak|nhưng|tetapi|namun|"
    r"dar|αλλά|لكن|ولكن|अगर|लेकिन)\b|(?:但是?|不过|不過|然而)|(?:が、|けれど|しかし)|(?:지만|하지만)"
)
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
    if len(text) > LONGEST:
        return frozenset()
    found = [purpose(sentence) for sentence in sentences(text)]
    return frozenset(found) if found and all(found) else frozenset()


def sentences(text: str) -> list[str]:
    """The sentences of a text in lower case, without the signs and emoji around them; a colon at the end stays."""
    return [bare for part in _SENTENCE.split(plain(text)) if (bare := _bare(part))]


def _bare(part: str) -> str:
    bare = part.strip(_BARE)
    return f"{bare}:" if bare and part.rstrip(_SIGNS).endswith((":", "：")) else bare


def plain(text: str) -> str:
    """The text in lower case, with straight apostrophes."""
    return text.lower().replace("’", "'").replace("`", "'")


def purpose(sentence: str) -> str:
    """What a sentence does, "cannot" or "agrees", or "" where it may be an answer.

    As a whole first, then in two parts: "sorry, but i can't help with that", "okay, here it is".
    """
    if found := _whole(sentence):
        return found
    for joint in _JOINT.finditer(sentence[:200]):
        before, after = _bare(sentence[: joint.start()]), _bare(sentence[joint.end() :])
        if before and (found := _is(before)) and (rest := purpose(after) if after else found):
            return max(found, rest, key=_WEIGHT.index)
    return ""


_WEIGHT = ("agrees", "promises", "announces", "closes", "shrugs", "sorry", "refers", "model", "asks", "cannot")
"""What counts where a sentence does two things: the later."""


def _whole(sentence: str) -> str:
    return _said(sentence) or _is(sentence)


def _said(sentence: str) -> str:
    """The strongest kind whose words are in the sentence, unless an answer follows them: "I can't see it, but …"."""
    for kind, pattern in _says().items():
        if found := pattern.search(sentence):
            return "" if _answers(sentence[found.end() :]) else kind
    return ""


def _answers(rest: str) -> bool:
    """Whether what follows a refusal goes on with "but" to say something after all."""
    but = _BUT.search(rest)
    clause = rest[but.end() :].strip(_BARE) if but else ""
    return len(clause) > _CLAUSE and not purpose(clause)


def _is(sentence: str) -> str:
    return next((kind for kind, pattern in _wholes().items() if pattern.fullmatch(sentence)), "")


@cache
def _says() -> Mapping[str, re.Pattern[str]]:
    return _compiled("says")


@cache
def _wholes() -> Mapping[str, re.Pattern[str]]:
    return _compiled("is")


def _compiled(section: str) -> Mapping[str, re.Pattern[str]]:
    """Kind -> one pattern for all languages; read when a text first needs it."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    parts = {name: part.replace("\n", "") for name, part in table["parts"].items()}
    return {
        kind: re.compile("|".join(_filled(line, parts) for lines in by_language.values() for line in lines))
        for kind, by_language in table[section].items()
    }


def _filled(line: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts, which may have parts themselves, in their places."""
    while (filled := _PART.sub(lambda found: parts.get(found[1], found[0]), line)) != line:
        line = filled
    return line
