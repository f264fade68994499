"""What the procedural teacher writes without noise is read whole by the parsers that read models' replies."""

import pytest

from ittgen import resources
from ittgen.chance import seeded
from ittgen.generators import parse
from ittgen.prompts import PromptBook
from ittgen.teachers.procedural import answer, solve
from ittgen.teachers.procedural.families import FAMILIES, find
from ittgen.teachers.procedural.family import Family, instruction

BOOK = PromptBook(resources.prompts())
EACH_FAMILY = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


def reply(name: str, seed: int, noise: float = 0.0, **words: str) -> tuple[str, str]:
    return answer(BOOK[name].render(words), {}, seed, noise)


def some(family: Family) -> list[str]:
    rng = seeded("parsed", family.name)
    return [instruction(rng, family) for _ in range(6)]


def test_every_item_of_a_list() -> None:
    for seed in range(150):
        text, reason = reply("self-instruct/propose", seed, tasks="1. Name a river.", first="2", last="11")
        items = parse.instruction_list(text, reason, 2)
        assert items == [line.split(". ", 1)[1] for line in text.split("\n")]
        assert len(items) == 10 and all(map(find, items))


def test_every_block() -> None:
    shown = "1. Instruction: Name a river.\n1. Input: <noinput>\n1. Output: The Po"
    for seed in range(150):
        text, reason = reply("alpaca/propose", seed, tasks=shown, first="2", last="8")
        rows = parse.alpaca_blocks(text, reason, 2)
        assert len(rows) == 7, text
        assert all(solve(task, given) == output for task, given, output in rows)


@EACH_FAMILY
def test_every_verdict(family: Family) -> None:
    for text in some(family):
        assert parse.yes_no(reply("self-instruct/classify", 0, instruction=text)[0]) is family.is_classification


@EACH_FAMILY
def test_every_instance_and_every_output_is_right(family: Family) -> None:
    kind = "output-first" if family.is_classification else "input-first"
    read = parse.instances_output_first if family.is_classification else parse.instances_input_first
    for seed, text in enumerate(some(family)):
        said, reason = reply(f"self-instruct/{kind}", seed, instruction=text)
        rows = read(said, reason)
        assert len(rows) == said.count("\nInput: "), said
        assert all(solve(text, given) == output and given != output for given, output in rows), said


def test_a_task_it_does_not_know_yields_nothing() -> None:
    words = {"instruction": "Explain why the sky is blue."}
    assert parse.yes_no(reply("self-instruct/classify", 0, **words)[0]) is None
    assert parse.instances_input_first(*reply("self-instruct/input-first", 0, **words)) == []
    assert parse.instances_output_first(*reply("self-instruct/output-first", 0, **words)) == []


def test_careless_replies_still_yield_mostly_good_rows() -> None:
    right = wrong = 0
    for family in FAMILIES:
        if family.is_classification:
            continue
        for seed, text in enumerate(some(family)):
            rows = parse.instances_input_first(*reply("self-instruct/input-first", seed, 0.15, instruction=text))
            right += sum(solve(text, given) == output for given, output in rows)
            wrong += sum(solve(text, given) != output for given, output in rows)
    assert right > 1000 and 0 < wrong < 0.15 * right
