"""Finding and building components: built-ins, entry points, "module:Class".

Built-ins stand in one table of strings and come in by the same door as strangers; nothing is imported before a recipe
names it. A component is a dataclass: the options of the recipe's table are the arguments of its constructor.
"""

import dataclasses
import importlib
import sys
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from ittgen.errors import IttgenError, PluginError, nearest
from ittgen.text import JSON

BUILT_IN: dict[str, dict[str, str]] = {
    "teacher": {
        "openai": "ittgen.teachers.openai:OpenAI",
        "procedural": "ittgen.teachers.procedural:Procedural",
    },
    "generator": {
        "distill": "ittgen.generators.distill:Distill",
        "evol-instruct": "ittgen.generators.evol_instruct:EvolInstruct",
        "self-instruct": "ittgen.generators.self_instruct:SelfInstruct",
        "instances": "ittgen.generators.instances:Instances",
        "alpaca": "ittgen.generators.alpaca:Alpaca",
    },
    "filter": {
        "empty": "ittgen.filters.heuristics:Empty",
        "ends-with-colon": "ittgen.filters.heuristics:EndsWithColon",
        "first-character": "ittgen.filters.heuristics:FirstCharacter",
        "keywords": "ittgen.filters.heuristics:Keywords",
        "length": "ittgen.filters.heuristics:Length",
        "output-equals-input": "ittgen.filters.heuristics:SameAsInput",
        "starts-with": "ittgen.filters.heuristics:StartsWith",
    },
}
"""Kind -> name in recipes -> "module:Class". Entry points are the groups `ittgen.teachers`, `ittgen.generators`, …"""


def available(kind: str) -> dict[str, str]:
    """Name -> "module:Class" of every component of a kind: "teacher", "generator" or "filter"."""
    strangers = {point.name: point.value for point in entry_points(group=f"ittgen.{kind}s")}
    return {**strangers, **BUILT_IN[kind]}


def find(kind: str, use: str, where: str) -> type:
    """The class behind a name or a "module:Class".

    Raises PluginError, beginning with `where`, when there is none or when its import fails.
    """
    known = available(kind)
    target = known.get(use, use)
    module, colon, name = target.partition(":")
    if not colon or not module.strip(".") or module.startswith("."):
        raise PluginError(f'{where}: there is no {kind} "{use}"{nearest(use, list(known))}')
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
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(hint).validate_python(value)
    except ValidationError as error:
        faults = "; ".join(f"{fault['msg']} (got {fault['input']!r})" for fault in error.errors())
        raise ValueError(f'option "{name}": {faults}') from None
