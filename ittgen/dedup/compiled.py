"""How ours is compiled: by numba, once, the machine code kept on disk. Knows types and folders; not what is compiled.

Importing this module imports numba. The code is kept in a folder named by a digest of the sources, beside them or,
where that cannot be written, in the user's cache folder. numba itself goes by the date and size of a function's own
file: installers give each file the same date, and what a function calls may stand in another file.
"""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit
from numba.core.types import Tuple, boolean, float64, int32, int64, uint64

F = TypeVar("F", bound=Callable[..., Any])

SOURCES = ("compiled.py", "bits.py", "kernels.py", "candidates.py")

WORDS_OF_64, TABLE, FLAGS, SCORES = uint64[::1], int64[:, ::1], boolean[::1], float64[::1]
NUMBERS, PLACES, WIDE = int32[::1], int64[::1], uint64[:, ::1]
POOL = Tuple((WORDS_OF_64, int32[:, ::1], TABLE, PLACES, PLACES))
"""Signatures, slots, pages, what is used of them, and the page that each shelf is filling: see `kernels`."""
ROWS = Tuple((NUMBERS, PLACES))
"""Tokens of all rows in a line, and where each row begins and the last one ends."""
WORK = Tuple((NUMBERS, NUMBERS, WORDS_OF_64, FLAGS))
"""Room to work in: a table's keys and times (`sign`), keys and masks (`common`), and carries."""
NEAR = Tuple((float64, int64))
"""The best score so far and its row, -1 for none."""


def kernel(result: Any, *arguments: Any, inline: bool = False) -> Callable[[F], F]:
    """Compile a function for these types now, so that whoever calls first finds the code on disk.

    It does not hold Python's global lock, so threads run it side by side.
    """

    def compiled(function: F) -> F:
        before, config.CACHE_DIR = config.CACHE_DIR, _folder()
        try:
            options = {"cache": _kept(), "nogil": True, "error_model": "numpy", "forceinline": inline}
            return cast(F, njit(result(*arguments), **options)(function))
        finally:
            config.CACHE_DIR = before

    return compiled


@cache
def _folder() -> str:
    """Where the machine code of just these sources is kept, in the folder that NUMBA_CACHE_DIR names if it does."""
    here, home = Path(__file__).parent, os.path.expanduser("~")  # noqa: PTH111 -- Path's raises where there is no home
    beside = here / "__pycache__" if os.access(here, os.W_OK) or home == "~" else Path(home, ".cache")
    sources = hashlib.sha256(b"".join((here / name).read_bytes() for name in SOURCES)).hexdigest()
    return str(Path(config.CACHE_DIR or beside) / f"ittgen-{sources[:16]}")


@cache
def _kept() -> bool:
    """Whether any folder can be written: where none can, numba raises, and every process compiles anew."""
    try:
        njit(cache=True)(_nothing)
    except RuntimeError:
        return False
    return True


def _nothing() -> None:
    """What `_kept` tries it with."""
