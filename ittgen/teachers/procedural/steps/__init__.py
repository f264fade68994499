"""Every step there is, and the search for those at the end of a text."""

from functools import lru_cache

from ittgen.teachers.procedural.steps import forms, functions, lookups, numbers, texts
from ittgen.teachers.procedural.steps.step import Applied, Step, last

STEPS: tuple[Step, ...] = (*numbers.STEPS, *texts.STEPS, *forms.STEPS, *functions.STEPS, *lookups.STEPS)

MOST = 40
"""However many steps a text seems to end with, no more are taken off."""


@lru_cache(maxsize=4096)
def peeled(prose: str) -> tuple[str, tuple[Applied, ...]]:
    """The text before its steps, and the steps in the order in which they stand; white space must be single blanks."""
    found: list[Applied] = []
    while len(found) < MOST and (step := last(prose, STEPS)):
        prose = step[0]
        found.insert(0, step[1])
    return prose, tuple(found)
