"""Text in the wrong encoding: "cafÃ©" for "café", Czech letters as West European ones, characters lost for good.

Looks at characters alone and knows no language. Mends what is certain; what it still rejects nobody can restore.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ittgen.filters.languages import is_latin
from ittgen.filters.misread import letters_lost, misread
from ittgen.filters.ordinary import ordinary
from ittgen.filters.respelled import respelled
from ittgen.filters.texts import mended, texts
from ittgen.records import Example, Rejection

_HIGH = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_HIGH += "".join(map(chr, range(0x80, 0xA0)))
_CYRILLIC = "".join(bytes([byte]).decode("cp1251", "ignore") for byte in range(0x80, 0xC0))
_NEXT = f"[{re.escape(_HIGH)}]"
_GARBLED = re.compile(
    rf"â€{_NEXT}|(?<![A-ZÀ-Ý])Ã{_NEXT}|(?<![A-ZÀ-Ý])Â[\xa0-\xbf]|ðŸ{_NEXT}{_NEXT}|ï»¿"
    rf"|(?:[ÐÑ]{_NEXT}){{3,}}|(?:[ÎÏ]{_NEXT}){{3,}}|(?:[ØÙ]{_NEXT}){{3,}}|(?:[ä-í]{_NEXT}{{2}}){{2,}}"
    rf"|(?:à[¤¥¸¹]{_NEXT}){{2,}}|(?:[РС][{re.escape(_CYRILLIC)}]){{3,}}"
)
_LOST = re.compile("[\ufffd\u2072\u2073\u2065\ue000-\uf8ff]|ï¿½")
"""Characters that stand for one that was lost, or for nothing: those of private use are signs of a font's own."""
_SUSPECT = re.compile(
    "[ÂÃÎÏÐÑØÙà-ïðРС\ufffd\u2072\u2073\u2065\ue000-\uf8ff¹³¿ºøõþýûêƒ├Γ√锛銆鐨鏄涓鍦鎴鎬绗銇縺繧繝锟烫屯\uff61-\uff9f\u2500-\u259f±≤≥≠≈∞∂∑∏π∫Ω◊ⁿ∙†‡™∆÷¤¢¥¦§¨©ª¬®¯´¶¸¼-¾‚ˆ‰‹›˜˛„]"
)
"""What every garbled text begins with: a quick look that most texts pass."""
_WITHIN = re.compile(
    r"[a-zß-ÿ][±≤≥≠≈∞∂∑∏π∫Ω√◊ⁿ∙†‡™∆÷¡-¿‚ˆ‰‹›˜˛\u2500-\u257fÀ-ÞŒŠŽŸƒ„”]|[–—Œœ◊╨╤┘Σ]\S[^\s\w]?[–—Œœ◊╨╤┘Σ]|í(?:s|t"
    r"|re|ve|ll|m|d)\b"
)
_MIXED = re.compile(r"[a-zß-ÿ][\u0370-\u04ff\u3400-\u9fff\uac00-\ud7a3]|[а-яЁё][А-ЯЁ\xa0-\xbf]|\?[\u3400-\u9fff가-힣]")
"""First looks: signs, capitals or other scripts inside words, of texts in Latin letters alone and of others."""
_WORD = re.compile(r"[^\s\"“”«»„‘’'`(),.;:?!]+")
_SHOWN = re.compile(rf"[\"“«„‘'`(]\s?(?:[ÂÃâÐÑÎÏ]{_NEXT}{{1,3}}){{1,3}}\s?[\"”»“’'`)]")
"""A garbled letter that is shown, in quotation marks of its own."""
_ABOUT_ENCODING = re.compile(
    r"mojibake|encod|decod|utf-?8|unicode|latin-?1|iso-8859|cp125|charset|garbled|character set"
    r"|shows? [^.]{1,40} instead of|strange (?:characters|symbols)|kodier|zeichensatz"
    r"|codific|encodage|umlaut|accent|diacrit|alphabet|keyboard|Tastatur|кодиров|文字化け|文字コード|乱码|编码"
    r"|編碼|인코딩|ترميز",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"regex|regular expression|wildcard|placeholder|\bcode\b|python|java|\burl|\bsql\b|riddle|puzzle|cloze|cipher",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mojibake:
    """Text read in the wrong encoding, or characters lost for good: value is what was found.

    "cafÃ©" for "café", UTF-8 read as one of fourteen other encodings, is mended where the bytes spell UTF-8. Not so
    other misreadings (Czech, Polish or Russian as West European letters, KOI8-R, Shift-JIS, code pages of DOS and of
    old Macintoshes), told by signs, capitals or letters of another script inside words; a lost character (U+FFFD),
    question marks in the place of letters. Words in capitals such as "IRMÃ", French spacing, tasks that show garbled
    letters or are about encodings and answers that speak of garbled text pass. One of the ten Alpaca noise classes
    (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in texts(example):
            if (found := _damage(text)) and not _is_about(example.instruction) and not _SPEAKS_OF_IT.search(text):
                return Rejection(example, "mojibake", value=found[:20], note=f"in the {name}")
        if (found := letters_lost(example.output, example.instruction)) and not _CODED.search(example.instruction):
            return Rejection(example, "mojibake", value=found[:20], note="question marks in the place of letters")
        return None

    def mend(self, example: Example) -> Example:
        if not any(_suspect(text) for _, text in texts(example)) or _is_about(example.instruction):
            return example
        return mended(example, decoded)


@lru_cache(maxsize=16)
def _damage(text: str) -> str:
    """What is garbled first; remembered, since a row is mended first and judged then."""
    if ordinary(text):
        return ""
    found = _suspect(text) and (_LOST.search(text) or _GARBLED.search(text))
    if found:
        return found[0]
    if (plain := respelled(text)) != text:
        return next(sign for sign, other in zip(text, plain, strict=False) if sign != other)
    odd = _suspect(text) or (_WITHIN if is_latin(text) else _MIXED).search(text)
    return misread(text) if odd else ""


_SPEAKS_OF_IT = re.compile(r"mojibake|garbled|乱码|亂碼|文字化け|кракозябр", re.IGNORECASE)


def _is_about(task: str) -> bool:
    return bool(_ABOUT_ENCODING.search(task) or _SHOWN.search(task) or _shows_both(task))


def _shows_both(task: str) -> bool:
    """A word as it is garbled and as it should be: "cafÃ©" and "café"."""
    if not _suspect(task):
        return False
    words = set(_WORD.findall(task))
    return any((better := decoded(word)) != word and better in words for word in words)


@lru_cache(maxsize=16)
def _suspect(text: str) -> bool:
    return not ordinary(text) and _SUSPECT.search(text) is not None


def decoded(text: str) -> str:
    """The text as it was meant, however often it went through the wrong encoding."""
    for _ in range(4):
        better = text if not _suspect(text) else _GARBLED.sub(lambda found: _reading(found[0]), respelled(text))
        if better == text:
            break
        text = better
    return text


def _reading(garbled: str) -> str:
    """The text that these bytes spell, or the same where they spell none."""
    try:
        if garbled[0] in "РС":
            return garbled.encode("cp1251").decode("utf-8")
        return b"".join(_byte(character) for character in garbled).decode("utf-8").lstrip("\ufeff")
    except UnicodeError:
        return garbled


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 0x100 else character.encode("cp1252")
