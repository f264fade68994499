"""Which rows of a file stay, and the copies of its lines that follow from that. Knows files; prints nothing.

The file is read twice: for its texts, of which only tokens are held, and for the lines that are copied.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ittgen.dedup.greedy import Verdicts, greedy
from ittgen.dedup.minhash import approximate
from ittgen.dedup.rouge import checked
from ittgen.dedup.tokens import TOKENS
from ittgen.dedupfile.beside import Beside, beside
from ittgen.dedupfile.check import check, place_of
from ittgen.dedupfile.report import Checked, Report
from ittgen.dedupfile.rows import EVERY, Rows, Told, stripped
from ittgen.errors import UsageError, nearest

METHODS = ("exact", "minhash")


Write = Callable[[bytes], object]
"""Takes lines, one at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """Which file, and what to look for in it."""

    file: Path
    field: str = "instruction"
    """A name, or a path into the row such as "messages.0.content"."""
    threshold: float = 0.7
    tokens: str = "unicode"
    against: tuple[Path, ...] = ()
    """Files whose rows count as kept before the first one."""
    method: str = "exact"
    check: int = 0
    """Rejections, and pairs of kept rows, that rouge-score scores anew."""


def dedup(
    task: Task,
    kept: Path | Write | None = None,
    rejects: Path | None = None,
    told: Told = lambda what, done, of: None,
) -> Report:
    """Copy the rows that are near to no earlier one to `kept`, and the others with their neighbours to `rejects`.

    Nothing is written where the check finds a decision that rouge-score would not have made: see `Report.good`.
    Raises UsageError, with file and line, for what cannot be read, decided or written.
    """
    began = time.perf_counter()
    paths = [path for path in (kept, rejects) if isinstance(path, Path)]
    _allow(task, paths)
    with ExitStack() as stack:
        files = [stack.enter_context(Rows(path, task.field)) for path in (task.file, *task.against)]
        verdicts = _verdicts(task, files, told)
        found = check(files, verdicts, task.threshold, task.tokens, task.check, told) if task.check else None
        for file in files:
            file.unchanged()
        if not (found and found.differs):
            places = dict(zip(paths, stack.enter_context(beside(paths)), strict=True))
            _copy(files, verdicts, _writing(kept, places), _writing(rejects, places), told)
    return _report(task, files, verdicts, found, time.perf_counter() - began)


def _allow(task: Task, outputs: Sequence[Path]) -> None:
    """Raises UsageError for what can be told to be wrong before anything is read."""
    for name, value, known in (("tokens", task.tokens, [*TOKENS]), ("method", task.method, [*METHODS])):
        if value not in known:
            raise UsageError(f'there is no {name} "{value}"{nearest(value, known)}')
    try:
        checked(task.threshold)
    except ValueError as error:
        raise UsageError(str(error)) from None
    for path in task.against:
        if _same(path, task.file):
            raise UsageError(f"{path}: the file cannot be compared against itself; every row would be near to its copy")
    for place, path in enumerate(outputs):
        _allow_output(path, [task.file, *task.against], outputs[:place])


def _allow_output(path: Path, read: Iterable[Path], before: Iterable[Path]) -> None:
    for other in read:
        if _same(path, other):
            raise UsageError(f"cannot write {path}: it is read ({other}); name another file")
    for other in before:
        if _same(path, other):
            raise UsageError(f"cannot write both kept and rejected rows to {path}; name two files")
    if not path.resolve().parent.is_dir():
        raise UsageError(f"cannot write {path}: there is no folder {path.parent}; make it first")
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder; name a file in it")
    if not os.access(path if path.exists() else path.resolve().parent, os.W_OK):
        raise UsageError(f"cannot write {path}: no permission; name another file")


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, which need not be there yet; /dev/null is no file."""
    if one.is_file() and other.is_file():
        return one.samefile(other)
    return one.resolve() == other.resolve() and not one.exists()


def _verdicts(task: Task, files: Sequence[Rows], told: Told) -> Verdicts:
    """What becomes of each row of the first file. The others are read first, and their rows are found in it."""
    rows, against = files[0].texts(told), chain.from_iterable(file.texts(told) for file in files[1:])
    if task.method == "minhash":
        return approximate(rows, task.threshold, tokens=task.tokens, against=against)
    return greedy(
        rows, task.threshold, tokens=task.tokens, against=against, told=lambda done, of: told("comparing", done, of)
    )


def _writing(wanted: Path | Write | None, places: Mapping[Path, Beside]) -> Write:
    if wanted is None:
        return lambda line: None
    return places[wanted].write if isinstance(wanted, Path) else wanted


def _copy(files: Sequence[Rows], verdicts: Verdicts, kept: Write, rejects: Write, told: Told) -> None:
    for row, (keep, line) in enumerate(zip(verdicts.kept.tolist(), files[0].raw(), strict=False)):
        if keep:
            kept(line)
        else:
            rejects(_reject(files, verdicts, row, line))
        if row % EVERY == 0:
            told("writing", row, len(verdicts.kept))
    files[0].unchanged()


def _reject(files: Sequence[Rows], verdicts: Verdicts, row: int, line: bytes) -> bytes:
    """The row as it stands in its line, so that nothing about it changes, and what it was near to."""
    file, place = place_of(files, int(verdicts.nearest[row]), bool(verdicts.beyond[row]))
    named = {"file": files[file].name} if file else {}
    near = json.dumps({**named, "line": files[file].lines[place]}, ensure_ascii=False)
    score = json.dumps(float(verdicts.score[row]))
    about = f', "near": {near}, "score": {score}}}\n'.encode()
    return b'{"line": %d, "row": %s%s' % (files[0].lines[row], stripped(line), about)


def _report(task: Task, files: Sequence[Rows], verdicts: Verdicts, found: Checked | None, seconds: float) -> Report:
    return Report(
        file=files[0].name,
        field=task.field,
        threshold=task.threshold,
        tokens=task.tokens,
        method=task.method,
        rows=len(verdicts.kept),
        kept=int(verdicts.kept.sum()),
        without_tokens=int(verdicts.bare.sum()),
        blank_lines=files[0].blank,
        against={file.name: len(file.lines) for file in files[1:]},
        seconds=seconds,
        checked=found,
    )
