"""Texts that were damaged on their way: control characters, a wrong encoding, escapes that stayed.

Each rule looks at characters alone and knows no language. All of them also mend what is certain; what they still reject
after mending, nobody can restore.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from ittgen.records import Example, Message, Rejection

# Characters that nobody typed

_ANSI = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff]")
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class ControlCharacters:
    """Control characters in any text, tab and line ends apart: value is the first as U+0007, note its field.

    Mended: colour codes and controls are left out, and the typographic characters of Windows (U+0080 to U+009F read as
    what they were meant to be) come back. Joiners that Persian, Hindi and emoji need are no controls. All languages
    alike. One of the ten Alpaca noise classes (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in _texts(example):
            if found := _control(text):
                return Rejection(example, "control-characters", value=f"U+{ord(found):04X}", note=f"in the {name}")
        return None

    def mend(self, example: Example) -> Example:
        return _mended(example, _without_controls)


@lru_cache(maxsize=16)
def _control(text: str) -> str:
    """The first control character; remembered, since a row is mended first and judged then."""
    found = _CONTROL.search(text)
    return found[0] if found else ""


def _without_controls(text: str) -> str:
    """The text without them; a control that is half of a garbled letter is read as that letter first."""
    if not _control(text):
        return text
    return _CONTROL.sub(lambda found: _WINDOWS.get(ord(found[0]), ""), _ANSI.sub("", _decoded(text)))


# UTF-8 that was read as something else

_HIGH = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_HIGH += "".join(map(chr, range(0x80, 0xA0)))
_CYRILLIC = "".join(bytes([byte]).decode("cp1251", "ignore") for byte in range(0x80, 0xC0))
_NEXT = f"[{re.escape(_HIGH)}]"
_GARBLED = re.compile(
    rf"â€{_NEXT}|(?<![A-ZÀ-Ý])Ã{_NEXT}|(?<![A-ZÀ-Ý])Â[\xa0-\xbf]|ðŸ{_NEXT}{_NEXT}|ï»¿"
    rf"|(?:[ÐÑ]{_NEXT}){{3,}}|(?:[ÎÏ]{_NEXT}){{3,}}|(?:[ØÙ]{_NEXT}){{3,}}|(?:[ä-é]{_NEXT}{{2}}){{2,}}"
    rf"|(?:à[¤¥¸¹]{_NEXT}){{2,}}|(?:[РС][{re.escape(_CYRILLIC)}]){{3,}}"
)
_LOST = re.compile("\ufffd|ï¿½")
_SUSPECT = re.compile("[ÂÃÎÏÐÑØÙà-éïðРС\ufffd]")
"""What every garbled text begins with: a quick look that most texts pass."""
_ABOUT_ENCODING = re.compile(
    r"mojibake|encod|decod|utf-?8|unicode|latin-?1|iso-8859|cp125|charset|garbled|character set"
    r"|shows? [^.]{1,40} instead of|strange (?:characters|symbols)|kodier|zeichensatz"
    r"|codific|encodage|кодиров|文字化け|文字コード|乱码|编码|編碼|인코딩|ترميز",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mojibake:
    """UTF-8 read as Windows-1252 or 1251, "cafÃ©" for "café", or characters lost for good: value is what was found.

    Mended where the bytes give one reading back; a lost character (U+FFFD) cannot be. Words in capitals such as "IRMÃ",
    French spacing and tasks about encodings pass. One of the ten Alpaca noise classes
    (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in _texts(example):
            found = _suspect(text) and (_LOST.search(text) or _GARBLED.search(text))
            if found and not _ABOUT_ENCODING.search(example.instruction):
                return Rejection(example, "mojibake", value=found[0][:20], note=f"in the {name}")
        return None

    def mend(self, example: Example) -> Example:
        if _ABOUT_ENCODING.search(example.instruction):
            return example
        return _mended(example, _decoded)


@lru_cache(maxsize=16)
def _suspect(text: str) -> bool:
    return not text.isascii() and _SUSPECT.search(text) is not None


def _decoded(text: str) -> str:
    """The text as it was meant, however often it went through the wrong encoding."""
    for _ in range(4):
        better = text if not _suspect(text) else _GARBLED.sub(lambda found: _reading(found[0]), text)
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


# Escapes that were never read

_NEWLINE = re.compile(r"(?<=[,.;!?])\\n(?=[a-z])|(?:\\r)?\\n(?=\\[nrt]|[A-Z0-9*•\-\"'\s]|\Z|[^\x00-\x7f])")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|rsquo|lsquo|rdquo|ldquo|mdash|ndash|hellip|#39|#x27|#\d{2,5});")
_CODE_POINT = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_QUOTE = re.compile(r"\\(?=[\"“”])")
_ABOUT_ESCAPES = re.compile(
    r"\b(?:code\w*|program\w*|script|function|regex\w*|regular expressions?|escap\w*|latex|json\w*|python|java\w*"
    r"|html\w*|xml|entit\w+|newlines?|line breaks?|backslash\w*|unicode|bash|shell|sql|php|ruby|csv|print\w*|yaml|in c"
    r"|markdown|urls?|paths?|windows|rtf|web ?pages?|unescape\w*|decod\w*|encod\w*|código|функци\w*|код\w*|strings?"
    r"|программ\w*|equations?|math\w*|formulas?)\b|c\+\+|代码|转义|程序|正则|函数|コード|プログラム|エスケープ|코드",
    re.IGNORECASE,
)
_CODE_TEXT = re.compile(
    r"`|\$\S*[\\^_]|\\[a-mo-qsv-zA-Z({\[|]|\\t[a-z]|</?[a-zA-Z]|\);|printf?\(|[\w\]]\s?=\s?[\"'\w]|\A\s*[\[{]|[A-Z]:\\"
)


@dataclass(frozen=True, slots=True)
class StrayEscapes:
    """A literal "\\n", "\\u00e9", "&amp;" or backslash before quotes, in a text that is no code: value is the first.

    Mended to what they stand for. Tasks about code, LaTeX, JSON, HTML or escapes and texts that look like code,
    formulas or paths are left alone, and so is a "\\n" in the middle of a sentence. All languages alike. One of the ten
    noise classes of Alpaca (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in _texts(example):
            if (found := _escape(text)) and not _ABOUT_ESCAPES.search(example.instruction):
                return Rejection(example, "stray-escapes", value=found, note=f"in the {name}")
        return None

    def mend(self, example: Example) -> Example:
        if not any(_escape(text) for _, text in _texts(example)) or _ABOUT_ESCAPES.search(example.instruction):
            return example
        return _mended(example, _unescaped)


@lru_cache(maxsize=16)
def _escape(text: str) -> str:
    """The first escape that has no business here, or nothing."""
    if "\\" not in text and "&" not in text:
        return ""
    found = (pattern.search(text) for pattern in (_NEWLINE, _ENTITY, _CODE_POINT, _QUOTE))
    first = next((hit[0] for hit in found if hit), "")
    return "" if first and _CODE_TEXT.search(text) else first


def _unescaped(text: str) -> str:
    """The text with its escapes read, at most three deep; a text that needs more is left as it is."""
    plain = text
    for _ in range(3):
        if not _escape(plain):
            return plain
        plain = _NEWLINE.sub("\n", _CODE_POINT.sub(_points, _ENTITY.sub(_character, plain)))
        plain = _decoded(_QUOTE.sub("", plain))
    return text if _escape(plain) else plain


def _character(found: re.Match[str]) -> str:
    """The character of an entity; one of a control is no better."""
    character = html.unescape(found[0])
    return found[0] if _CONTROL.search(character) else character


def _points(found: re.Match[str]) -> str:
    """The characters of a run of code points; half a surrogate pair or a control stays as it is written."""
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in found[0].split("\\u")[1:])
    try:
        text = units.decode("utf-16-be")
    except UnicodeError:
        return found[0]
    return found[0] if _CONTROL.search(text) else text


def _texts(example: Example) -> list[tuple[str, str]]:
    """Every text of a row with its name."""
    named = [("output", example.output), ("instruction", example.instruction)]
    named += [(name, text) for name, text in (("input", example.input), ("system", example.system)) if text]
    return named + [("conversation", turn.content) for turn in example.turns] if example.turns else named


def _mended(example: Example, mend: Callable[[str], str]) -> Example:
    """The example with every text mended; the same object where nothing changed."""
    if all(mend(text) == text for _, text in _texts(example)):
        return example
    instruction, given = mend(example.instruction), mend(example.input)
    output, system = mend(example.output), mend(example.system)
    turns = tuple(Message(turn.role, mend(turn.content)) for turn in example.turns)
    return replace(example, instruction=instruction, input=given, output=output, system=system, turns=turns)
