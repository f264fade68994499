"""The tiny teacher learns what ittgen really asks, and replies that ittgen really reads."""

import re
from typing import Any

import pytest

from ittgen.calls import Response
from ittgen.chance import seeded
from ittgen.generators.base import Work
from ittgen.generators.distill import Distill
from ittgen.generators.instances import Instances
from ittgen.generators.self_instruct import SelfInstruct
from ittgen.records import Draft, Example, Message
from tests.tiny_teacher.lessons import BOOK, LESSONS, NEW, SHOWN, Lesson, instructions

EXAMPLE, LABEL = "Example 1\nInput: 1\nOutput: 2", "Class label: odd\nInput: 1"


class Classroom:
    """A teacher's voice that writes down the messages of every request; it says what it is told to by prompt."""

    def __init__(self, **replies: str) -> None:
        self.replies = {name.replace("_", "-"): reply for name, reply in replies.items()}
        self.asked: list[tuple[Message, ...]] = []

    async def __call__(
        self, prompt: str, /, *, teacher: str = "", sample: int = 0, sampling: Any = None, schema: Any = None,
        system: str | None = None, **variables: str,
    ) -> Response:  # fmt: skip
        self.asked.append(BOOK[prompt].render(variables, system))
        return Response(self.replies[prompt.split("/")[1]], "stop")


def lessons(name: str, count: int = 40) -> list[Lesson]:
    return [
        LESSONS[f"self-instruct/{name}" if name != "answer" else "distill/answer"](seeded(7, i)) for i in range(count)
    ]


def question(lesson: Lesson) -> str:
    return lesson.messages[-1].content


def work(lesson: Lesson) -> Work:
    """The task that a lesson's question states."""
    return Work((Example(question(lesson).partition("Task: ")[2]),))


def kept(drafts: list[Draft]) -> list[Example]:
    """The drafts, all of which are rows."""
    rows = [draft for draft in drafts if isinstance(draft, Example)]
    assert rows and len(rows) == len(drafts)
    return rows


async def test_a_list_is_asked_for_as_self_instruct_does_and_seven_tasks_are_read_from_it() -> None:
    for lesson in lessons("propose"):
        shown = re.findall(r"^\d+\. (.+)$", question(lesson).partition("The list so far")[2], re.MULTILINE)
        ask = Classroom(propose=lesson.reply)
        drafts = await SelfInstruct().run(Work(tuple(map(Example, shown))), ask)
        assert ask.asked == [lesson.messages] and len(shown) == SHOWN
        assert len(kept(drafts)) == NEW


def test_six_of_the_tasks_shown_are_seeds_and_now_and_then_more() -> None:
    counts = [sum(f". {seed}\n" in question(lesson) for seed in instructions()) for lesson in lessons("propose", 200)]
    seeds = [count for count in counts if count == 6]
    assert 150 < len(seeds) < 200


@pytest.mark.parametrize("reply, next_prompt", [("Yes", "output-first"), ("No", "input-first")])
async def test_the_kind_of_a_task_is_asked_for_as_instances_does(reply: str, next_prompt: str) -> None:
    chosen = [lesson for lesson in lessons("classify") if lesson.reply == reply]
    assert len(chosen) > 5
    for lesson in chosen:
        ask = Classroom(classify=lesson.reply, input_first=EXAMPLE, output_first=LABEL)
        (row,) = kept(await Instances().run(work(lesson), ask))
        assert ask.asked[0] == lesson.messages
        assert ask.asked[1][0].content == BOOK[f"self-instruct/{next_prompt}"].system
        assert row.meta == {"is_classification": reply == "Yes"}


@pytest.mark.parametrize("name, kind", [("input-first", "No"), ("output-first", "Yes")])
async def test_instances_are_asked_for_and_read_as_instances_does(name: str, kind: str) -> None:
    for lesson in lessons(name):
        ask = Classroom(classify=kind, **{name.replace("-", "_"): lesson.reply})
        rows = kept(await Instances().run(work(lesson), ask))
        assert ask.asked[1] == lesson.messages
        assert 1 <= len(rows) <= 3 and all(row.output for row in rows)


async def test_an_answer_is_asked_for_as_distill_does() -> None:
    for lesson in lessons("answer"):
        instruction, _, given = question(lesson).partition("\n\n")
        ask = Classroom(answer=lesson.reply)
        (row,) = kept(await Distill().run(Work((Example(instruction, input=given),)), ask))
        assert ask.asked == [lesson.messages] and row.output == lesson.reply


def test_a_lesson_depends_on_its_seed_alone() -> None:
    for name, lesson in LESSONS.items():
        assert lesson(seeded(name, 1)) == lesson(seeded(name, 1)) != lesson(seeded(name, 2))
