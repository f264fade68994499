"""Code in a text: fences and what stands in them, a beginning that shows a format, a task that wants one.

Knows names of formats, not how to read them.
"""

import re
from functools import cache

_NAMES = {
    "json": "json",
    "xml": "xml",
    "svg": "xml",
    "html": "html",
    "csv": "csv",
    **dict.fromkeys(("python", "py", "python3"), "python"),
}
_MARK = re.compile(r"[ \t]*```[ \t]*([A-Za-z0-9]*)")
_GLUED = re.compile(
    r"```[ \t]?(?:[A-Za-z+#]{1,12})[ \t]+(?:def \w|class \w|import \w|from \w+ import|print ?\(|#include|function \w"
    r"|const \w|let \w"
    r"|var \w|public \w|for \w|for ?\(|if \w|if ?\(|while |return |SELECT |<\?php|\w+ = )"
)
_NAMESAKE = re.compile(r"^[ \t]*```[ \t]*(\w{2,12})[ \t]*\n\s*\1[ \t]*\n", re.MULTILINE)
_COLUMNS = re.compile(r"[,;\t|]")
_STARTS = {
    "json": re.compile(r"\{\s*[\"'“”„「『‘\w}]|\[\s*[\"'“”„「『‘\[{\d\-\]]"),
    "xml": re.compile(r"<(?:\?xml|[A-Za-z_][\w.:-]*[\s/>])"),
    "html": re.compile(r"<(?:!doctype html|html\b)", re.IGNORECASE),
    "csv": re.compile(r"[^\n]{3,400}\n"),
    "python": re.compile(
        r"(?:def \w+\(|for \w+(?:, ?\w+)* in \w[\w.]*[(\[]|print\(|class \w+[(:]|import \w+|from \w+(?:\.\w+)* import "
        r"|@\w+|#!/usr/bin/(?:env )?python"
        r"|\w+ = [\[({\w])"
    ),
}
_OBJECT = re.compile(r"\{\s*[\"“][^\"”\n]{1,40}[\"”]\s*[:：]")
_DICT = re.compile(r"\{\s*'[^'\n]{0,40}'\s*:")
_WIDE_JSON = re.compile(r"[“”「」『』‘’][^\n]{0,60}[：:、，]|[：:]\s*[“「『]|[\"\]}]\s*[、，：]")
"""Signs of writing where JSON has its own: typographic quotes around a key, a comma of Chinese."""
_INTRO = re.compile(r"[^\n{}<]{1,200}[:：][ \t]*\n+(?=\S)")


def fenced(text: str) -> list[tuple[str, str]]:
    """(format, body) of every closed fence, in order; "" for a fence without a name known here."""
    found: list[tuple[str, str]] = []
    name, body = "", None
    for line in text.splitlines() if "```" in text else []:
        mark = _MARK.match(line)
        if mark and body is None:
            name, body = mark[1].lower(), list[str]()
        elif mark and not mark[1] and body is not None and not line[mark.end() :].strip():
            found.append((_NAMES.get(name, name), "\n".join(body)))
            body = None
        elif body is not None:
            body.append(line)
    return found


def glued(text: str) -> str:
    """What is wrong with how a fence is set: code on its own line, or its name once more as the first line of code."""
    if _GLUED.search(text):
        return "code stands on the line of the fence"
    return "the name of the fence is its first line" if _NAMESAKE.search(text) else ""


def bodies(text: str) -> list[str]:
    """A text without fences, and what remains of it after a first line that introduces the rest."""
    bare = text.strip()
    found = _INTRO.match(bare)
    return [bare, bare[found.end() :]] if found else [bare]


def begins_as(name: str, text: str) -> bool:
    """Whether a text without fences begins like this format."""
    return bool(_STARTS[name].match(text)) and (name != "csv" or _headings(text.split("\n", 1)[0]))


def _headings(line: str) -> bool:
    """Whether a line is the names of columns, a few words each."""
    fields = _COLUMNS.split(line)
    return len(fields) > 1 and all(len(field.split()) < 4 and len(field) < 40 for field in fields)


def surely(text: str) -> str:
    """The format that a text shows by itself, whatever the task says; "" for none."""
    if text[:1] == "{":
        return "json" if _OBJECT.match(text) else "python" if _DICT.match(text) else ""
    if text[:1] == "<":
        return "xml" if text.startswith("<?xml") else "html" if _STARTS["html"].match(text) else ""
    return ""


def cut_or_wide(text: str) -> bool:
    """Whether an object has brackets left open, or signs of writing in place of those of JSON."""
    return text.count("{") + text.count("[") > text.count("}") + text.count("]") or bool(_WIDE_JSON.search(text))


PYTHONIC = (
    *("python", "numpy", "pandas", "django", "flask", "pytest", "tkinter", "matplotlib", "pytorch", "dataframe"),
    "list comprehension",
)
"""Words of tasks that want Python."""


@cache
def asks_for(name: str) -> re.Pattern[str]:
    """The pattern of a task that wants its answer in this format: "as JSON", "в формате XML", "Python function"."""
    if name == "python":
        return re.compile(
            rf"(?<![a-z])(?:{'|'.join(PYTHONIC)}|python(?:ie|a|u|em|ban|issa|illa))(?![a-z])", re.IGNORECASE
        )
    if name in ("json", "xml", "html"):
        return re.compile(rf"(?<![a-z]){name}(?![a-z])", re.IGNORECASE)
    before = (
        r"\b(?:in|as|to|into|valid|return|output|generate|create|write|produce|only|an?|als|im|en|em|au format"
        r"|fichier|una?|"
        r"make|make up|come|give|erstelle|eine?|как|в формате|w formacie|come|als)|以|用|输出|转换为|为|成"
    )
    return re.compile(
        rf"(?:{before})[ ]?(?:\w+ ){{0,2}}{name}(?![a-z])|{name} ?(?:形式|格式|形式で|table|file|data)", re.IGNORECASE
    )
