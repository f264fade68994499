"""The grammar's tasks are whole, different from each other, and have instances that nothing is wrong with."""

import re
from random import Random

import pytest

from ittgen import plugins
from ittgen.chance import seeded
from ittgen.dedup.rouge import rouge_l
from ittgen.filters.base import screen
from ittgen.filters.defaults import DEFAULT
from ittgen.records import Example
from tests.tiny_teacher.grammar import Kind, Task, draw, fill, kinds, several, words

KINDS = {kind.name: kind for kind in kinds()}
OFTEN = 60


def tasks(kind: Kind) -> list[Task]:
    return [draw(seeded(1, kind.name, number), [kind]) for number in range(OFTEN)]


def texts(kind: Kind) -> list[str]:
    paired = [text for pair in kind.pairs for text in pair]
    return [*kind.say, *kind.output, *paired, *(text for inputs in kind.labels.values() for text in inputs)]


@pytest.mark.parametrize("kind", kinds(), ids=KINDS.keys())
def test_every_text_of_a_kind_can_be_filled(kind: Kind) -> None:
    for text in texts(kind):
        filled = fill(Random(1), text, {})
        assert not re.search(r"[{}/|]|  ", filled) and filled.strip() == filled


@pytest.mark.parametrize("kind", kinds(), ids=KINDS.keys())
def test_a_kind_makes_instances_in_exactly_one_way(kind: Kind) -> None:
    assert sum(map(bool, (kind.output, kind.pairs, kind.labels))) == 1


@pytest.mark.parametrize("kind", kinds(), ids=KINDS.keys())
def test_instances_are_such_that_a_stage_would_keep_them(kind: Kind) -> None:
    rules = [plugins.build("filter", name, {}, "test") for name in DEFAULT]
    for number, task in enumerate(tasks(kind)):
        rows = [Example(task.instruction, input=given, output=said) for given, said in task.instances(seeded(number))]
        assert rows and [screen(row, rules) for row in rows] == rows
        assert len({row.input for row in rows}) == len(rows)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.labels], ids=lambda kind: kind.name)
def test_a_classification_names_its_labels_and_has_an_instance_of_each(kind: Kind) -> None:
    for number, task in enumerate(tasks(kind)):
        labels = [said for _, said in task.instances(seeded(number))]
        assert task.is_classification and sorted(labels) == sorted(kind.labels)
        assert all(label in task.instruction for label in labels)


def test_slots_of_one_list_hold_different_words_and_keep_them() -> None:
    for number in range(OFTEN):
        slots: dict[str, str] = {}
        first, second, again = fill(seeded(number), "{thing} | {thing2} | {thing}", slots).split(" | ")
        assert first == again != second and {first, second} <= set(words()["thing"])
        assert fill(seeded(0), "{Thing2}", slots).lower() == second


def test_what_the_wording_says_holds_for_the_instances() -> None:
    for task in tasks(KINDS["reply"]):
        if day := task.slots.get("day"):
            said = " ".join(output for _, output in task.instances(seeded(task.instruction)))
            assert not re.search(r"\b(?!" + day + r")\w+day\b", said)


def test_no_word_stands_twice_in_a_list() -> None:
    assert all(len(set(several)) == len(several) > 1 and all(several) for several in words().values())


def test_the_same_seed_gives_the_same_task() -> None:
    first, again = (draw(seeded(5), kinds()) for _ in range(2))
    assert first == again and first.instances(seeded(6)) == again.instances(seeded(6))


def test_several_tasks_are_of_different_kinds() -> None:
    drawn = several(seeded(2), 7)
    assert len({task.kind.name for task in drawn}) == 7


def test_most_of_a_hundred_tasks_are_no_near_duplicates() -> None:
    kept: list[str] = []
    for number in range(100):
        task = draw(seeded("distinct", number), kinds()).instruction
        if all(rouge_l(task, other) <= 0.7 for other in kept):
            kept.append(task)
    assert 60 <= len(kept) < 100
