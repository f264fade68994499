"""How a text is cut into tokens to be compared. Knows characters; not scores, rows or recipes.

`rouge` cuts as rouge-score does, for the paper's own decisions. `unicode` cuts any language, and keeps the symbols that
carry meaning; both give the same tokens for plain ASCII words and the punctuation between them. What `unicode` does:

- words of any script, with the marks on their letters; case and width do not matter (NFKC, then case folded);
- scripts written without blanks between words by character: Chinese, Japanese kana, Thai, Lao, Khmer, Burmese, …;
- `c++`, `c#`, `.net`, `3.14`, `-5` and `1.2.3` are one token each; so is every operator or currency sign: < != $ % ≤ €;
- `- * /` are operators between figures, `*` between letters too, and elsewhere a dash, a bullet, an "or";
- sentence punctuation, quotes, brackets, emoji and invisible characters are dropped.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from ittgen.text import rouge_tokens

Tokenizer = Callable[[str], list[str]]

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Khmer, Tai Le, New Tai Lue, Tai Tham
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uf900-\ufaff"  # Chinese, Yi
    "\U00016fe0-\U0001b2ff\U00020000-\U0003ffff"  # rare ones of both
)
"""Letters that are words by themselves, or parts of words that no blank sets apart."""

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
"""Soft hyphens, joiners, directions, variants: seen in no word, so two texts that differ in them are the same."""

_SHAPES = re.compile(f"(?P<gone>[{_INVISIBLE}]+)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<brand>[™℠])|(?P<minus>−)")
"""What NFKC would lose or misread: 10² is not 102, and ™ is no word."""
_SHAPED = {"gone": "", "brand": " ", "minus": "-"}

_TOKEN = r"""
    {word} {rest}
  | -  (?<! [\w.)\]-] - ) (?: \. (?= \d ) )? (?= \d ) {word} {rest}  # a sign: -5, but not 3-5 nor --5
  | \. (?<! [\w.)\]] \. ) {word} {rest}                              # .net, .5
  | -+> | !=+ | [<>=]+ | [+^~|%$&{symbols}]                          # signs that mean something wherever they stand
  | \* (?<= [\w)] \* )   (?= [\w(] )                                 # a*b
  | \* (?<= [\w)]\ \* )  (?= \ [\w(] )                               # a * b
  | /  (?<= \d / )       (?= \d )                                    # 1/2
  | [-/] (?<= \d\ [-/] ) (?= \ \d )                                  # 1 / 2, 5 - 3
"""
"""Every branch begins with a character of its own, so that the search skips what begins none."""

_REST = r"(?: \. (?<= \d\. ) \d+ )* (?: \+\+ | \# (?! [^\W\d] ) )?"
"""What belongs to a word after its letters: 3.14, v1.2.3, c++, c#."""

_ASCII = re.compile(_TOKEN.format(word="[a-z0-9]+", rest=_REST, symbols=""), re.VERBOSE | re.ASCII)


def unicode_tokens(text: str) -> list[str]:
    """Words of any script, and the symbols that carry meaning.

    >>> unicode_tokens("Convert C++ to C#, don't wait!")
    ['convert', 'c++', 'to', 'c#', 'don', 't', 'wait']
    >>> unicode_tokens("写一首诗: x² ≤ 3.14 🎉")
    ['写', '一', '首', '诗', 'x', '^', '2', '≤', '3.14']
    """
    if text.isascii():
        return _ASCII.findall(text.lower())
    shaped = _SHAPES.sub(_shaped, text)
    return _any_script().findall(unicodedata.normalize("NFKC", shaped).casefold().replace("⁄", "/"))


TOKENS: Mapping[str, Tokenizer] = MappingProxyType({"rouge": rouge_tokens, "unicode": unicode_tokens})


def tokenizer(name: str) -> Tokenizer:
    """The tokenizer of that name; ValueError where there is none."""
    if name not in TOKENS:
        raise ValueError(f'tokens "{name}" are not known; there are {" and ".join(TOKENS)}')
    return TOKENS[name]


def _shaped(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    return f"^{found[0]}" if kind == "raised" else _SHAPED[kind]


@cache
def _any_script() -> re.Pattern[str]:
    """Made when the first text needs it: a look at all characters takes some hundredths of a second."""
    letter, marks = rf"[^\W_{_UNSPACED}]", f"[{_class('Mn', 'Mc')}]"
    word = rf"(?: {letter}+ (?: {marks}+ {letter}* )* | [{_UNSPACED}] (?<= \w ) {marks}* )"
    return re.compile(_TOKEN.format(word=word, rest=_REST, symbols=_class("Sm", "Sc")), re.VERBOSE)


def _class(*categories: str) -> str:
    """The characters of these categories beyond ASCII, as they stand between brackets."""
    return "".join(c for c in map(chr, range(0x80, 0x20000)) if unicodedata.category(c) in categories)
