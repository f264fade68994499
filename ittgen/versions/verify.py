"""Every fault of a version's files, found by reading all of them. Changes nothing and knows no journal.

Found: a manifest or file missing or unreadable, a JSONL file too many, sizes and checksums that differ, lines that are
cut off or no lines of ours, ids that are not their row's or stand twice, counts and a digest that do not fit the files.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ittgen.errors import DamagedError
from ittgen.records import Rejection
from ittgen.versions.files import read
from ittgen.versions.manifest import FILE, FileEntry, Manifest, digest_of, seal_of
from ittgen.versions.rows import stage_of, to_example

MOST_LINES = 20
"""Faulty lines of one file that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`Fault("data-00000.jsonl", "line 3: not JSON: …")`."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class _Tally:
    """What the files hold, to be compared with what the manifest says."""

    ids: set[int] = field(default_factory=set)
    rows: Counter[str] = field(default_factory=Counter)
    """Stage -> rows."""
    rejected: dict[str, Counter[str]] = field(default_factory=dict)
    """Stage -> rule -> rejections."""


Check = Callable[[bytes], str]
"""What is wrong with a line; "" where nothing is."""


def verify(path: Path) -> list[Fault]:
    """Every fault of the version in this folder; an empty list where it is sound."""
    try:
        manifest = Manifest.read(path)
    except DamagedError as error:
        return [Fault(FILE, str(error).removeprefix(f"{path / FILE} "))]
    tally = _Tally()
    checks: dict[str, Check] = dict.fromkeys((entry.name for entry in manifest.files), lambda line: "")
    checks |= {entry.name: partial(_row_fault, tally) for entry in manifest.data}
    checks |= {entry.name: partial(_rejection_fault, tally) for entry in manifest.rejected}
    faults = [
        Fault(entry.name, what)
        for entry in manifest.files
        for what in _file_faults(path / entry.name, entry, checks[entry.name])
    ]
    faults += [Fault(name, "is not in the manifest") for name in _strangers(path, manifest)]
    faults += [Fault(FILE, what) for what in (*_seal_faults(path), *_sum_faults(manifest))]
    if not faults:  # with lines missing or changed the stages' counts cannot fit, and saying so would add nothing
        faults += [Fault(FILE, what) for what in _stage_faults(manifest, tally)]
    return faults


# Files


def _file_faults(path: Path, entry: FileEntry, check: Check) -> list[str]:
    if not path.is_file():
        return ["is missing"]
    hasher = hashlib.sha256()
    size = lines = 0
    faulty: list[str] = []
    try:
        for number, _, text in read(path):
            hasher.update(text)
            size, lines = size + len(text), number
            if what := check(text):
                faulty.append(f"line {number}: {what}")
    except DamagedError as error:
        return [f"cannot be read: {error}"]
    return [*_whole_faults(entry, size, hasher.hexdigest(), lines), *_shortened(faulty)]


def _whole_faults(entry: FileEntry, size: int, sha256: str, lines: int) -> Iterator[str]:
    if size != entry.bytes:
        yield f"has {size:,} bytes, not {entry.bytes:,}"
    elif sha256 != entry.sha256:
        yield f"was changed: its sha256 is {sha256}, not {entry.sha256}"
    if entry.name.endswith(".jsonl") and lines != entry.rows:
        yield f"has {lines:,} lines, not {entry.rows:,}"


def _shortened(faulty: list[str]) -> list[str]:
    more = len(faulty) - MOST_LINES
    return faulty if more <= 0 else [*faulty[:MOST_LINES], f"and {more:,} more lines are faulty"]


def _strangers(path: Path, manifest: Manifest) -> list[str]:
    """JSONL files that the manifest does not name; `datasets` would load them."""
    return sorted({file.name for file in path.glob("*.jsonl")} - {entry.name for entry in manifest.files})


# Lines


def _row_fault(tally: _Tally, text: bytes) -> str:
    if not text.endswith(b"\n"):
        return "is cut off: it has no line end"
    try:
        row = json.loads(text)
        example = to_example(row)
        id = example.id
    except ValueError as error:
        return f"not JSON: {error}"
    except (KeyError, TypeError, AttributeError) as error:
        return f"no row of ours ({type(error).__name__}: {error})"
    if row.get("id") != id:
        return f"its id is {row.get('id')}, but its content makes {id}"
    if (number := int(id, 16)) in tally.ids:
        return f"its id {id} stands in an earlier line already"
    tally.ids.add(number)
    tally.rows[stage_of(example)] += 1
    return ""


def _rejection_fault(tally: _Tally, text: bytes) -> str:
    if not text.endswith(b"\n"):
        return "is cut off: it has no line end"
    try:
        rejection = Rejection.from_json(json.loads(text))
    except ValueError as error:
        return f"not JSON: {error}"
    except (KeyError, TypeError, AttributeError) as error:
        return f"no rejection of ours ({type(error).__name__}: {error})"
    tally.rejected.setdefault(stage_of(rejection), Counter())[rejection.rule] += 1
    return ""


# Sums


def _seal_faults(path: Path) -> Iterator[str]:
    """Read from the file itself, so that a field which says what is assumed without it counts too."""
    fields = json.loads((path / FILE).read_bytes())
    try:
        found = seal_of(fields)
    except ValueError as error:  # NaN
        found = f"none ({error})"
    if not fields.get("seal"):
        yield "has no seal: it was changed, or an earlier ittgen wrote it"
    elif fields["seal"] != found:
        yield f"was changed: its seal is {fields['seal']}, but its fields make {found}"


def _sum_faults(manifest: Manifest) -> Iterator[str]:
    if manifest.digest != digest_of(manifest.files):
        yield f"its digest is {manifest.digest}, but its files' make {digest_of(manifest.files)}"
    if manifest.rows != (rows := sum(entry.rows for entry in manifest.data)):
        yield f"says {manifest.rows:,} rows, but its files have {rows:,}"


def _stage_faults(manifest: Manifest, tally: _Tally) -> Iterator[str]:
    said = {stage.get("name", ""): stage for stage in manifest.stages}
    for name in sorted({*said, *tally.rows, *tally.rejected}):
        stage = said.get(name, {})
        if stage.get("rows", 0) != tally.rows[name]:
            yield f'stage "{name}": says {stage.get("rows", 0):,} rows, but the files have {tally.rows[name]:,}'
        counted = dict(tally.rejected.get(name, {}))
        if stage.get("rejected", {}) != counted:
            yield f'stage "{name}": says {stage.get("rejected", {})} rejected, but the files have {counted}'
