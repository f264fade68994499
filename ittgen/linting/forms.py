"""A row of a dataset as the examples in it, and those mended as the row again. Knows no rules and no files.

Most rows hold one example; a task in the Self-Instruct form has one for each of its instances. Of a conversation it is
the first question and its answer, with the later turns behind them; calls of tools and what tools said are not heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from ittgen.errors import SeedError, UsageError, nearest
from ittgen.formats import KEYS, ROLES, Form, example_of
from ittgen.records import Example
from ittgen.versions.rows import conversation, to_example

Row = Mapping[str, Any]
Format = Literal["auto", "alpaca", "sharegpt", "messages"]

FORMS: Mapping[str, Form] = {"alpaca": "task", "sharegpt": "sharegpt", "messages": "messages"}
"""The formats' names, as exports have them, and the forms that they mean."""
NAMES: Mapping[Form, str] = {form: name for name, form in FORMS.items()}

TOOLS = frozenset({"tool", "tools", "function", "function_call", "tool_call", "observation", "ipython"})
"""Speakers of turns that are for machines."""

_OURS = {"id", "instruction", "input", "output", "meta", "provenance"}
_PLAIN = ("instruction", "input", "output", "system")


def form_of(row: object, format: Format, where: str) -> Form:
    """The form of a file's first row. Raises UsageError, with what was tried, when it is none that is known."""
    if not isinstance(row, Mapping):
        raise UsageError(f"{where}: not a JSON object but {type(row).__name__}; each row must be one")
    tried = list(FORMS) if format == "auto" else [format]
    if "instruction" in row and row.keys() & {"output", "instances"} and "alpaca" in tried:
        return "task"
    for form in ("sharegpt", "messages", "task"):
        if KEYS[form] in row and NAMES[form] in tried:
            return form
    missing = ", ".join(f'{name} (no "{KEYS[FORMS[name]]}")' for name in tried)
    fields = ", ".join(map(str, list(row)[:8])) or "none"
    raise UsageError(f"{where}: in no known format: tried {missing}; the row's fields are {fields}")


def same_form(row: object, form: Form, where: str) -> None:
    """Raises UsageError for a row that has another form than the first row of its file."""
    if not isinstance(row, Mapping):
        raise UsageError(f"{where}: not a JSON object but {type(row).__name__}; each row must be one")
    if KEYS[form] in row:
        return
    other = next((key for key in KEYS.values() if key in row), None)
    if other:
        raise UsageError(f'{where}: a row of "{other}" in a file whose rows have "{KEYS[form]}"; make two files of it')
    fields = nearest(KEYS[form], [str(key) for key in row])
    raise UsageError(f'{where}: no "{KEYS[form]}", which {NAMES[form]} rows have{fields}')


def examples_of(row: Row, form: Form) -> list[Example]:
    """The examples in a row. Raises SeedError, saying what is wrong, where it cannot be read as one."""
    if form == "task" and row.keys() >= _OURS:
        try:
            return [to_example(row)]
        except (KeyError, TypeError, ValueError, AttributeError):
            pass  # a stranger's row, with fields named like ours
    example = example_of(_audible(row, form), form, "")
    instances = _instances(row, form)
    if len(instances) < 2:
        return [example]
    return [replace(example, input=_said(one, "input"), output=_said(one, "output")) for one in instances]


def _audible(row: Row, form: Form) -> Row:
    """The row without the turns in which nobody speaks."""
    turns = row[KEYS[form]] if form != "task" else None
    if not isinstance(turns, list) or not any(map(_mute, turns)):
        return row
    return {**row, KEYS[form]: [turn for turn in turns if not _mute(turn)]}


def _mute(turn: object) -> bool:
    """A call of a tool, which has no text, or what the tool said: no rule can judge it."""
    if not isinstance(turn, Mapping):
        return False
    who, what = ("from", "value") if "from" in turn else ("role", "content")
    return turn.get(who) in TOOLS or (turn.get(who) in ROLES and what in turn and turn[what] is None)


def why_unreadable(error: SeedError) -> str:
    """What is wrong with a row, without its place."""
    return str(error).removeprefix(": ").removeprefix(", ")


def mended_row(row: Row, form: Form, before: Sequence[Example], after: Sequence[Example]) -> dict[str, Any]:
    """The row with what was mended in its examples, and every other field as it was."""
    better = dict(row)
    if form != "task":
        better[KEYS[form]] = _conversation(row, KEYS[form], before[0], after[0])
        if before[0].system != after[0].system and not _led_by_system(row[KEYS[form]]):
            better["system"] = after[0].system
        return better
    names: Sequence[str] = _PLAIN
    if instances := _instances(row, form):
        names = ("instruction",)
        pairs = zip(instances, before, after, strict=True)
        better["instances"] = [_changed(one, was, now, ("input", "output")) for one, was, now in pairs]
    return _changed(better, before[0], after[0], names) | _derived(row, before[0], after[0])


def _derived(row: Row, before: Example, after: Example) -> dict[str, Any]:
    """Fields that say the same as others do, in rows of our own versions: the messages, the id."""
    derived: dict[str, Any] = {"messages": conversation(after)} if row.get("messages") == conversation(before) else {}
    return derived | ({"id": after.id} if row.get("id") == before.id else {})


def _instances(row: Row, form: Form) -> list[Row]:
    """The instances of a task in the Self-Instruct form; none where the row itself has an output."""
    instances = row.get("instances")
    if form != "task" or not isinstance(instances, list) or row.keys() & {"input", "output"}:
        return []
    return instances


def _said(instance: Row, name: str) -> str:
    said = instance.get(name)
    if said is not None and not isinstance(said, str):
        raise SeedError(f': "{name}" of an instance must be text, not {said!r}')
    return said or ""


def _changed(row: Row, before: Example, after: Example, names: Sequence[str]) -> dict[str, Any]:
    changed = {name: getattr(after, name) for name in names if getattr(before, name) != getattr(after, name)}
    return {**row, **changed}


def _led_by_system(turns: Sequence[Row]) -> bool:
    return _role(turns[0]) == "system"


def _role(turn: Row) -> str:
    return ROLES[turn["from"] if "from" in turn else turn["role"]]


def _conversation(row: Row, key: str, before: Example, after: Example) -> list[Row]:
    """Every turn with what it says now; those in which nobody speaks are left as they are."""
    heard = [turn for turn in row[key] if not _mute(turn)]
    said = zip(_spoken(heard, before), _spoken(heard, after), strict=True)
    return [turn if _mute(turn) else _saying(turn, *next(said)) for turn in row[key]]


def _spoken(heard: Sequence[Row], example: Example) -> list[str]:
    """What an example says in the order of its row's turns."""
    turns = [turn.content for turn in example.turns]
    head = [example.system] if _led_by_system(heard) else []
    answer = [example.output] if len(heard) > len(head) + 1 + len(turns) else []
    return [*head, example.instruction, *answer, *turns]


def _saying(turn: Row, old: str, new: str) -> Row:
    """The turn with its new text; the same where that is the old one."""
    return turn if old == new else {**turn, ("value" if "from" in turn else "content"): new}
