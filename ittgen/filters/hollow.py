"""Answers whose form is there and whose content is not: sentences with holes, tables of dots, code of empty bodies.

Reads the answer alone, in any language; a task that asks for such a form (a template, a skeleton, a blank table) is
excused. Knows nothing of placeholders in words: see `emptiness`.
"""

import re

from ittgen.filters.looks import has_any

_LONGEST = 6_000
_HOLE = re.compile(
    r"(?<=[a-zà-ÿа-я,:])(?: {3,}(?:and|or|is|are|was|in|to|of|than|und|et|y|e|и)\b| {2,}[.,;]| [.](?=\s|\Z))"
)
"""Blanks where a word or a number was: "between   and   is  ."."""
_HOLED = 400
"""Characters; a longer text with odd blanks is one that was set badly."""
_VALUE = re.compile(r"[|:=]\s*['\"]?(?:[.…·_*?-]\s?){3,}['\"]?[\s|,;]*\Z")
_BARE_LINE = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z])[.)、]|[-*•–]|(?:[-*•#]+ *)?\**[^\W\d_][\w '’/-]{0,30}\**[:：]\**)\s*"
)
_RULE = re.compile(r"[\s|:+=-]*\Z")
_BLANKS_ASKED = re.compile(
    r"template|blank|empty|fill|placeholder|skeleton|stub|outline|scaffold|boilerplate|signature|interface|abstract"
    r"|header|declar|prototype|form\b|worksheet|starter|structure|mock|\bdots?\b|asterisk|pattern|leer|vorlage|vide"
    r"|modèle|vac[ií]|plantilla|modelo|шаблон|пуст|模板|空白|框架|空の|テンプレ|빈|템플릿",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^\s*(?:async )?def \w+\s*\(|^\s*(?:export )?(?:async )?function \w+\s*\(|^[\w<>\[\], ]+ \w+\([^)]*\)\s*\{\s*$",
    re.MULTILINE,
)
_TO_DO = re.compile(
    r"(?:#|//|/\*|--|<!--)\s*(?:\.\.\.|todo\b|(?:your|write|add|insert|put|implement(?:ation)?|complete|fill"
    r"|enter|the)\b"
    r"[^\n]{0,40}\b(?:code|logic|implementation|solution|function|body|here|this|in)\b)",
    re.IGNORECASE,
)
_FENCES = re.compile(r"\s*(?:```\w*\s*```\s*)+")
"""Fences with nothing in them, as the whole answer."""
_IDLE = re.compile(
    r"\s*(?:```\w*|[#@/*].*|<!--.*|--.*|\"\"\".*|'''.*|from .*|import .*|using .*|(?:async )?def .*:|class .*:"
    r"|(?:export )?(?:async )?function .*\{|[\w<>\[\], ]+ \w+\([^)]*\)\s*\{|(?:public |private )?class .*\{|[{}();]+"
    r"|pass;?|\.\.\.|assert .*|if __name__ .*:|main\(\)|print\(\w+\(.*\)\)|[\w.]+\(.*\)(?: ?==.*)?;?"
    r"|return(?: None| null)?;?)?\s*"
)
"""A line that does nothing but define, import, comment or call."""


def is_hollow(text: str, task: str) -> str:
    """What is hollow, "sentence", "table" or "code"; nothing where the text has content or the task wants a form.

    >>> is_hollow("The largest prime between   and   is  .", "Find the largest prime between 250 and 315.")
    'sentence'
    """
    if len(text) > _LONGEST:
        return ""
    found = ("code" if _FENCES.fullmatch(text) else "") or _holes(text) or _dotted(text) or _bare(text) or _idle(text)
    return found if found and not _BLANKS_ASKED.search(task) else ""


def _holes(text: str) -> str:
    """Two holes or more in a line of prose."""
    if "  " not in text or len(text) > _HOLED or "\n" in text.strip() or "|" in text:
        return ""
    return "sentence" if len(_HOLE.findall(text)) > 1 else ""


def _dotted(text: str) -> str:
    """A table or list of which no line has a value."""
    if not has_any(text, ("...", "…", "***", "---", "___", ". .")) or "\n" not in text:
        return ""
    lines = [line for line in text.splitlines() if line.strip() and not _RULE.match(line)]
    dotted = sum(bool(_VALUE.search(line)) for line in lines)
    return "table" if dotted > 2 and dotted >= len(lines) - 1 else ""


def _bare(text: str) -> str:
    """Two lines or more, of which each is the number of an item, a bullet or a label with nothing behind it."""
    if "\n" not in text.strip() or len(text) > _HOLED:
        return ""
    lines = [line for line in text.splitlines() if line.strip()]
    return "list" if len(lines) > 1 and all(map(_BARE_LINE.fullmatch, lines)) else ""


def _idle(text: str) -> str:
    """Code that defines functions and gives them nothing to do: comments, `pass`, calls of themselves."""
    if not has_any(text, ("def ", "function ", ") {")) or not has_any(text, ("pass", "...", "#", "//", "/*")):
        return ""
    if not _DEFINES.search(text) or not all(map(_IDLE.fullmatch, text.splitlines())):
        return ""
    return "code" if _TO_DO.search(text) or re.search(r"^\s+(?:pass|\.\.\.)\s*$", text, re.MULTILINE) else ""
