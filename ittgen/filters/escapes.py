"""Escapes that were never read: a literal "\\n", "&eacute;", "%20" or "<br>" in what is no code.

Looks at characters alone and knows no language. Mends all that it finds, unless a text needs it more than three times.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.entities import name2codepoint
from urllib.parse import unquote

from ittgen.filters.damage import CONTROL
from ittgen.filters.looks import has_any
from ittgen.filters.mojibake import decoded
from ittgen.filters.texts import mended, texts
from ittgen.records import Example, Rejection

_NEWLINE = re.compile(
    r"(?<=[,.;!?])\\{1,2}n(?=[a-z])|(?:\\r)?\\{1,2}n(?=\\[nrt]|[A-Z0-9*•\-\s]|[\"'](?=\w)|\Z|[^\x00-\x7f])"
)
_ENTITY = re.compile(r"&(?:#x[0-9a-f]{2,5}|#\d{2,5}|[A-Za-z]{2,8}\d{0,2});", re.IGNORECASE)
_CODE_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|nbsp|#39|#x27|#34);")
"""Entities that are no names of variables behind an "address of"."""
_CODE_POINT = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_TAB = re.compile(r"(?<=[\w.,:;!?])\\t(?=[A-Z0-9À-Þ]|\s)")
_QUOTE = re.compile(
    r"\\(?=[\"“”])|(?<=[a-z])\\(?='[a-z]{1,2}\b)|(?<![A-Za-z])\\(?='\w)|(?<=\w)\\(?='(?:[\s.,;:!?)]|\Z))"
)
_SPEAKS_OF_THEM = re.compile(
    r"new ?line|line break|backslash|escape|改行|エスケープ|换行|換行|转义|줄 ?바꿈|개행|перевод\w* строк"
    r"|Zeilenumbruch|salto de línea"
    r"|quebra de linha|retour à la ligne|a capo|regelafbreking",
    re.IGNORECASE,
)
"""A text that explains what it shows."""
_BREAK = re.compile(r"<br\s*/?>\s?")
_PERCENT = re.compile(r"(?<=[A-Za-z,.])%20(?=[A-Za-z])")
_PERCENTS = re.compile(r"(?<=[A-Za-z])(?:%C[23]%[89AB][0-9A-F])+")
"""A letter beyond ASCII as an address writes it."""
_ABOUT_ESCAPES = re.compile(
    r"\b(?:code\w*|program\w*|script|function|regex\w*|regular expressions?|escap\w*|latex|json\w*|python|java\w*"
    r"|html\w*|xml|entit\w+|newlines?|line breaks?|backslash\w*|unicode|bash|shell|sql|php|ruby|csv|print\w*"
    r"|yaml|in c"
    r"|markdown|urls?|paths?|windows|rtf|web ?pages?|unescape\w*|decod\w*|encod\w*|código|функци\w*|код\w*|strings?"
    r"|line end\w*|carriage returns?|end of (?:each|every|the|a) line|программ\w*|equations?|math\w*|formulas?)\b|c\+\+"
    r"|代码|转义|程序|正则|函数|コード|プログラム|エスケープ|코드",
    re.IGNORECASE,
)
_ABOUT_MARKUP = re.compile(
    r"html|\bxml|\bentit(?:y|ies)\b|mark ?up|markdown|web ?(?:page|site)|\burls?\b|\blinks?\b|\bcss\b|escap"
    r"|encod|decod"
    r"|\btags?\b|jsx|\breact\b|\brss\b|svg|query string|percent|ampersand|browser|\bliteral"
    r"|网页|網頁|ウェブ|웹|веб|сайт"
    r"|\b(?:bold|italic|format(?:ted)?|tables?)\b|email template",
    re.IGNORECASE,
)
"""Tasks whose answer may well hold what a page is written in."""
_CODE_TEXT = re.compile(
    r"`|\$\S*[\\^_]|\\[a-mo-qsv-wyzA-Z({\[|]|\\x(?![0-9a-fA-F]{2})|\\t[a-z]|</?[a-zA-Z]|\);|printf?\("
    r"|[\w\]]\s?=\s?[\"'\w]|\A\s*[\[{]"
    r"|[A-Z]:\\"
)
_SPAN = re.compile(r"(?<!`)`[^`\n]{1,80}`(?!`)")
"""What is shown as code in a line of prose."""
_TAG = re.compile(r"</?(?!br\b)[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_ADDRESS = re.compile(r"://|www\.|\.(?:com|org|net|html?|php)\b|[\w)]/[\w(]|[?&]\w+=")
_SIGNS = ("\\", "&", "<br", "%20", "%C")


_OF_CODE = (_NEWLINE, _CODE_POINT, _QUOTE, _BYTES, _TAB)


@dataclass(frozen=True, slots=True)
class StrayEscapes:
    """A literal "\\n", "\\u00e9", "&eacute;", "<br>", "%20" or backslash before quotes in prose: value is the first.

    Mended to what they stand for. Tasks about code, LaTeX, JSON or escapes and texts that look like code, formulas or
    paths are left alone, and so is a "\\n" in the middle of a sentence or at the end of a quotation; entities are stray
    in code too ("age &gt; 20"), unless task or text have to do with HTML; "<br>" has its place in a table, "%20" in an
    address. All languages alike. One of the ten noise classes of Alpaca (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in texts(example):
            if found := _stray(text, example.instruction):
                return Rejection(example, "stray-escapes", value=found, note=f"in the {name}")
        return None

    def mend(self, example: Example) -> Example:
        task = example.instruction
        if not any(_stray(text, task) for _, text in texts(example)):
            return example
        return mended(example, lambda text: _unescaped(text, task))


def _stray(text: str, task: str) -> str:
    """The first escape that has no business in this text, which belongs to this task; or nothing."""
    return _escape(text, task) if has_any(text, _SIGNS) else ""


@lru_cache(maxsize=16)
def _escape(text: str, task: str) -> str:
    return _in_prose(text, task) or _of_markup(text, task)


def _in_prose(text: str, task: str) -> str:
    """Escapes that code needs: line ends, code points, quotation marks."""
    found = (pattern.search(text) for pattern in _OF_CODE) if "\\" in text else ()
    first = next((hit[0] for hit in found if hit), "")
    return (
        ""
        if first and (_CODE_TEXT.search(text) or _ABOUT_ESCAPES.search(task) or _SPEAKS_OF_THEM.search(text))
        else first
    )


def _of_markup(text: str, task: str) -> str:
    """Escapes of pages and addresses: entities, line breaks, blanks."""
    first = next(_entities(text), "")
    if not first and "<br" in text and "|" not in text and (found := _BREAK.search(text)):
        first = found[0]
    if not first and "%" in text and not _ADDRESS.search(text):
        found = _PERCENT.search(text) or _PERCENTS.search(text)
        first = found[0] if found else ""
    return "" if first and (_ABOUT_MARKUP.search(task) or _TAG.search(text)) else first


def _entities(text: str) -> Iterator[str]:
    """Numbers and the names that HTML 4 had; in code only those that no variable is called."""
    if "&" not in text or not (found := _ENTITY.findall(_SPAN.sub(" ", text))):
        return
    coded = bool(_CODE_TEXT.search(text))
    for entity in found:
        name = entity[1:-1]
        if _CODE_ENTITY.fullmatch(entity) or (
            not coded and (name[0] == "#" or name == "apos" or name in name2codepoint)
        ):
            yield entity


def _unescaped(text: str, task: str) -> str:
    """The text with its escapes read, at most three deep; a text that needs more is left as it is."""
    plain = text
    for _ in range(3):
        if not _stray(plain, task):
            return plain
        plain = _read(plain, task)
    return text if _stray(plain, task) else plain


def _read(text: str, task: str) -> str:
    if _of_markup(text, task):
        stray = frozenset(_entities(text))
        text = _ENTITY.sub(lambda found: _character(found) if found[0] in stray else found[0], text)
        text = text if "|" in text else _BREAK.sub("\n", text)
        text = (
            text if _ADDRESS.search(text) else _PERCENTS.sub(lambda found: unquote(found[0]), _PERCENT.sub(" ", text))
        )
    if _in_prose(text, task):
        text = _QUOTE.sub("", _NEWLINE.sub("\n", _TAB.sub("\t", _BYTES.sub(_bytes, _CODE_POINT.sub(_points, text)))))
    return decoded(text)


def _character(found: re.Match[str]) -> str:
    """The character of an entity; one of a control is no better."""
    character = html.unescape(found[0])
    return found[0] if CONTROL.search(character) else character


def _points(found: re.Match[str]) -> str:
    """The characters of a run of code points; half a surrogate pair or a control stays as it is written."""
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in found[0].split("\\u")[1:])
    try:
        text = units.decode("utf-16-be")
    except UnicodeError:
        return found[0]
    return found[0] if CONTROL.search(text) else text


def _bytes(found: re.Match[str]) -> str:
    """The characters that a run of bytes spells, as UTF-8 or else as Latin letters; controls stay as they are."""
    raw = bytes(int(byte, 16) for byte in found[0].split("\\x")[1:])
    try:
        text = raw.decode("utf-8")
    except UnicodeError:
        text = raw.decode("latin-1")
    return found[0] if CONTROL.search(text) else text
