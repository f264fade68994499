"""What is found in one row, and `lint` for rows that a program has. Knows rows and rules, and no files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ittgen.errors import SeedError
from ittgen.filters.base import Filter
from ittgen.formats import Form
from ittgen.linting.forms import Format, examples_of, form_of, mended_row, same_form, why_unreadable
from ittgen.linting.rules import Finding, Rules
from ittgen.records import Example
from ittgen.text import JSON, well_formed

UNREADABLE = "unreadable"
"""The one finding that is no rule's: the row has its file's form, and no task in it."""


@dataclass(frozen=True, slots=True)
class Linted:
    """One row and what was found in it."""

    line: int
    """Its line, or its place in an array or list, from 1."""
    id: str | int | None
    findings: Sequence[Finding]
    fixed: Mapping[str, Any] | None
    """The row mended, whole, where it can be and is then good."""
    text: str
    """What it says, for people: the answer, or the instruction where there is none."""

    @property
    def keep(self) -> bool:
        """Nothing was found, or all that was found is mended."""
        return all(finding.mended for finding in self.findings)

    def to_json(self) -> dict[str, JSON]:
        named = {} if self.id is None else {"id": self.id}
        fixed = {} if self.fixed is None else {"fixed": dict(self.fixed)}
        found = [finding.to_json() for finding in self.findings]
        return {"line": self.line, **named, "keep": self.keep, "rules": found, **fixed}


def lint(
    rows: Iterable[Mapping[str, Any] | Example],
    rules: Iterable[str | Filter] | None = None,
    *,
    format: Format = "auto",
) -> list[dict[str, JSON]]:
    """What every rule finds in every row, as `ittgen lint --json` prints it:

    >>> lint([{"instruction": "Name a prime number.", "input": "N/A", "output": "7"}])  # doctest: +SKIP
    [{"line": 1, "keep": True, "rules": [{"rule": "no-input", …}], "fixed": {"instruction": …, "input": "", …}}]

    rows: Alpaca, ShareGPT or messages, all of one form; or examples, such as those of a version.
    rules: names such as "refusal", "default" or "module:Class", or filters; the default ones where it is left out.

    Raises UsageError for an unknown rule, and for a row in no known form or in another one than the first.
    """
    asked = Rules.named(rules)
    form: Form | None = None
    found = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, Example):
            found.append(_linted_example(row, asked, number).to_json())
            continue
        form = form or form_of(row, format, f"row {number}")
        same_form(row, form, f"row {number}")
        found.append(linted(row, form, asked, number).to_json())
    return found


def linted(row: Mapping[str, Any], form: Form, rules: Rules, number: int) -> Linted:
    """What the rules find in a row, and the row mended."""
    id = row.get("id")
    id = id if isinstance(id, str | int) and not isinstance(id, bool) else None
    try:
        before = examples_of(row, form)
        for example in before:
            _check_text(example)
    except SeedError as error:
        return Linted(number, id, [Finding(UNREADABLE, note=why_unreadable(error))], None, "")
    findings, after = _judged(before, rules)
    good = findings and all(finding.mended for finding in findings)
    fixed = mended_row(row, form, before, after) if good else None
    return Linted(number, id, findings, fixed, _shown(before[0]))


def _linted_example(example: Example, rules: Rules, number: int) -> Linted:
    findings, after = _judged([example], rules)
    good = findings and all(finding.mended for finding in findings)
    return Linted(number, example.id, findings, after[0].to_json() if good else None, _shown(example))


def _judged(before: Sequence[Example], rules: Rules) -> tuple[list[Finding], list[Example]]:
    """Each finding once, whichever of a row's examples it is in."""
    judged = [rules.judge(example) for example in before]
    findings = [finding for found, _ in judged for finding in found]
    once = [finding for place, finding in enumerate(findings) if finding not in findings[:place]]
    return once, [after for _, after in judged]


def _check_text(example: Example) -> None:
    """Raises SeedError for half a surrogate pair, which no text can be written with."""
    for text in (example.instruction, example.input, example.output, example.system):
        if not text.isascii() and well_formed(text) != text:
            raise SeedError(": half a character (a surrogate without its other half)")


def _shown(example: Example) -> str:
    return example.output or example.instruction
