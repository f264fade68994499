"""Steps that come with a block of data: the answer can only be given by whoever reads a value out of it."""

from random import Random

from ittgen.teachers.procedural.families.shared import between, nouns
from ittgen.teachers.procedural.family import Params, lines
from ittgen.teachers.procedural.steps.functions import renamed
from ittgen.teachers.procedural.steps.numbers import whole
from ittgen.teachers.procedural.steps.step import Step
from ittgen.teachers.procedural.steps.texts import line, several

SLOTS = {"data": "[A-Za-z]+", "table": r"\w+", "key": r"\w+"}
"""How the format is called, the name of the block, and the key of the value wanted."""


def _numbers(rng: Random, count: int) -> list[str]:
    return [str(between(rng, 3, 60)) for _ in range(count)]


def _words(rng: Random, count: int) -> list[str]:
    return nouns(rng, count, count)


def _added(answer: str, params: Params) -> str:
    return str(whole(answer) + int(params["value"]))


def _multiplied(answer: str, params: Params) -> str:
    return str(whole(str(whole(answer) * int(params["value"]))))


def _led(answer: str, params: Params) -> str:
    return f"{params['value']} {line(answer)}"


def _topped(answer: str, params: Params) -> str:
    return "\n".join([params["value"], *several(answer)])


def _renamed(answer: str, params: Params) -> str:
    return renamed(answer, params["value"])


STEPS = (
    Step(
        "add from data",
        ("complicate",),
        "value",
        lines("""
        Then add to the result the number which the {data} block "{table}" below contains for {key}.
        Increase the result by what the {data} data named "{table}", shown below, give for {key}.
        Which number do you get after adding the entry for {key} in the {data} block "{table}" below?
        """),
        _added,
        SLOTS,
        table=_numbers,
    ),
    Step(
        "multiply by data",
        ("complicate",),
        "value",
        lines("""
        Then multiply the result by the number that the {data} block "{table}" below holds for {key}.
        What comes out when this is multiplied by the entry for {key} in the {data} data "{table}" below?
        """),
        _multiplied,
        SLOTS,
        table=_numbers,
    ),
    Step(
        "word from data",
        ("complicate",),
        "value",
        lines("""
        Then put the word that the {data} block "{table}" below has for {key} before the result, with a blank.
        What does the result look like behind the word for {key} in the {data} data "{table}" below and a blank?
        """),
        _led,
        SLOTS,
        table=_words,
    ),
    Step(
        "heading from data",
        ("complicate",),
        "value",
        lines("""
        Then add a first line to the result: the word that the {data} block "{table}" below has for {key}.
        Which lines do you get if the word for {key} in the {data} data "{table}" below comes first?
        """),
        _topped,
        SLOTS,
        table=_words,
    ),
    Step(
        "name from data",
        ("complicate",),
        "value",
        lines("""
        Give the function the name which the {data} block "{table}" below lists under {key}, and no other name.
        How does the code read if the function bears the name for {key} in the {data} data "{table}" below?
        """),
        _renamed,
        SLOTS,
        table=_words,
    ),
)
