"""The verbs around a project: init, plugins, doctor."""

import dataclasses
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ittgen.cli.common import DATA, JOURNAL, DataDir, JournalFile, Json, RecipeFile, Sets, load
from ittgen.cli.output import out, out_json, out_table, say

STARTER = Path(__file__).parent / "starter"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where; made if it is missing.")] = Path(),
    preset: Annotated[
        str, typer.Option("--preset", metavar="NAME", help="Published settings: self-instruct, alpaca, wizardlm, orca.")
    ] = "",
) -> None:
    """Write a project to start from. Its recipe runs without an API key, unlike a preset's; nothing is overwritten."""
    from ittgen.errors import UsageError

    files = {path.relative_to(STARTER): path.read_bytes() for path in STARTER.rglob("*") if path.is_file()}
    if preset:
        files[Path("recipe.toml")] = _preset(preset)
    if taken := sorted(str(folder / name) for name in files if (folder / name).exists()):
        exist = "exists" if len(taken) == 1 else "exist"
        raise UsageError(f"{', '.join(taken)} {exist} already; name another folder")
    try:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; name another folder") from None
    for name in sorted(files):
        out(str(folder / name))
    then = f"name your model in {folder / 'recipe.toml'}, then" if preset else "now"
    there = f"cd {shlex.quote(str(folder))} && " if folder != Path() else ""
    say(f"{then}: {there}ittgen grow recipe.toml")


def _preset(name: str) -> bytes:
    """The preset's recipe, under the name the starter's README uses. Raises UsageError, naming the nearest preset."""
    from ittgen import resources
    from ittgen.errors import UsageError, nearest

    known = {path.stem: path for path in resources.presets().glob("*.toml")}
    if name not in known:
        raise UsageError(f'there is no preset "{name}"{nearest(name, list(known))}')
    return known[name].read_bytes().replace(f'name = "{name}"'.encode(), b'name = "my-dataset"', 1)


def plugins(as_json: Json = False) -> None:
    """List the components that a recipe can name. With their options and defaults."""
    from ittgen.plugins import BUILT_IN, available

    components = [_component(kind, name) for kind in BUILT_IN for name in sorted(available(kind))]
    if as_json:
        out_json(components)
        return
    rows = [(c["kind"], c["name"], c["error"] or ", ".join(_options(c["options"]))) for c in components]
    out_table(["kind", "name", "options"], rows)


def doctor(
    recipe: RecipeFile,
    sets: Sets = None,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    as_json: Json = False,
) -> None:
    """Check everything that a recipe needs before it runs. Exits with 1 when something is missing."""
    from ittgen.doctor import examine

    findings = examine(load(recipe, sets) if sets else recipe, data, journal)
    if as_json:
        out_json([finding.to_json() for finding in findings])
    else:
        out_table(["", "check", "detail"], [(f.mark, f.check, f.detail) for f in findings])
    if not all(finding.ok for finding in findings):
        if not any(finding.check.startswith("answer") for finding in findings):
            say("the teacher was not asked anything; mend the above first")
        raise typer.Exit(1)


def _component(kind: str, name: str) -> dict[str, Any]:
    """A component for people and programs; one that cannot be loaded says why and hides no other."""
    from ittgen.errors import PluginError
    from ittgen.plugins import available, find, options_of

    described: dict[str, Any] = {"kind": kind, "name": name, "class": available(kind)[name], "options": [], "error": ""}
    try:
        options = options_of(find(kind, name, "plugins"))
    except PluginError as error:
        return described | {"error": str(error)}
    return described | {"options": [_option(name, default) for name, default in options.items()]}


def _option(name: str, default: Any) -> dict[str, Any]:
    required = default is dataclasses.MISSING
    return {"name": name, "required": required, "default": None if required else default}


def _options(options: list[dict[str, Any]]) -> Iterator[str]:
    """Each as a recipe would write it: `min_words = 3`."""
    for option in options:
        yield f"{option['name']} (required)" if option["required"] else f"{option['name']} = {_toml(option['default'])}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    return str(value)
