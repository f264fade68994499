"""First looks at a text, cheap or shared by several rules: most rows are good, and most rules are done after one."""

import re
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=16)
def lowered(text: str) -> str:
    """The text in lower case; remembered while the rules go over a row."""
    return text.lower()


@lru_cache(maxsize=16)
def parts(text: str) -> tuple[str, ...]:
    """What white space separates, in lower case; remembered likewise."""
    return tuple(lowered(text).split())


def has_any(text: str, signs: Iterable[str]) -> bool:
    """Whether one of the signs is in the text; a loop, since `any` over a generator costs twice as much."""
    for sign in signs:  # noqa: SIM110
        if sign in text:
            return True
    return False


_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether there is a digit of any script in the text; those of ASCII are looked for one by one, which is faster."""
    return has_any(text, "0123456789") or (not text.isascii() and _DIGIT.search(text) is not None)


def first_of(signs: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(those of ASCII alone, all of them): a text of ASCII need not be searched for the others."""
    every = tuple(signs)
    return tuple(sign for sign in every if sign.isascii()), every
