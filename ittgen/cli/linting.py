"""`ittgen lint`: what is wrong with the rows of anybody's file."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from ittgen.cli.bar import progress
from ittgen.cli.output import out, out_bytes, out_table, say
from ittgen.errors import UsageError
from ittgen.progress import counted

if TYPE_CHECKING:
    from ittgen.linting import Report

Format = Literal["auto", "alpaca", "sharegpt", "messages"]


def lint(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The rows, JSONL or one JSON array.", show_default=False)
    ],
    format: Annotated[
        Format, typer.Option("--format", metavar="|".join(get_args(Format)), help="What the rows are; auto: look.")
    ] = "auto",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended, and write the kept rows to -o.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="Where --fix writes the kept rows.")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Where rows go that cannot be mended, with what was found."),
    ] = None,
    rules: Annotated[
        str | None,
        typer.Option(
            "--rules", metavar="A,B,…", help='Rules to ask; "default" is all that are asked if this is left out.'
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON, one line a row.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
) -> None:
    """Find what is wrong with the rows of a file.

    The rows are Alpaca, ShareGPT or messages, JSONL or a JSON array. Every rule is asked about every row. With --fix
    rows without a finding are written byte for byte as they are, those that can be mended are mended, and the others
    left out. With --json a line says of a row: line, id, keep (nothing is wrong that cannot be mended), rules, and the
    row fixed. Exits with 1 when something was found.
    """
    from ittgen import plugins
    from ittgen.linting import Task, lint_file

    if fix != (output is not None):
        raise UsageError("--fix needs -o OUT, where the kept rows go" if fix else "-o goes with --fix; say both")
    plugins.beside(Path())
    task = Task(file, format, _named(rules), output, rejects, force)
    with progress(sys.stdout if as_json else None) as told:
        report = lint_file(task, out_bytes if as_json else None, told)
    if not as_json and not report.clean:
        _print(report)
    say(_summary(report, fix))
    if not report.clean:
        raise typer.Exit(1)


def _named(rules: str | None) -> tuple[str, ...] | None:
    return None if rules is None else tuple(name.strip() for name in rules.split(",") if name.strip())


def _print(report: "Report") -> None:
    rows = [(one.rule, f"{one.rows:,}", f"{one.rows / report.rows:.1%}", f"{one.mended:,}") for one in report.found]
    out_table(["rule", "rows", "share", "can be mended"], rows)
    for line in _examples(report):
        out(line)


def _examples(report: "Report") -> Iterator[str]:
    for one in report.found:
        yield f"\n{one.rule}"
        for line, what, text in one.examples:
            found = f": {what}" if what else ""
            yield f"    {report.unit} {line}{found}"
            if text:
                yield f"        {text}"


def _summary(report: "Report", fixed: bool) -> str:
    counts = [f"{report.good:,} without a finding"]
    if report.mended:
        counts.append(f"{report.mended:,} " + ("mended" if fixed else "that --fix can mend"))
    if report.rejected:
        counts.append(f"{report.rejected:,} " + ("left out" if fixed else "that cannot be mended"))
    if report.blank_lines:
        counts.append(f"{counted(report.blank_lines, 'blank line')} passed over")
    pace = f"{report.seconds:.1f} s, {report.rows / report.seconds:,.0f} rows/s"
    return f"{report.file}: {counted(report.rows, 'row')} ({report.format}): {', '.join(counts)}; {pace}"
