"""Finding and building components: built-ins, entry points, "module:Class".

Built-ins stand in one table of strings and come in by the same door as strangers; nothing is imported before a recipe
names it. A component is a dataclass: the options of the recipe's table are the arguments of its constructor.
"""

import dataclasses
import importlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from ittgen.errors import IttgenError, PluginError, nearest
from ittgen.text import JSON

BUILT_IN: dict[str, dict[str, str]] = {
    "teacher": {
        "openai": "ittgen.teachers.openai:OpenAI",
        "procedural": "ittgen.teachers.procedural:Procedural",
        "vllm": "ittgen.teachers.local.inside:VLLM",
        "vllm-server": "ittgen.teachers.local.served:VLLMServer",
    },
    "generator": {
        "distill": "ittgen.generators.distill:Distill",
        "evol-instruct": "ittgen.generators.evol_instruct:EvolInstruct",
        "self-instruct": "ittgen.generators.self_instruct:SelfInstruct",
        "instances": "ittgen.generators.instances:Instances",
        "alpaca": "ittgen.generators.alpaca:Alpaca",
    },
    "filter": {
        "broken-format": "ittgen.filters.formats:BrokenFormat",
        "chat-markers": "ittgen.filters.markers:ChatMarkers",
        "claimed-action": "ittgen.filters.claims:ClaimedAction",
        "control-characters": "ittgen.filters.damage:ControlCharacters",
        "empty": "ittgen.filters.heuristics:Empty",
        "ends-with-colon": "ittgen.filters.heuristics:EndsWithColon",
        "first-character": "ittgen.filters.heuristics:FirstCharacter",
        "keywords": "ittgen.filters.heuristics:Keywords",
        "language-mismatch": "ittgen.filters.scripts:LanguageMismatch",
        "length": "ittgen.filters.heuristics:Length",
        "measure": "ittgen.filters.scores:Measure",
        "merged-instructions": "ittgen.filters.merged:MergedInstructions",
        "missing-artefact": "ittgen.filters.missing:MissingArtefact",
        "mojibake": "ittgen.filters.mojibake:Mojibake",
        "no-input": "ittgen.filters.noinput:NoInput",
        "output-equals-input": "ittgen.filters.returned:SameAsInput",
        "personal-data": "ittgen.filters.private:PersonalData",
        "preamble": "ittgen.filters.announcing:Preamble",
        "prompt-echo": "ittgen.filters.returned:PromptEcho",
        "refusal": "ittgen.filters.evasion:Refusal",
        "repetition": "ittgen.filters.echoes:Repetition",
        "score": "ittgen.filters.scores:Score",
        "self-prompting": "ittgen.filters.leaks:SelfPrompting",
        "starts-with": "ittgen.filters.heuristics:StartsWith",
        "stray-escapes": "ittgen.filters.escapes:StrayEscapes",
        "student-length": "ittgen.filters.student:StudentLength",
        "truncated": "ittgen.filters.truncation:Truncated",
        "unseen-media": "ittgen.filters.media:UnseenMedia",
        "wrong-arithmetic": "ittgen.filters.arithmetic:WrongArithmetic",
        "wrong-count": "ittgen.filters.counts:WrongCount",
    },
}
"""Kind -> name in recipes -> "module:Class". Entry points are the groups `ittgen.teachers`, `ittgen.generators`, …"""


def available(kind: str) -> dict[str, str]:
    """Name -> "module:Class" of every component of a kind: "teacher", "generator" or "filter"."""
    return {**_strangers(kind), **BUILT_IN[kind]}


def _strangers(kind: str) -> dict[str, str]:
    """Those of other packages; looked for late, since that reads a file of every package installed."""
    return {point.name: point.value for point in entry_points(group=f"ittgen.{kind}s")}


def find(kind: str, use: str, where: str) -> type:
    """The class behind a name or a "module:Class".

    Raises PluginError, beginning with `where`, when there is none or when its import fails.
    """
    target = BUILT_IN[kind].get(use) or _strangers(kind).get(use, use)
    module, colon, name = target.partition(":")
    if not colon or not module.strip(".") or module.startswith("."):
        raise PluginError(f'{where}: there is no {kind} "{use}"{nearest(use, list(available(kind)))}')
    try:
        found: type = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, SyntaxError) as error:
        raise PluginError(f'{where}: cannot load the {kind} "{use}" from {target}: {error}') from None
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        raise PluginError(
            f"{where}: {target} is not a dataclass; a {kind} is a frozen dataclass with its options as fields"
        )
    return found


def beside(folder: Path) -> None:
    """Let "module:Class" be a module in this folder, the recipe's, as well as one that is installed."""
    if (place := str(folder.resolve())) not in sys.path:
        sys.path.append(place)


def build(kind: str, use: str, options: Mapping[str, JSON], where: str) -> Any:
    """The component with its options checked: names, types, and whatever its own constructor refuses.

    Raises PluginError, beginning with `where`.
    """
    found = find(kind, use, where)
    _check_names(found, kind, use, options, where)
    try:
        return _construct(found, options)
    except IttgenError as error:
        raise type(error)(f"{where}: {error}") from None
    except ValueError as error:
        raise PluginError(f'{where}: {kind} "{use}": {error}') from None


def options_of(found: type) -> dict[str, Any]:
    """Option -> default of a component class; `dataclasses.MISSING` where it must be given."""
    fields = (f for f in dataclasses.fields(found) if f.init)
    return {f.name: f.default_factory() if callable(f.default_factory) else f.default for f in fields}


def _check_names(found: type, kind: str, use: str, options: Mapping[str, JSON], where: str) -> None:
    known = options_of(found)
    if unknown := sorted(options.keys() - known.keys()):
        raise PluginError(f'{where}: {kind} "{use}" has no option "{unknown[0]}"{nearest(unknown[0], list(known))}')
    if missing := sorted(n for n, d in known.items() if d is dataclasses.MISSING and n not in options):
        raise PluginError(f'{where}: {kind} "{use}" needs the option "{missing[0]}"')


def _construct(found: type, options: Mapping[str, JSON]) -> Any:
    """Call the constructor with values checked and converted (a list to a tuple) by the types of the fields."""
    from typing import get_type_hints

    hints = get_type_hints(found, localns={"JSON": Any})  # a type that contains itself; one level is checked
    return found(**{name: _converted(name, hints[name], value) for name, value in options.items()})


def _converted(name: str, hint: Any, value: JSON) -> Any:
    """The value as its field's type has it, read strictly: no number out of text, no 1 out of true, no unknown key."""
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    whole = tuple[hint]  # a dataclass takes no settings for itself, only as part of something
    try:
        (found,) = TypeAdapter(whole, config=ConfigDict(extra="forbid")).validate_json(json.dumps([value]), strict=True)
    except ValidationError as error:
        raise ValueError(_explained(name, hint, value, error.errors())) from None
    return found


def _explained(name: str, hint: Any, value: JSON, faults: Sequence[Any]) -> str:
    """The first fault by its place, an unknown key before all others: a key that is missing is often misspelt."""
    fault = min(faults, key=lambda fault: fault["type"] != UNKNOWN)
    place = f'"{".".join([name, *_steps(fault["loc"][1:], value)])}"'
    above, _, key = place.strip('"').rpartition(".")
    if fault["type"] == UNKNOWN:
        return f'"{above}" has no key "{key}"{nearest(key, _keys(hint))}'
    if fault["type"] == "missing":
        return f'{place} needs the key "{fault["loc"][-1]}"'
    if fault["type"] == "value_error":
        return f"{place}: {fault['msg'].removeprefix('Value error, ')}"
    same = [must(other) for other in faults if other["input"] == fault["input"]]
    words = " or ".join(dict.fromkeys(same)).replace(" or must be ", " or ")
    return f"{place} {words}, not {as_toml(fault['input'])}"


def _steps(loc: Sequence[int | str], value: Any) -> Iterator[str]:
    """The part of a fault's place that stands in the recipe: pydantic puts the names of types in between."""
    for step in loc:
        inside = isinstance(value, list) if isinstance(step, int) else isinstance(value, dict) and step in value
        if inside:
            yield str(step)
            value = value[step]


def _keys(hint: Any) -> list[str]:
    """Names of the fields of every dataclass that a type speaks of."""
    from typing import get_args

    own = [field.name for field in dataclasses.fields(hint) if field.init] if dataclasses.is_dataclass(hint) else []
    return own + [key for part in get_args(hint) for key in _keys(part)]


# What pydantic finds wrong, in our words


UNKNOWN = "unexpected_keyword_argument"
MUST = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "list_type": "must be a list in brackets",
    "tuple_type": "must be a list in brackets",
    "set_type": "must be a list in brackets",
    "frozen_set_type": "must be a list in brackets",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
    "dataclass_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "none_required": "must be left out",
    "too_short": "must have something in it",
    "too_long": "must have at most {max_length} in it",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be of letters, digits and signs such as - and _, without blanks and no sign first",
    "literal_error": "must be {expected}",
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be below {lt:g}",
    "less_than_equal": "must be at most {le:g}",
}
"""pydantic's kind of fault -> our words for it, with what its context names."""


def must(fault: Mapping[str, Any]) -> str:
    """What the value of a fault would have to be."""
    words = MUST.get(fault["type"], "cannot be read")
    return words.format(**fault.get("ctx", {})).replace("'", '"')


def as_toml(value: Any) -> str:
    """The value as it stands in the recipe, roughly, and not at length."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
