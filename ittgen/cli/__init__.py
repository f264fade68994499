"""The command line: parsing and printing, and the one place where exceptions become messages and exit codes.

    app.py        every verb, put together              output.py   stdout for data, stderr for talk
    starting.py   init, doctor, plugins                 common.py   options that verbs share; the recipe they make
    growing.py    plan, try, grow, status               words.py    examples and rejections as text
    shortcuts.py  self-instruct, evolve, distill        shorthand.py  the recipes they stand for
    looking.py    ls, show, why, rejects, verify, export
    checking.py   dedup                                 linting.py  lint
    prompts.py    prompts ls, show, check, lock         seeds.py    seeds check
    bar.py        how far a long verb is                ending.py   why a verb ended early
    codes.py      exit codes
    docs.py       docs/cli.md, made from the verbs      starter/    what init writes

Modules here import nothing at their top but typer and light modules of ours, so that `--help` stays instant. This one
imports not even typer: a Ctrl-C while it is imported would print a traceback, one in `guarded` is a message.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ittgen.cli.codes import BUG, CANNOT_WRITE, INTERRUPTED, PIPE_CLOSED, TERMINATED
from ittgen.cli.ending import end_as_json, last_word
from ittgen.interrupts import Presses

if TYPE_CHECKING:
    from ittgen.errors import IttgenError


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    0 done, 1 the answer is no, 2 wrong usage or recipe, 3 stopped early and resumable, 70 a bug, 130 interrupted, 141
    nobody reads stdout any more, 143 terminated.
    """
    end_as_json(False)
    with _terminable() as terminated:
        code = _flushed(guarded(lambda: _run(args), terminated))
    sys.exit(code)


def _run(args: Sequence[str] | None) -> None:
    from ittgen.cli.app import app

    app(args, prog_name="ittgen")


def guarded(run: Callable[[], object], terminated: Sequence[int] = ()) -> int:
    """Run, and turn whatever comes out of it into a message and an exit code.

    terminated: not empty once an interrupt came from SIGTERM.
    """

    def ended(message: str, code: int) -> int:
        return last_word(message, TERMINATED if terminated and code == INTERRUPTED else code)

    try:
        from ittgen.errors import IttgenError

        return _translated(run, IttgenError, ended)
    except KeyboardInterrupt:
        return ended("interrupted", INTERRUPTED)


def _translated(run: Callable[[], object], ours: type["IttgenError"], ended: Callable[[str, int], int]) -> int:
    try:
        run()
    except SystemExit as exit:  # how typer ends, with its usage errors already printed
        if exit.code == INTERRUPTED:
            raise KeyboardInterrupt from None  # typer makes it an exit without a word
        return exit.code if isinstance(exit.code, int) else 0
    except ours as error:
        return ended(str(error), error.exit_code)
    except BrokenPipeError:
        return PIPE_CLOSED
    except OSError as error:
        return _unwritten(error) if error.errno == errno.ENOSPC else _bug(error)
    except Exception as error:  # noqa: BLE001  # the one broad except there is: nobody wants a stack trace as a message
        return _bug(error)
    return 0


def _bug(error: Exception) -> int:
    """Say whose fault it is: a note names the component that raised, without one it is ours."""
    if os.environ.get("ITTGEN_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    what, notes = f"{type(error).__name__}: {error}", getattr(error, "__notes__", [])
    if notes:
        return last_word(f"{'; '.join(notes)}: {what}; `ittgen -v …` shows where", BUG)
    return last_word(f"this is a bug: {what}; please report it with what `ittgen -v …` prints", BUG)


def _flushed(code: int) -> int:
    """Flush stdout while a reader who is gone can still be forgiven; at exit Python would complain."""
    if sys.stdout is None:  # closed by the caller, `>&-`
        return code
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return PIPE_CLOSED
        return code or _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    """Where a verb writes to a file, a full disk is an error of ours; what is left is stdout."""
    return last_word(f"cannot write to stdout: {error.strerror}", CANNOT_WRITE)


@contextmanager
def _terminable() -> Iterator[list[int]]:
    """SIGTERM is Ctrl-C with another exit code; the list is not empty once it came."""
    came: list[int] = []

    def interrupt(number: int, frame: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, Presses().once(interrupt))
    except ValueError:  # not in the main thread, where a program calls us
        yield came
        return
    try:
        yield came
    finally:
        signal.signal(signal.SIGTERM, before)
