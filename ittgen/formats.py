"""Rows of other people's datasets become examples, and no field of theirs is lost. Knows rows, and no files.

    task      {"instruction", "input"?, "output"?, "system"?, …}: Alpaca, and flat seeds; or the Self-Instruct form,
              {"id", "name"?, "instruction", "instances": [{"input", "output"}, …], "is_classification"}
    sharegpt  {"conversations": [{"from": "system" | "human" | "gpt", "value"}, …], …}
    messages  {"messages": [{"role": "system" | "user" | "assistant", "content"}, …], …}

A row's form is told by its keys. What an example has a field for goes there: the first user turn is the instruction,
the answer to it the output, the rest `turns`. Everything else goes to `meta` exactly as it is:

    meta["id"], ["name"], ["kind"], ["is_classification"], ["instances"]   what seeds say of themselves
    meta["fields"]        every other field of the row: {"source": {"book": 3}, "checked": None}
    meta["turn_fields"]   further fields of turns: one dict each for system, user, assistant and every later turn

`meta["fields"]` is the row's; any other key of `meta` is ours, so "operation" or "epoch" in a row hides neither.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ittgen.errors import SeedError
from ittgen.records import Example, Message
from ittgen.text import JSON

Form = Literal["task", "sharegpt", "messages"]

FIELDS = "fields"
TURN_FIELDS = "turn_fields"
SEED_KEYS = ("id", "name", "kind", "is_classification")
"""Fields that stay by their names in `meta`; `instances` is one more where the row has no output beside them."""
KEYS: Mapping[Form, str] = {"task": "instruction", "sharegpt": "conversations", "messages": "messages"}

Turn = tuple[Message, dict[str, JSON]]
"""A message, and the further fields of its turn."""
Role = Literal["system", "user", "assistant"]
ROLES: Mapping[str, Role] = {
    "system": "system", "developer": "system",
    "user": "user", "human": "user",
    "assistant": "assistant", "gpt": "assistant", "chatgpt": "assistant", "bing": "assistant", "bard": "assistant",
}  # fmt: skip
SPEAKERS: Mapping[str, str] = {"system": "system", "user": "human", "assistant": "gpt"}
"""How ShareGPT spells the roles; a row's other spelling is kept in `meta["turn_fields"]`."""


def form_of(row: object, where: str) -> Form:
    """Which form a row has; a task with its answer is a task whatever else it has, such as the same as messages.

    Raises SeedError, beginning with `where`, for what is none of them.
    """
    if not isinstance(row, Mapping):
        raise SeedError(f"{where}: a seed is a JSON object with an instruction, not {type(row).__name__}")
    if "instruction" in row and row.keys() & {"output", "instances"}:
        return "task"
    for form in ("sharegpt", "messages", "task"):
        if KEYS[form] in row:
            return form
    raise SeedError(f'{where}: "instruction" is missing, and there are no "conversations" or "messages"')


def example_of(row: Mapping[str, Any], form: Form, where: str) -> Example:
    """The row as an example. Raises SeedError, beginning with `where`, for an odd field."""
    if form == "task":
        return _task(row, where)
    return _conversation(row, KEYS[form], where)


def own_fields(example: Example) -> Mapping[str, Any]:
    """The fields that an example's row had beside those that an example has too."""
    fields = example.meta.get(FIELDS)
    return fields if isinstance(fields, Mapping) else {}


def turn_fields(example: Example) -> Sequence[Mapping[str, Any]]:
    """Further fields of the turns: system, user, assistant, later ones; empty where no turn had any."""
    fields: Any = example.meta.get(TURN_FIELDS)
    return fields if isinstance(fields, list) and all(isinstance(item, Mapping) for item in fields) else ()


def our_fields(example: Example) -> dict[str, JSON]:
    """What `meta` holds besides: what seeds and generators say, {"id": "s1", "operation": "deepen"}."""
    kept = {FIELDS: own_fields(example), TURN_FIELDS: turn_fields(example)}
    return {key: value for key, value in example.meta.items() if not kept.get(key)}


# Tasks


def _task(row: Mapping[str, Any], where: str) -> Example:
    instruction = _text(row, "instruction", where)
    if not instruction.strip():
        raise SeedError(f'{where}: "instruction" is empty')
    if "instances" in row and not row.keys() & {"input", "output"}:
        return _self_instruct(row, instruction, where)
    given, output = _text(row, "input", where, ""), _text(row, "output", where, "")
    system = _system(row)
    taken = {"instruction", "input", "output", "system" if system else "input"}
    return Example(instruction, given, output, system=system, meta=_meta(row, taken))


def _self_instruct(row: Mapping[str, Any], instruction: str, where: str) -> Example:
    """The first instance is the example's; all of them are kept where that does not say it all."""
    instances = row["instances"]
    if not isinstance(instances, list) or not all(isinstance(one, Mapping) for one in instances):
        raise SeedError(f'{where}: "instances" must be a list of {{"input", "output"}}')
    pairs = [(_text(one, "input", where, ""), _text(one, "output", where, "")) for one in instances]
    given, output = pairs[0] if pairs else ("", "")
    more = len(instances) > 1 or any(one.keys() - {"input", "output"} for one in instances)
    meta = _meta(row, {"instruction", "instances"}) | ({"instances": instances} if more else {})
    return Example(instruction, given, output, meta=meta)


def _system(row: Mapping[str, Any]) -> str:
    """The row's system prompt; a field of that name that is no text, or none to speak of, is a field like any other."""
    system = row.get("system")
    return system if isinstance(system, str) else ""


def _meta(row: Mapping[str, Any], taken: set[str]) -> dict[str, JSON]:
    rest = {key: value for key, value in row.items() if key not in taken}
    fields = {key: value for key, value in rest.items() if key not in SEED_KEYS}
    ours = {key: value for key, value in rest.items() if key in SEED_KEYS}
    return ours | ({FIELDS: fields} if fields else {})


# Conversations


def _conversation(row: Mapping[str, Any], key: str, where: str) -> Example:
    """System, user, assistant and further turns; a first user turn without an answer is a task without an output."""
    said = [_turn(turn, f"{where}, turn {n}") for n, turn in enumerate(_listed(row[key], key, where), 1)]
    system, task, answer = (_next(said, role) for role in ("system", "user", "assistant"))
    if task is None or not task[0].content.strip():
        raise SeedError(f'{where}: "{key}" has no instruction: the user speaks first, after a system prompt at most')
    more: list[JSON] = [part[1] if part else {} for part in (system, task, answer, *said)]
    return Example(
        task[0].content,
        output=answer[0].content if answer else "",
        system=system[0].content if system else _system(row),
        turns=tuple(message for message, _ in said),
        meta=_meta(row, {key}) | ({TURN_FIELDS: more} if any(more) else {}),
    )


def _next(said: list[Turn], role: str) -> Turn | None:
    """The next turn, taken off the list, if it is this speaker's."""
    return said.pop(0) if said and said[0][0].role == role else None


def _listed(turns: object, key: str, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, Mapping) for turn in turns):
        raise SeedError(f'{where}: "{key}" must be a list of turns, each a JSON object')
    return turns


def _turn(turn: Mapping[str, Any], where: str) -> Turn:
    """The message, and whatever else the turn says: {"weight": 0}, or a speaker's unusual name."""
    who, what = ("from", "value") if "from" in turn else ("role", "content")
    speaker, content = _text(turn, who, where), _text(turn, what, where)
    if speaker not in ROLES:
        raise SeedError(f'{where}: nobody knows the speaker "{speaker}"; known are {", ".join(ROLES)}')
    role = ROLES[speaker]
    usual = SPEAKERS[role] if who == "from" else role
    taken = {who, what} if speaker == usual else {what}
    return Message(role, content), {key: value for key, value in turn.items() if key not in taken}


def _text(row: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = row.get(key)
    if value is None:  # many writers say null where they mean nothing
        if default is None:
            raise SeedError(f'{where}: "{key}" is missing')
        return default
    if not isinstance(value, str):
        raise SeedError(f'{where}: "{key}" must be text, not {value!r}')
    return value
