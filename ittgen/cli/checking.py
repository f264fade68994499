"""The verbs that check anybody's files: dedup."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from ittgen.cli.bar import progress
from ittgen.cli.common import Json
from ittgen.cli.output import out_bytes, out_json, say
from ittgen.progress import counted

if TYPE_CHECKING:
    from ittgen.dedupfile import Report
    from ittgen.dedupfile.report import Checked, Differs

Tokens = Literal["unicode", "rouge"]
Method = Literal["exact", "minhash"]


def dedup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The rows, JSONL.", show_default=False)],
    kept: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="KEPT", help="Where kept rows go; stdout if left out.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="REJECTS", help="Where the others go, with their neighbours.")
    ] = None,
    field: Annotated[
        str, typer.Option("--field", metavar="NAME", help="The text to compare; messages.0.content goes into a row.")
    ] = "instruction",
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="X", help="Rows above this ROUGE-L are near-duplicates.")
    ] = 0.7,
    tokens: Annotated[
        Tokens,
        typer.Option(
            "--tokens", metavar="|".join(get_args(Tokens)), help="Words of any language, or rouge-score's [a-z0-9]+."
        ),
    ] = "unicode",
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="Rows to be different from as well, JSONL. Repeatable."),
    ] = None,
    method: Annotated[
        Method,
        typer.Option(
            "--method", metavar="|".join(get_args(Method)), help="minhash may miss some, and takes more rows."
        ),
    ] = "exact",
    check: Annotated[
        int,
        typer.Option(
            "--check", metavar="N", min=0, help="Have rouge-score itself score N rejections and N pairs of kept rows."
        ),
    ] = 0,
    as_json: Json = False,
) -> None:
    """Drop rows that are much like an earlier one of their file. The file is JSONL, the measure exact ROUGE-L.

    Kept rows stay in order and byte for byte as they are. A rejected row is written with its line, the line of the
    nearest row kept before it, and their score. With --json stdout is the summary, and kept rows need -o. Exits with 1
    when --check finds a decision that rouge-score would not have made; then nothing is written.
    """
    from ittgen.dedupfile import Task, dedup

    task = Task(file, field, threshold, tokens, tuple(against or ()), method, check)
    to_stdout = kept is None and not as_json
    with progress(sys.stdout if to_stdout else None) as told:
        report = dedup(task, out_bytes if to_stdout else kept, rejects, told)
    if as_json:
        out_json(report.to_json())
    for line in _told(report):
        say(line)
    if not report.good:
        raise typer.Exit(1)


def _told(report: "Report") -> Iterator[str]:
    """The summary for people, a line each."""
    rejected = f"{report.rejected:,} rejected" + (f" (approximate: {report.method} may miss some)" * report.approximate)
    counts = [f"{report.kept:,} kept", rejected]
    if report.without_tokens:
        counts.append(f"{report.without_tokens:,} of the kept ones without a token, so near to nothing")
    if report.blank_lines:
        counts.append(f"{counted(report.blank_lines, 'blank line')} left out")
    pace = f"{report.seconds:.1f} s, {report.rows / report.seconds:,.0f} rows/s"
    yield f"{report.file}: {counted(report.rows, 'row')}: {', '.join(counts)}; {pace}"
    if report.checked:
        yield from _checked(report.checked)


def _checked(checked: "Checked") -> Iterator[str]:
    drawn = f"{counted(checked.rejections, 'rejection')} and {counted(checked.kept_pairs, 'pair')} of kept rows"
    differ = counted(len(checked.differs), "decision")
    yield f"rouge-score was asked about {drawn}: " + (f"{differ} differ" if checked.differs else "it decides the same")
    if checked.too_long:
        yield f"{counted(checked.too_long, 'pair')} too long for it to score were passed over"
    for differs in checked.differs:
        yield from _differs(differs)
    if checked.differs:
        yield "nothing was written"


def _differs(differs: "Differs") -> Iterator[str]:
    ours = "at most the threshold" if differs.ours is None else repr(differs.ours)
    yield f"rouge-score says {differs.theirs!r}, ittgen {ours}:"
    for row in differs.rows:
        yield f"  {row['file']}, line {row['line']}: {row['text']!r}"
