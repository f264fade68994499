"""`ittgen seeds`: check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ittgen.cli.common import Json
from ittgen.cli.output import out, out_json, out_table, say

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
        out(
            f"{report.path}:{fault.line}: {fault.severity}: {fault.rule}: {fault.note}"
            + (f" ({fault.id})" * bool(fault.id))
        )
    out_table(["kind", "seeds"], [*report.counts.items(), ("all", report.rows)])
    say(f"{report.path}: {report.rows:,} seeds, {report.errors:,} errors, {report.notices:,} notices")
