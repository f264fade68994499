"""Every verb put together into one typer app."""

import os
from collections.abc import Callable
from typing import Annotated

import typer

from ittgen.about import VERSION
from ittgen.cli.checking import dedup
from ittgen.cli.growing import grow, plan, status, try_
from ittgen.cli.linting import lint
from ittgen.cli.looking import export, ls, rejects, show, verify, why
from ittgen.cli.output import out
from ittgen.cli.prompts import app as prompts
from ittgen.cli.seeds import app as seeds
from ittgen.cli.shortcuts import distill, evolve, self_instruct
from ittgen.cli.starting import doctor, init, plugins

app = typer.Typer(
    help="Grow instruction-tuning datasets: Self-Instruct, Evol-Instruct and distillation.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        out(f"ittgen {VERSION}")
        raise typer.Exit


@app.callback()
def _common(
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show the traceback of a bug.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if verbose:
        os.environ["ITTGEN_TRACEBACK"] = "1"


VERBS: dict[str, Callable[..., None]] = {
    "init": init,
    "plan": plan,
    "try": try_,
    "grow": grow,
    "status": status,
    "self-instruct": self_instruct,
    "evolve": evolve,
    "distill": distill,
    "ls": ls,
    "show": show,
    "why": why,
    "rejects": rejects,
    "verify": verify,
    "export": export,
    "dedup": dedup,
    "lint": lint,
    "plugins": plugins,
    "doctor": doctor,
}
for _name, _verb in VERBS.items():
    app.command(_name)(_verb)
app.add_typer(prompts, name="prompts")
app.add_typer(seeds, name="seeds")
