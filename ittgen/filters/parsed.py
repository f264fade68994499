"""Whether a text that is supposed to be JSON, XML, CSV or Python can be read as that. Knows nothing of examples.

Each function gives what is wrong, in a few words, or "". What nobody can decide (too long, nested too deeply, a newer
Python, an ellipsis left on purpose) is not wrong.
"""

import ast
import csv
import json
import re
import textwrap
import warnings
from collections.abc import Callable
from typing import Any

LONGEST = 200_000
"""Characters; a longer text is not read."""

_ELLIPSIS = re.compile(r"\.\.\.|…|//|/\*|^\s*#", re.MULTILINE)
_PLACEHOLDER = re.compile(r"<[A-Za-z_][\w \-]*>|\{\{|\{%|\[[A-Z][A-Z _]+\]")
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"\s*<[A-Za-z_!?]")
_NOT_PLAIN_PYTHON = re.compile(
    r"^\s*(?:>>>|\.\.\.|[%!$]|In \[)|^\s*print +[^\s(=]|^\s*exec +[\"']|^\s*(?:type \w+.*=|def \w+\[|class \w+\[)"
    r"|except \w+, \w+:|<[a-z_]+>|\braise \w+, ",
    re.MULTILINE,
)
_PROSE = re.compile(r"^\W*(?:[^\W\d_]+[,']? ){4,}[^=(){}\[\]]*$")


def broken_json(text: str) -> str:
    """What keeps a text from being JSON, one value or one a line; text after the value is let pass."""
    try:
        _, end = json.JSONDecoder().raw_decode(text.strip())
    except RecursionError:
        return ""
    except ValueError as error:
        return "" if _ELLIPSIS.search(text) or _PLACEHOLDER.search(text) else str(error)
    odd = text.strip()[end:].lstrip()[:1]
    return f"{odd} after the end of the value" if odd and odd in "}],:" else ""


def broken_xml(text: str) -> str:
    """What keeps a text from being XML; a fragment without a root and HTML's entities are let pass."""
    from xml.parsers import expat

    if "<!DOCTYPE" in text or "<!ENTITY" in text or not _TAG.match(text):
        return ""
    parser = expat.ParserCreate()
    body = _PROLOG.sub("", text)
    try:
        parser.Parse(f"<all>{body}</all>".encode(), True)
    except expat.ExpatError as error:
        known = error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
        return "" if known or "..." in text or "…" in text else str(error)
    return ""


def broken_csv(text: str) -> str:
    """The first row whose fields are not as many as the header's; comments and a second table are let pass."""
    lines = text.strip().split("\n\n")[0].splitlines()
    mark = max(",;\t|", key=lines[0].count) if lines else ","
    if len(lines) < 3 or mark not in lines[0] or any("..." in line or line[:1] == "#" for line in lines):
        return ""
    with_quotes = '"' in text
    rows = list(csv.reader(lines, delimiter=mark)) if with_quotes else [line.split(mark) for line in lines]
    wide = len(rows[0])
    odd = next((n for n, row in enumerate(rows, 1) if row and len(row) != wide), 0)
    return f"row {odd} has {len(rows[odd - 1])} fields, the header {wide}" if odd else ""


def broken_python(text: str) -> str:
    """What keeps a text from being Python 3; sessions, notebooks, Python 2, stubs and prose around it are let pass."""
    code = textwrap.dedent(text.strip("\n"))
    if _NOT_PLAIN_PYTHON.search(code):
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return _real(error, code)
    except (ValueError, RecursionError, MemoryError):
        return ""
    return ""


def _real(error: SyntaxError, code: str) -> str:
    """The error in words, or "" where it may be no fault of the code: a newer Python, prose, a bare signature."""
    said, number = error.msg or "", error.lineno or 0
    lines = code.splitlines()
    near = [line for line in lines[max(0, number - 2) : number + 1] if not line.lstrip().startswith("#")]
    newer = "f-string" in said or "too many" in said or "parenthesized context" in said
    bare = "expected an indented block" in said and number >= len(lines) and lines[-1].rstrip().endswith(":")
    if newer or bare or any(map(_PROSE.match, near)) or lines[0][:1] in " \t":
        return ""
    if lines[0].split(maxsplit=1)[0].rstrip(":") in ("elif", "else", "except", "finally", "case"):
        return ""
    return f"line {number}: {said}"


READERS: dict[str, Callable[[str], str]] = {
    "json": broken_json,
    "xml": broken_xml,
    "csv": broken_csv,
    "python": broken_python,
}
"""Format -> what is wrong with a text that is supposed to be in it."""

_NAMES = {"json": "json", "xml": "xml", "csv": "csv", "python": "python", "py": "python", "python3": "python"}
_FENCE = re.compile(r"^[ \t]*```[ \t]*([A-Za-z0-9]+)[^\n]*\n(.*?)^[ \t]*```[ \t]*$", re.DOTALL | re.MULTILINE)
_FLAT = re.compile(r"```[ \t]*(python|py)[ \t]+((?:def|class|import|from|for|if|while) [^\n`]{20,}?)[ \t]*```")
"""A fence whose code stands on its opening line, all of it."""
_STARTS = {
    "json": re.compile(r"[\[{]\s*[\"'“”‘「『\[{\]}\d\-tfn\w]"),
    "xml": re.compile(r"<(?:\?xml|[A-Za-z_][\w.:-]*[\s/>])"),
    "csv": re.compile(r"\"?\w[^,;\t|\n]{0,60}(?:[,;\t|][^,;\t|\n]{0,60})+\n"),
    "python": re.compile(
        r"(?:def \w+[(（]|class \w+[(:]|import \w+|from \w+(?:\.\w+)* import |@\w+|#!/usr/bin/(?:env )?python)"
    ),
}


def fenced(text: str) -> list[tuple[str, str]]:
    """(format, body) of every closed fence that names a format known here, in order."""
    if "```" not in text:
        return []
    found = [(_NAMES[m[1].lower()], m[2]) for m in _FENCE.finditer(text) if m[1].lower() in _NAMES]
    return found + [("python", m[2]) for m in _FLAT.finditer(text)]


def begins_as(name: str, text: str) -> bool:
    """Whether a text without fences begins like this format."""
    return bool(_STARTS[name].match(text.lstrip()))


_DEF = re.compile(r"\s*(?:def \w+[(（].*[:：]|class \w+.*:)[ \t]*(?:\n|\Z)")
_WANTS_CODE = re.compile(
    r"\b(?:python|functions?|programs?|scripts?|code|algorithms?|class|methods?|implement\w*|funktion|programm|fonction|función|funzione|função"
    r"|функци\w+|программ\w+|код)\b|函数|代码|程序|関数|コード|プログラム|함수|코드|دالة|कोड",
    re.IGNORECASE,
)


def asks_for(name: str, task: str, text: str) -> bool:
    """Whether a task wants its answer in a format that this text begins like.

    Who names JSON, XML or CSV and gets a text that begins so wants it to be that; Python need not be named where a
    function is wanted and the text begins with the head of one.
    """
    if name == "python":
        return "python" in task.lower() or bool(_DEF.match(text) and _WANTS_CODE.search(task))
    return name in task.lower()


def wrong_in(name: str, text: str, readers: "dict[str, Any]" = READERS) -> str:
    """What is wrong with a text that is supposed to be in this format, or ""."""
    found: str = readers[name](text) if len(text) <= LONGEST else ""
    return found
