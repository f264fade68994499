"""Tasks that the procedural teacher evolved are understood from their text alone, and are answered rightly."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen import resources
from ittgen.chance import pick, seeded
from ittgen.generators import parse
from ittgen.generators.evol_instruct import OPERATIONS
from ittgen.generators.evol_rules import grown, growth, leaked, lost, unchanged
from ittgen.prompts import PromptBook
from ittgen.records import Example
from ittgen.teachers.procedural import answer, solve
from ittgen.teachers.procedural.evolved import Evolved, understand
from ittgen.teachers.procedural.evolving import harder
from ittgen.teachers.procedural.families import FAMILIES, find, kin
from ittgen.teachers.procedural.family import Family, instruction
from ittgen.teachers.procedural.made import instance
from ittgen.teachers.procedural.steps import STEPS, peeled
from ittgen.teachers.procedural.steps.step import Step

BOOK = PromptBook(resources.prompts())
FOLDERS = {"general": "evol-instruct", "code": "evol-code"}
IN_DEPTH = [(flavour, op) for flavour, ops in OPERATIONS.items() for op in ops if op != "breadth"]
Text = tuple[str, str]

MEDIAN = "Find the median of the figures that I collected: tickets sold."
BLOCK = '```json\n{"rates": {\n  "north": 7,\n  "south": 30\n}}\n```'


def reply(name: str, seed: int = 0, noise: float = 0.0, **words: str) -> str:
    return answer(BOOK[name].render(words), {"seed": seed}, 0, noise)[0]


def evolve(flavour: str, operation: str, task: Text, seed: int = 0) -> Text:
    said = reply(f"{FOLDERS[flavour]}/{operation}", seed, instruction=task[0], input=task[1] or "<noinput>")
    assert re.fullmatch(r"<instruction>\n.+\n</instruction>\n<input>\n.+\n</input>", said, re.DOTALL), said
    found = parse.evolved_task(said)
    assert found is not None, said
    return found[0], found[1].removeprefix("\n")


def answered(task: Text) -> str:
    return reply("evol-instruct/answer", instruction=task[0], input=f"\n\n{task[1]}" if task[1] else "")


def a_task(family: Family, *parts: int | str) -> Text:
    rng = seeded("evolved", family.name, *parts)
    text = instruction(rng, family)
    task = find(text)
    assert task
    return text, instance(task, rng, "")[0]


def known(task: Text) -> Evolved:
    found = understand(*task)
    assert found is not None, task
    return found


@pytest.mark.parametrize("flavour", OPERATIONS)
def test_four_epochs_of_every_family_stay_understood_and_right(flavour: str) -> None:
    harder_ones = tries = 0
    for family in FAMILIES:
        task = a_task(family, flavour)
        for epoch in range(1, 5):
            operation = pick(seeded(family.name, epoch), OPERATIONS[flavour])
            before, task = task, evolve(flavour, operation, task, epoch)
            tries += 1
            harder_ones += task != before
            assert answered(task) == solve(*task) == known(task).solve(), task
            if operation != "breadth" and task != before:
                assert len(known(task).steps) == len(known(before).steps) + 1
    assert harder_ones > 0.97 * tries


@pytest.mark.parametrize(("flavour", "operation"), IN_DEPTH)
def test_an_operation_in_depth_passes_every_rule_of_the_generator(flavour: str, operation: str) -> None:
    for family in FAMILIES:
        before = a_task(family, operation)
        after = evolve(flavour, operation, before)
        parent, child = Example(*before), Example(*after)
        assert unchanged(child, [parent]) is None, after
        assert leaked(child, parent) is None and lost(child, parent) is None, after
        if operation not in ("complicate", "misleading"):
            assert after[1] == before[1] and 10 <= growth(child, parent) <= 22, after
            assert grown(child, parent, 0, 60) is None
        assert after[0].startswith(before[0].rstrip(".")) and find(before[0]) == known(after).base
        assert reply("evol-instruct/equal", **pair(before, after)) == "Not equal"


def pair(first: Text, second: Text) -> dict[str, str]:
    names = ("first_instruction", "first_input", "second_instruction", "second_input")
    return dict(zip(names, (text or "<noinput>" for text in (*first, *second)), strict=True))


def test_complicate_puts_data_below_the_input_that_the_answer_needs() -> None:
    for family in FAMILIES:
        before = a_task(family, "data")
        after = evolve("general", "complicate", before)
        text, block = after[1][: len(before[1])], after[1][len(before[1]) :].strip()
        assert text == before[1] and re.fullmatch(r"```\w+\n.*\n```", block, re.DOTALL), after
        assert known(after).input == before[1]
        assert solve(after[0], before[1]) is None, "the answer does without the data"


def test_breadth_gives_another_task_of_the_same_field_with_its_own_input() -> None:
    for family in FAMILIES:
        before = a_task(family, "breadth")
        after = evolve("general", "breadth", before)
        task = known(after)
        assert task.family in kin(family) and task.family is not family and not task.steps
        assert bool(task.family.make) == bool(after[1])
        assert answered(after) == solve(*after) is not None


def test_breadth_of_an_evolved_task_is_about_as_hard() -> None:
    task = (
        MEDIAN + " Then multiply the result by 3, and go on with only the remainder that is left on division by 50.",
        "9, 4, 7",
    )
    assert [len(known(evolve("general", "breadth", task, seed)).steps) for seed in range(20)] == [1] * 20


@pytest.mark.parametrize("flavour", OPERATIONS)
def test_a_task_it_does_not_know_is_evolved_in_depth_and_then_refused(flavour: str) -> None:
    before = ("Explain why the sky is blue at noon and red at dusk", "Write for children.")
    for operation in OPERATIONS[flavour]:
        after = evolve(flavour, operation, before)
        if operation == "breadth":
            assert solve(*after) is not None
            continue
        assert after[0].startswith(f"{before[0]}. ") and after[1] == before[1]
        assert 10 <= len(after[0].split()) - len(before[0].split()) <= 22
        assert understand(*after) is None and "sorry" in answered(after)


@pytest.mark.parametrize(
    ("steps", "right"),
    [
        ("", "7"),
        ("Then multiply the result by 30, and go on with only the remainder that is left on division by 97.", "16"),
        ("Now square the number found, subtract 9 from the square, and use the difference as the new result.", "40"),
        (
            "Set the final answer in bold as Markdown does it, with two asterisks on either side of it. "
            "Now square the number found, subtract 9 from the square, and use the difference as the new result. "
            'Below the answer, add a line that begins with "digit sum:" and gives the sum of its digits.',
            "**40**\ndigit sum: 4",
        ),
        (
            'Then add to the result the number which the JSON block "rates" below contains for south. '
            "Write the final number in English words, in small letters and with hyphens and "
            '"and" where they belong. '
            "To be specific, it is for Ms Novak on 3 June: write name, comma, date and colon before the answer.",
            "Ms Novak, 3 June: thirty-seven",
        ),
    ],
)
def test_values_come_first_then_forms_then_lines(steps: str, right: str) -> None:
    text = f"{MEDIAN} {steps}".strip()
    for task in ((text, f"9, 4, 7\n\n{BLOCK}"), (f"{text}\n\n{BLOCK}", "9, 4, 7"), (f"{text}\n{BLOCK}\n\n9, 4, 7", "")):
        if "rates" in steps or BLOCK not in task[0] + task[1]:
            assert solve(*task) == right
    assert solve(text.replace(" ", "\n "), f"9, 4, 7\n\n{BLOCK}" if "rates" in steps else "9, 4, 7") == right


def test_only_whole_sentences_are_steps() -> None:
    said = "Then multiply the result by 30, and go on with only the remainder that is left on division by"
    for spoilt in (f"{MEDIAN} {said}", f"{MEDIAN} {said} ten.", f"{MEDIAN}{said} 97."):
        assert not known((spoilt, "9, 4, 7")).steps
    assert understand(f"{said} 97.") is None


def test_data_that_are_missing_make_a_task_that_cannot_be_answered() -> None:
    text = f'{MEDIAN} Then add to the result the number which the JSON block "rates" below contains for'
    for key, said in (("south.", "9, 4, 7"), ("east.", f"9, 4, 7\n\n{BLOCK}")):
        assert solve(f"{text} {key}", said) is None
        assert "sorry" in answered((f"{text} {key}", said))


def test_the_system_message_does_not_disturb_an_answer() -> None:
    task = a_task(FAMILIES[0], "system")
    words = {"instruction": task[0], "input": f"\n\n{task[1]}"}
    for system in ("", "You are a teacher. Answer yes or no. Class label: classification.", "Think step by step."):
        assert answer(BOOK["distill/answer"].render(words, system), {}, 0, 0.0) == (solve(*task), "stop")


def test_the_same_request_is_evolved_in_the_same_way_and_another_sample_in_another() -> None:
    task = a_task(FAMILIES[0], "same")
    assert evolve("general", "deepen", task, 3) == evolve("general", "deepen", task, 3)
    assert len({evolve("general", "deepen", task, seed) for seed in range(20)}) > 5


NUMBER = st.sampled_from(["0", "1", "7", "97", "4000000000", "9" * 30])
SENTENCES = st.sampled_from([(step, text) for step in STEPS for text in step.templates])


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.sampled_from(FAMILIES), st.lists(SENTENCES, max_size=4), st.lists(NUMBER, min_size=8, max_size=8), st.text())
def test_no_numbers_in_the_steps_and_no_input_make_it_fail(
    family: Family, steps: list[tuple[Step, str]], numbers: list[str], given_text: str
) -> None:
    more = [re.sub(r"\{[nm]\}", lambda _: numbers.pop(), text) for _, text in steps]
    more = [re.sub(r"\{(table|key)\}", "north", text).replace("{data}", "JSON") for text in more]
    text, made = a_task(family, "any")
    for said in (made, given_text, f"{made}\n\n{BLOCK}".replace("rates", "north")):
        task = (" ".join([text, *more]), said)
        assert isinstance(solve(*task), str | None)
        assert answered(task) and reply("evol-instruct/reasoning", instruction=task[0], input=task[1])
        assert reply("judge/quality", instruction=task[0], input=f"\n\n{said}", output=made)


def test_every_step_is_used_and_no_sentence_is_ambiguous() -> None:
    seen: set[str] = set()
    for i, family in enumerate((*FAMILIES, *[f for f in FAMILIES if f.name == "python-function"] * 12) * 2):
        task = a_task(family, i)
        for epoch in range(4):
            rng = seeded("every step", i, epoch)
            operation = pick(rng, (*OPERATIONS["general"][:5], *OPERATIONS["code"]))
            task = harder(operation, *task, rng)
        for step in known(task).steps:
            seen.add(step.step.name)
            assert peeled(f"Do it. {sentence_of(task[0], step.step.templates)}")[1][0].step is step.step
    assert {step.name for step in STEPS} - seen <= {"grouped"}


def sentence_of(text: str, templates: tuple[str, ...]) -> str:
    """The sentence in the text that fits one of the templates."""
    for template in templates:
        pattern = re.sub(r"\\\{\w+\\\}", ".{1,60}?", re.escape(template))
        if match := re.search(pattern, " ".join(text.split())):
            return match[0]
    raise AssertionError(text)
