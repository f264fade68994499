"""Every family of tasks there is, and the search for the one that an instruction belongs to."""

from functools import lru_cache

from ittgen.teachers.procedural.families import (
    calendar,
    ciphers,
    code,
    date_labels,
    integers,
    labels,
    letters,
    measures,
    numerals,
    statistics,
    stories,
    tables,
    text_labels,
    wordlists,
)
from ittgen.teachers.procedural.family import Family, Task, read

_MODULES = (
    statistics,
    stories,
    integers,
    numerals,
    letters,
    ciphers,
    wordlists,
    measures,
    calendar,
    labels,
    date_labels,
    text_labels,
    tables,
    code,
)

FAMILIES: tuple[Family, ...] = tuple(family for module in _MODULES for family in module.FAMILIES)


@lru_cache(maxsize=4096)
def find(instruction: str) -> Task | None:
    """The task that an instruction states, or None when it is in no family's words; white space does not matter."""
    text = " ".join(instruction.split())
    for family in FAMILIES:
        if (params := read(family, text)) is not None:
            return Task(family, params)
    return None


@lru_cache(maxsize=1024)
def kin(family: Family) -> tuple[Family, ...]:
    """The other families of the same field that are classification tasks, or none, as this one is."""
    field = next((module.FAMILIES for module in _MODULES if family in module.FAMILIES), FAMILIES)
    alike = tuple(f for f in field if f is not family and f.is_classification == family.is_classification)
    return alike or tuple(f for f in FAMILIES if f is not family and f.is_classification == family.is_classification)
