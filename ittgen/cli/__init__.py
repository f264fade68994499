"""The command line: parsing and printing, and the one place where exceptions become messages and exit codes.

    app.py        every verb, put together              output.py   stdout for data, stderr for talk
    starting.py   init, doctor, plugins                 common.py   options that verbs share; the recipe they make
    growing.py    plan, try, grow, status               words.py    examples and rejections as text
    looking.py    ls, show, why, rejects, verify, export
    prompts.py    prompts ls, show, check, lock         seeds.py    seeds check
    docs.py       docs/cli.md, made from the verbs      starter/    what init writes

Modules here import nothing at their top but typer and light modules of ours, so that `--help` stays instant.
"""

import os
import sys
import traceback
from collections.abc import Callable, Sequence

from ittgen.cli.app import app
from ittgen.cli.output import PIPE_CLOSED, say
from ittgen.errors import IttgenError

INTERRUPTED = 130
BUG = 70
"""EX_SOFTWARE of sysexits.h."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    0 done, 1 the answer is no, 2 wrong usage or recipe, 3 stopped early and resumable, 70 a bug, 130 interrupted, 141
    nobody reads stdout any more.
    """
    sys.exit(_flushed(guarded(lambda: app(args, prog_name="ittgen"))))


def guarded(run: Callable[[], object]) -> int:
    """Run, and turn whatever comes out of it into a message and an exit code."""
    try:
        run()
    except SystemExit as exit:  # how typer ends, with its usage errors already printed
        return exit.code if isinstance(exit.code, int) else 0
    except IttgenError as error:
        say(f"ittgen: {error}")
        return error.exit_code
    except BrokenPipeError:
        return PIPE_CLOSED
    except KeyboardInterrupt:
        say("ittgen: interrupted")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the one broad except there is: nobody wants a stack trace as a message
        return _bug(error)
    return 0


def _bug(error: Exception) -> int:
    if os.environ.get("ITTGEN_TRACEBACK"):
        traceback.print_exception(error)
    say(f"ittgen: this is a bug: {type(error).__name__}: {error}; please report it with what `ittgen -v …` prints")
    return BUG


def _flushed(code: int) -> int:
    """Flush stdout while a reader who is gone can still be forgiven; at exit Python would complain."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code
