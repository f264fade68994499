"""A whole file linted: every core where it is large, memory that does not grow, files that appear whole or not at all.

Rows come out in their order whatever the number of processes, so the same file gives the same bytes.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ittgen.dedupfile.beside import Beside, beside
from ittgen.errors import UsageError, nearest
from ittgen.linting.chunks import Job, Judged, Tally, begin, chunks, judge, judge_elsewhere
from ittgen.linting.forms import FORMS, NAMES, Format, form_of
from ittgen.linting.pieces import File, Piece, opened
from ittgen.linting.report import Report, report
from ittgen.linting.rules import Rules

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

LARGE = 4 * 2**20
"""Bytes of a file from which on it is worth starting processes, which takes half a second."""
AHEAD = 3
"""Chunks that wait for each process."""

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""
Say = Callable[[bytes], object]
"""Takes lines, one at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """Which file, what to ask about it, and where rows go."""

    file: Path
    format: Format = "auto"
    rules: tuple[str, ...] | None = None
    """Names; None for the default ones."""
    fixed: Path | None = None
    """Gets every row that is kept, mended where need be."""
    rejects: Path | None = None
    """Gets the rows that cannot be mended, with what was found."""
    force: bool = False
    """Whether files that exist are overwritten."""
    processes: int | None = None
    """None for as many as there are cores, where the file is large enough; one for small files."""


def lint_file(task: Task, say: Say | None = None, told: Told = lambda what, done, of: None) -> Report:
    """Ask every rule about every row of a file.

    say: gets what was found, one line of JSON a row. Raises UsageError, with file and line, for what cannot be read or
    written; then no file is written.
    """
    rules = Rules.named(task.rules)
    began = time.perf_counter()
    paths = [path for path in (task.fixed, task.rejects) if path]
    _allow(task, paths)
    with ExitStack() as stack:
        file = stack.enter_context(opened(task.file))
        first, pieces = _begun(file)
        form = form_of(first.row(file.where(first.number)), task.format, file.where(first.number))
        unit = "row" if file.is_array else "line"
        job = Job(str(task.file), unit, form, task.rules, say is not None)
        places = dict(zip(paths, stack.enter_context(beside(paths)), strict=True))
        fixed, rejects = (places.get(path) if path else None for path in (task.fixed, task.rejects))
        judged = stack.enter_context(_judging(job, rules, chunks(pieces), _processes(task)))
        tally = _written(_heard(judged, file, told), file, fixed, rejects, say)
    about = {"file": os.fsencode(task.file).decode(errors="replace"), "format": NAMES[form], "unit": unit}
    return report(about, tally, file.blank, time.perf_counter() - began)


def _begun(file: File) -> tuple[Piece, Iterator[Piece]]:
    """The first piece, and all of them. Raises UsageError where there is none."""
    pieces = file.pieces()
    first = next(pieces, None)
    if first is None:
        raise UsageError(f"{file.path}: there is no row in it; a file holds a JSON object a line, or one JSON array")
    return first, chain([first], pieces)


def _processes(task: Task) -> int:
    if task.processes is not None:
        return task.processes
    return _cores() if task.file.is_file() and task.file.stat().st_size >= LARGE else 1


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _judging(job: Job, rules: Rules, work: Iterable[Sequence[Piece]], processes: int) -> Iterator[Iterator[Judged]]:
    """What becomes of each chunk, in order."""
    if processes <= 1:
        yield (judge(job, rules, chunk) for chunk in work)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Fresh processes: a fork would copy the threads' locks of a program that has threads, such as the one of a bar.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), begin)
    try:
        yield _in_order(pool, job, work, processes * AHEAD)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: "Executor", job: Job, work: Iterable[Sequence[Piece]], ahead: int) -> Iterator[Judged]:
    """No more chunks are read than wait for a process."""
    waiting: deque[Future[Judged]] = deque()
    for chunk in work:
        with _deaf():  # this is where a process may begin
            waiting.append(pool.submit(judge_elsewhere, job, chunk))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C waits; processes that begin meanwhile never hear it, not even while they import."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _heard(judged: Iterator[Judged], file: File, told: Told) -> Iterator[Judged]:
    size = file.path.stat().st_size if file.path.is_file() else 0
    for chunk in judged:
        told(f"reading {file.path}", file.read, size)
        yield chunk


def _written(
    judged: Iterator[Judged], file: File, fixed: Beside | None, rejects: Beside | None, say: Say | None
) -> Tally:
    """Write what became of each chunk; an array's kept rows are an array again."""
    tally, kept = Tally(), 0
    for chunk in judged:
        tally.merge(chunk.tally)
        if fixed:
            for piece in chunk.kept:
                fixed.write((file.between if kept else file.head) + piece)
                kept += 1
        if rejects:
            rejects.write(b"".join(chunk.rejected))
        if say:
            say(b"".join(chunk.told))
    if fixed:
        fixed.write(file.tail if kept else file.head + file.tail)
    return tally


def _allow(task: Task, outputs: Sequence[Path]) -> None:
    """Raises UsageError for what can be told to be wrong before anything is read."""
    if task.format not in ("auto", *FORMS):
        raise UsageError(f'there is no format "{task.format}"{nearest(task.format, ["auto", *FORMS])}')
    for place, path in enumerate(outputs):
        if _same(path, task.file):
            raise UsageError(f"cannot write {path}: it is read; name another file")
        if any(_same(path, other) for other in outputs[:place]):
            raise UsageError(f"cannot write both kept and rejected rows to {path}; name two files")
        if path.is_dir():
            raise UsageError(f"cannot write {path}: it is a folder; name a file in it")
        if not path.resolve().parent.is_dir():
            raise UsageError(f"cannot write {path}: there is no folder {path.parent}; make it first")
        if path.is_file() and not task.force:
            raise UsageError(f"{path} exists; name another file, or overwrite it with --force (in Python: force=True)")


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, which need not be there yet; /dev/null is no file."""
    if one.is_file() and other.is_file():
        return one.samefile(other)
    return one.resolve() == other.resolve() and not one.exists()
