"""Whether a text that is supposed to be JSON, XML, HTML, CSV or Python can be read as that. Knows nothing of examples.

Each function gives what is wrong, in a few words, or "". What nobody can decide (too long, nested too deeply, a newer
Python, an ellipsis left on purpose) is not wrong.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from ittgen.filters.pythonic import broken_python

LONGEST = 200_000
"""Characters; a longer text is not read."""

_LEFT_OUT = re.compile(r"[\[{(,>]\s*(?:\.\.\.|…)|(?:^|\s)(?://|/\*|#)|^\s*(?:\.\.\.|…)", re.MULTILINE)
"""An ellipsis in place of an element, or a comment: not the dots and slashes within a text."""
_PLACEHOLDER = re.compile(r"(?<![\"'])<[A-Za-z_][\w \-]*>|\{\{|\{%|\[[A-Z][A-Z _]+\]")
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"\s*<[A-Za-z_!?]")


def broken_json(text: str) -> str:
    """What keeps a text from being JSON, one value or one a line; text after the value is let pass."""
    try:
        _, end = json.JSONDecoder().raw_decode(text.strip())
    except RecursionError:
        return ""
    except ValueError as error:
        return "" if _LEFT_OUT.search(text) or _PLACEHOLDER.search(text) else str(error)
    odd = text.strip()[end:].lstrip()[:1]
    if odd == ":" and text.strip()[0] == '"':
        return ""  # a member without its object, as one shows it
    return f"{odd} after the end of the value" if odd and odd in "}],:" else ""


def broken_xml(text: str) -> str:
    """What keeps a text from being XML; a fragment without a root and HTML's entities are let pass."""
    from xml.parsers import expat

    if "<!DOCTYPE" in text or "<!ENTITY" in text or not _TAG.match(text):
        return ""
    parser = expat.ParserCreate()
    body = _PROLOG.sub("", text[: text.rfind(">") + 1])
    try:
        parser.Parse(f"<all>{body}</all>".encode(), True)
    except expat.ExpatError as error:
        known = error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
        return "" if known or _LEFT_OUT.search(text) or _PLACEHOLDER.search(text.split(">", 1)[0]) else str(error)
    return ""


_PAIRED = frozenset(
    "html head body title div table ul ol form section span a h1 h2 h3 h4 h5 h6 script style button select label nav "
    "header "
    "footer main article textarea strong em svg".split()
)
"""Elements that everybody opens and closes."""
_HIDDEN = re.compile(r"<!--.*?-->|(<(script|style)\b[^>]*>).*?(</\2>)", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(/?)([^\W\d][\w-]*)(?:\s[^<>]*)?(?<!/)>")
_NO_PLAIN_HTML = re.compile(r"\{\{|\{%|<\?|=>|className=|\{/\*|<%|\.\.\.|…")


def broken_html(text: str) -> str:
    """An element that is closed and was not opened, or the reverse; templates and parts left out are let pass."""
    if _NO_PLAIN_HTML.search(text):
        return ""
    found = Counter((m[1], m[2].lower()) for m in _ELEMENT.finditer(_HIDDEN.sub(r"\1\3", text)))
    for name in sorted({name for _, name in found}):
        if not name.isascii():
            return f"no element is called {name}"
        if name in _PAIRED and found["", name] != found["/", name]:
            return f"{name}: opened {found['', name]} times, closed {found['/', name]} times"
    return ""


def broken_csv(text: str) -> str:
    """The first row whose fields are not as many as the header's; comments and a second table are let pass."""
    lines = text.strip().split("\n\n")[0].splitlines()
    mark = max(",;\t|", key=lines[0].count) if lines else ","
    if len(lines) < 3 or mark not in lines[0] or any("..." in line or line[:1] == "#" for line in lines):
        return ""
    with_quotes = '"' in text
    if text.count('"') % 2 and any(line.startswith('"') or f'{mark}"' in line for line in lines):
        return "a quotation mark is left open"
    rows = list(csv.reader(lines, delimiter=mark)) if with_quotes else [line.split(mark) for line in lines]
    wide = len(rows[0])
    odd = next((n for n, row in enumerate(rows, 1) if row and len(row) != wide), 0)
    return f"row {odd} has {len(rows[odd - 1])} fields, the header {wide}" if odd else ""


READERS: dict[str, Callable[[str], str]] = {
    "json": broken_json,
    "xml": broken_xml,
    "html": broken_html,
    "csv": broken_csv,
    "python": broken_python,
}
"""Format -> what is wrong with a text that is supposed to be in it."""


def wrong_in(name: str, text: str, readers: "dict[str, Any]" = READERS) -> str:
    """What is wrong with a text that is supposed to be in this format, or ""."""
    found: str = readers[name](text) if len(text) <= LONGEST else ""
    return found
