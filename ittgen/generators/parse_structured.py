"""Replies in a form that was asked for: thoughts before the answer, tags, JSON. Nothing is ever repaired.

A value is taken out of a reply as it stands or not at all: no quote is turned, no comma added, no line break changed.
Knows nothing of what the pieces mean. Everything is pure, and no text makes anything raise.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from ittgen.text import JSON, canonical

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?P<inside>.*?)^[ \t]*(?P=fence)[`~]*[ \t]*\r?$", re.M | re.S
)
_BEGINNING = re.compile(
    r"""\{(?=\s*(?:["}]|\{\s*["'}])) | \{(?=\s*(?:'[^'\n]*+'|\w++)\s*:) | \[(?=\s*(?:[]"{[]|-?\d|true|false|null))""",
    re.VERBOSE,
)
"""A bracket that begins JSON, or what was meant to be; any other belongs to the prose."""
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.S)


def thought_and_said(text: str) -> tuple[str, str]:
    """What some servers leave in front of the answer, up to `</think>`, and the answer; the opening may be missing.

    Where the thought never ends, nothing was said.

    >>> thought_and_said("<think>\\n6 x 7\\n</think>\\n\\n42")
    ('6 x 7', '\\n\\n42')
    """
    thought, closed, said = text.partition("</think>")
    opened = thought.lstrip()
    if opened.startswith("<think>"):
        return opened.removeprefix("<think>").strip(), said
    alone = "<think>" not in thought and thought.count("```") % 2 == 0 and said[:1] in ("", "\n", "\r")
    return (thought.strip(), said) if closed and alone else ("", text)


def tagged(text: str, tags: Sequence[str]) -> dict[str, str] | None:
    """What stands between the tags, exact but for one line break at each end; None unless each is there once.

    The order of the tags is free, one may enclose another, and a tag that is only mentioned inside another one's text
    belongs to that text. Upper and lower case count as equal where the tags as given are not all found.

    >>> tagged("<why>\\n2 + 2\\n</why>\\n<answer>4</answer>", ["why", "answer"])
    {'why': '2 + 2', 'answer': '4'}
    """
    said = thought_and_said(text)[1]
    for flags in (0, re.IGNORECASE):
        marks = _marks(said, tags, flags)
        spans = _each_once(marks, tags) or _outermost(marks, tags)
        if spans is not None:
            return {tag: _unbroken(said[slice(*spans[tag])]) for tag in tags}
    return None


_Mark = tuple[str, bool, int, int]
"""A tag's name, whether it closes, and where it begins and ends."""


def _marks(text: str, tags: Sequence[str], flags: int) -> list[_Mark]:
    names = {tag.lower() if flags else tag: tag for tag in tags}
    found = re.finditer(rf"<(/?)({'|'.join(map(re.escape, tags))})\s{{0,3}}>", text, flags)
    return [(names.get(m[2].lower() if flags else m[2], m[2]), bool(m[1]), m.start(), m.end()) for m in found]


def _each_once(marks: Sequence[_Mark], tags: Sequence[str]) -> dict[str, tuple[int, int]] | None:
    """Where each text lies, if every tag opens and closes once, side by side or one around another."""
    opened: list[tuple[str, int]] = []
    spans: dict[str, tuple[int, int]] = {}
    for tag, closes, start, end in marks:
        if not closes:
            opened.append((tag, end))
        elif not opened or opened[-1][0] != tag or tag in spans:
            return None
        else:
            spans[tag] = (opened.pop()[1], start)
    return None if opened or spans.keys() != set(tags) else spans


def _outermost(marks: Sequence[_Mark], tags: Sequence[str]) -> dict[str, tuple[int, int]] | None:
    """Where each text lies, if what stands inside the first tag's text, up to its own closing, is no tag."""
    spans: dict[str, tuple[int, int]] = {}
    inside, begun = "", 0
    for tag, closes, start, end in marks:
        if inside and closes and tag == inside:
            spans[tag], inside = (begun, start), ""
        elif inside and tag == inside:  # the one before was only mentioned
            begun = end
        elif not inside and (closes or tag in spans):
            return None
        elif not inside:
            inside, begun = tag, end
    return None if inside or spans.keys() != set(tags) else spans


def _unbroken(text: str) -> str:
    """The text without one line break at each end."""
    inner = re.sub(r"\A\r?\n", "", text)
    return re.sub(r"\r?\n\Z", "", inner)


def json_reply(text: str, schema: JSON) -> JSON:
    """The JSON value of a reply, valid against the schema; None where there is none (a valid `null` is None as well).

    It may be the whole reply, stand in a fence, or have prose around it. Of several the last valid one counts, fences
    before prose; in prose only objects and arrays do. A value inside a broken or truncated one does not count, and
    neither does one that could not be stored as it is: NaN, a number too large, half an emoji, a key given twice.
    Raises ValueError where the schema itself is none, or refers to something outside it.

    >>> json_reply('Here you are: {"score": 8}. Good luck!', {"type": "object", "required": ["score"]})
    {'score': 8}
    """
    validator = _validator(canonical(schema))
    said = thought_and_said(text)[1].strip().removeprefix("\ufeff")
    fenced = [match["inside"] for match in _FENCED.finditer(said)]
    for values in (_whole([said]), _whole(fenced), _inside(said)):
        valid = [value for value in values if _is_valid(validator, value)]
        if valid:
            return valid[-1]
    return None


@lru_cache(maxsize=64)
def _validator(schema: str) -> "Validator":
    from jsonschema import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry

    value = json.loads(schema)
    if not isinstance(value, (dict, bool)):
        raise ValueError(f"a JSON schema is an object, not {schema}")
    kind = validator_for(value, default=Draft202012Validator)
    try:
        kind.check_schema(value)
    except SchemaError as error:
        raise ValueError(f"not a JSON schema: {error.message}") from None
    validator: Validator = kind(value, registry=Registry())
    return validator


def _is_valid(validator: "Validator", value: Any) -> bool:
    from referencing.exceptions import Unresolvable

    try:
        return _is_storable(value) and validator.is_valid(value)
    except Unresolvable as error:
        raise ValueError(f"the JSON schema refers to what it does not hold: {error}") from None
    except re.error as error:
        raise ValueError(f"a pattern of the JSON schema is none: {error}") from None
    except RecursionError:  # nested deeper than a schema that refers to itself can follow
        return False


def _is_storable(value: JSON) -> bool:
    """Whether it can be hashed and written as UTF-8: half a surrogate pair cannot."""
    try:
        return bool(canonical(value).encode())
    except UnicodeEncodeError:
        return False


def _whole(texts: Sequence[str]) -> Iterator[JSON]:
    """The values of those texts that are JSON from end to end."""
    for text in texts:
        start = len(text) - len(text.lstrip())
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if not text[end:].strip():
            yield value


def _inside(text: str) -> Iterator[JSON]:
    """The outermost objects and arrays of a text."""
    at = 0
    while match := _BEGINNING.search(text, at):
        try:
            value, at = _DECODER.raw_decode(text, match.start())
            yield value
        except ValueError:
            at = _close(text, match.start())
        except RecursionError:
            return


def _close(text: str, start: int) -> int:
    """Where a broken value ends: behind the bracket that closes it, or else with the text."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(text)


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _float(text: str) -> float:
    if not isfinite(value := float(text)):
        raise ValueError(f"{text} is too large")
    return value


def _constant(text: str) -> float:
    raise ValueError(f"{text} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
