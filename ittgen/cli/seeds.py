"""`ittgen seeds`: check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ittgen.cli.common import Json
from ittgen.cli.output import out, out_json, out_table, say
from ittgen.progress import counted

if TYPE_CHECKING:
    from ittgen.seedcheck import SeedReport

app = typer.Typer(help="Look at seed files.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Keeps typer from making the only verb the group itself."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A seed file, JSONL.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Look for what is odd about seed tasks, line by line. Exits with 1 when there is an error, not for a notice."""
    from ittgen.seedcheck import check

    report = check(file)
    if as_json:
        out_json(report.to_json())
    else:
        _print(report)
    if report.errors:
        raise typer.Exit(1)


def _print(report: "SeedReport") -> None:
    for fault in report.faults:
        id = f" [id {fault.id}]" if fault.id else ""
        out(f"{report.path}:{fault.line}: {fault.severity}: {fault.rule}: {fault.note}{id}")
    out_table(["kind", "seeds"], [*report.counts.items(), ("all", report.rows)])
    told = [counted(report.rows, "seed"), counted(report.errors, "error"), counted(report.notices, "notice")]
    say(f"{report.path}: {', '.join(told)}")
    if report.faults:
        say("error: the seed is useless or counts twice, so mend it; notice: have a look, the seed may well be good")
