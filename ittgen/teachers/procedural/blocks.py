"""Blocks of data in seven formats: a name and a few values by key, written out and read back.

    render("JSON", "rates", {"north": "7"})  ->  a fenced block;  tables(text)  ->  {"rates": {"north": "7"}}

Nothing here knows what the values are for.
"""

import json
import re
from collections.abc import Callable, Mapping

Rows = Mapping[str, str]

FENCED = re.compile(r"^```(\w+)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def _plain(value: str) -> str | int:
    return int(value) if value.isdecimal() else value


def _json(name: str, rows: Rows) -> str:
    inner = ",\n".join(f'  "{key}": {json.dumps(_plain(value))}' for key, value in rows.items())
    return f'{{"{name}": {{\n{inner}\n}}}}'


def _xml(name: str, rows: Rows) -> str:
    return "\n".join([f"<{name}>", *(f"  <{key}>{value}</{key}>" for key, value in rows.items()), f"</{name}>"])


def _csv(name: str, rows: Rows) -> str:
    return "\n".join([f"key,{name}", *(f"{key},{value}" for key, value in rows.items())])


def _sql(name: str, rows: Rows) -> str:
    values = ",\n".join(f"  ('{key}', '{value}')" for key, value in rows.items())
    return f"CREATE TABLE {name} (key TEXT, value TEXT);\nINSERT INTO {name} (key, value) VALUES\n{values};"


def _python(name: str, rows: Rows) -> str:
    inner = "\n".join(f'    "{key}": {json.dumps(_plain(value))},' for key, value in rows.items())
    return f"{name} = {{\n{inner}\n}}"


def _shell(name: str, rows: Rows) -> str:
    return "\n".join([f"declare -A {name}", *(f"{name}[{key}]={value}" for key, value in rows.items())])


def _html(name: str, rows: Rows) -> str:
    cells = (f"  <tr><th>{key}</th><td>{value}</td></tr>" for key, value in rows.items())
    return "\n".join(["<table>", f"  <caption>{name}</caption>", *cells, "</table>"])


_FORMATS: Mapping[str, tuple[str, Callable[[str, Rows], str], str, str]] = {
    "JSON": ("json", _json, r'\A\{"(\w+)": \{$', r'^  "(\w+)": "?(\w+)"?,?$'),
    "XML": ("xml", _xml, r"\A<(\w+)>$", r"^  <(\w+)>(\w+)</\1>$"),
    "CSV": ("csv", _csv, r"\Akey,(\w+)$", r"^(?!key,)(\w+),(\w+)$"),
    "SQL": ("sql", _sql, r"\ACREATE TABLE (\w+) ", r"^  \('(\w+)', '(\w+)'\)[,;]$"),
    "Python": ("python", _python, r"\A(\w+) = \{$", r'^    "(\w+)": "?(\w+)"?,$'),
    "shell": ("bash", _shell, r"\Adeclare -A (\w+)$", r"^\w+\[(\w+)\]=(\w+)$"),
    "HTML": ("html", _html, r"\A<table>\n  <caption>(\w+)<", r"^  <tr><th>(\w+)</th><td>(\w+)</td></tr>$"),
}
"""What a format is called -> its fence, its writer, how its name is read, how a row is read."""

FORMATS = tuple(_FORMATS)


def render(kind: str, name: str, rows: Rows) -> str:
    """The block between its fences."""
    fence, write, _, _ = _FORMATS[kind]
    return f"```{fence}\n{write(name, rows)}\n```"


def tables(text: str) -> dict[str, dict[str, str]]:
    """The values by key of every block in a text, by its name; other blocks are passed over."""
    found = (table(match[1], match[2]) for match in FENCED.finditer(text))
    return {name: rows for name, rows in found if name}


def table(fence: str, body: str) -> tuple[str, dict[str, str]]:
    """Name and values of one block; an empty name where it is none of ours."""
    for mark, _, named, row in _FORMATS.values():
        if fence == mark and (name := re.search(named, body, re.MULTILINE)):
            return name[1], dict(re.findall(row, body, re.MULTILINE))
    return "", {}


def without_tables(text: str) -> str:
    """The text without the blocks that are ours, and without the blank lines around what is left."""
    left = FENCED.sub(lambda match: "" if table(match[1], match[2])[0] else match[0], text)
    return left.strip("\n")
