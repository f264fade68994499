"""Every exception ittgen raises on purpose; each is one message that says what happened, where, and what to do.

    IttgenError
    ├── UsageError               wrong usage, recipe or input; nothing was sent or written       exit 2
    │   ├── RecipeError          a recipe, or an option in it
    │   ├── PromptError          a prompt file, a variable of it, the lock
    │   ├── SeedError            a seed file or a line of it
    │   ├── PluginError          a component that cannot be found or built
    │   ├── VersionError         a dataset or version that is not there, or cannot be written
    │   └── JournalError         a journal that is busy, unreadable or from a newer ittgen
    ├── DamagedError             a version whose files are not what its manifest says            exit 1
    ├── TeacherError             the teacher cannot answer anything: key, model, quota, server
    │   ├── RefusedError         it refuses a request and does not say whether it would refuse every other
    │   └── TransientError       it may answer later: worth another try
    └── Stopped                  the run ended early and can be resumed                          exit 3

The command line prints the message and exits with `exit_code`; nobody else catches them. `TransientError` is caught
by the one retry loop, `RefusedError` by the breaker, and `TeacherError` by the engine, which turns it into `Stopped`.
"""

from dataclasses import dataclass
from typing import ClassVar


class IttgenError(Exception):
    """The root of the tree."""

    exit_code: ClassVar[int] = 2


class UsageError(IttgenError):
    """Wrong usage, recipe or input; nothing was sent or written."""


class RecipeError(UsageError):
    """A recipe, or an option in it, is wrong."""


class PromptError(UsageError):
    """A prompt file is wrong, a variable is missing, or the lock does not fit."""


class SeedError(UsageError):
    """A seed file or one of its lines is wrong."""


class PluginError(UsageError):
    """A component cannot be found or built."""


class VersionError(UsageError):
    """A dataset or version is not there, or cannot be written."""


class JournalError(UsageError):
    """The journal is held by another process, unreadable, or from a newer ittgen."""


class DamagedError(IttgenError):
    """A version's files are not what its manifest says."""

    exit_code = 1


class TeacherError(IttgenError):
    """The teacher cannot answer any request: wrong key, unknown model, spent quota, no server."""

    exit_code = 3

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice
        """What to do about it, "Run again to go on", where the kind of error does not say."""


class RefusedError(TeacherError):
    """The teacher refuses this request, and nothing tells whether it would refuse every other as well."""

    def __init__(self, message: str, *, too_long: bool = False) -> None:
        super().__init__(message)
        self.too_long = too_long
        """Whether it does not fit into the model's context: where every request is so, the recipe is wrong."""


class TransientError(TeacherError):
    """The teacher may answer later."""

    def __init__(self, message: str, retry_after: float | None = None, *, busy: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """The server's own word, in seconds."""
        self.busy = busy
        """Whether it says that it is asked too much at a time."""


class Stopped(IttgenError):
    """The run ended before its end; everything received is stored, and running again goes on from here."""

    exit_code = 3

    def __init__(self, message: str, *, interrupted: bool = False) -> None:
        super().__init__(message)
        self.interrupted = interrupted
        if interrupted:
            self.exit_code = 130  # type: ignore[misc]  # one instance differs from its class, as a shell expects


@dataclass(frozen=True, slots=True)
class Blame:
    """Adds a note to an error that passes; errors of ours say themselves whose they are."""

    note: str

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, IttgenError):
            error.add_note(self.note)


def nearest(word: str, known: list[str]) -> str:
    """The hint behind a message about an unknown name: ` (did you mean "epochs"?)`, or the names there are."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f' (did you mean "{close[0]}"?)'
    return f" (known: {', '.join(sorted(known))})" if known else ""
