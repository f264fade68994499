"""`ittgen prompts`: ls, show, check, lock."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ittgen.cli.common import Json
from ittgen.cli.output import out, out_json, out_table, say
from ittgen.progress import counted

if TYPE_CHECKING:
    from ittgen.prompts import Prompt, PromptBook
    from ittgen.text import JSON

app = typer.Typer(help="Look at prompts, and keep their lock.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[
    Path | None, typer.Option("--dir", metavar="DIR", help="A folder of prompts; the packaged ones if left out.")
]


@app.command()
def ls(folder: Folder = None, as_json: Json = False) -> None:
    """List the prompts."""
    book = _book(_folder(folder))
    prompts = [book[name] for name in book.names()]
    if as_json:
        out_json([_described(prompt) for prompt in prompts])
        return
    out_table(["prompt", "version", "parser", "source"], [(p.name, p.version, p.parser, p.source) for p in prompts])


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The prompt's name.", show_default=False)],
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Print a prompt's file."""
    prompt = _book(_folder(folder))[name]
    if as_json:
        out_json({**_described(prompt), "system": prompt.system, "user": prompt.user,
                  "examples": [{"variables": dict(w.variables), "reply": w.reply, "expect": w.expect}
                               for w in prompt.examples]})  # fmt: skip
        return
    say(f"{prompt.path}, sha256 {prompt.sha256}")
    out(prompt.path.read_text(encoding="utf-8").rstrip("\n"))


@app.command()
def check(folder: Folder = None, as_json: Json = False) -> None:
    """Check that prompts.lock fits: a text that changed needs a new version. Exits with 1 when it does not."""
    from ittgen.prompts import check_lock

    place = _folder(folder)
    faults = check_lock(place)
    if as_json:
        out_json(faults)
    else:
        for fault in faults:
            out(fault)
    if faults:
        raise typer.Exit(1)
    say(f"{place}: {counted(len(_book(place).names()), 'prompt')}, as locked")


@app.command()
def lock(
    folder: Folder = None,
    force: Annotated[bool, typer.Option("--force", help="Also where a text changed and its version did not.")] = False,
) -> None:
    """Write prompts.lock: the version and sha256 of every prompt."""
    from ittgen.prompts import LOCK, write_lock

    place = _folder(folder)
    say(f"{place / LOCK}: {counted(write_lock(place, force=force), 'prompt')} locked")


def _folder(folder: Path | None) -> Path:
    from ittgen import resources
    from ittgen.errors import PromptError

    place = folder or resources.prompts()
    if not place.is_dir():
        raise PromptError(f"{place}: no such folder of prompts")
    return place


def _book(folder: Path) -> "PromptBook":
    from ittgen.prompts import PromptBook

    return PromptBook(folder)


def _described(prompt: "Prompt") -> dict[str, "JSON"]:
    return {
        "name": prompt.name,
        "version": prompt.version,
        "source": prompt.source,
        "parser": prompt.parser,
        "variables": sorted(prompt.variables),
        "sha256": prompt.sha256,
        "path": str(prompt.path),
    }
