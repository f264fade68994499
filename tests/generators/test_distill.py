"""Distillation: which rows are asked, how, and what becomes of every reply and every field."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pytest

from ittgen import resources
from ittgen.ask import Asking, Voice
from ittgen.calls import Request, Response, Usage
from ittgen.generators.base import Slot, Work
from ittgen.generators.distill import Distill
from ittgen.generators.systems import library
from ittgen.plugins import build
from ittgen.prompts import PromptBook
from ittgen.records import Draft, Example, Message, Rejection
from ittgen.text import JSON, digest

TASK = Example("Add the numbers.", "2\n3", meta={"id": "s1", "kind": "mathematics"})
BOOK = PromptBook(resources.prompts())


@dataclass(frozen=True)
class Script:
    """A teacher that gives its replies in order and remembers the requests."""

    replies: list[Response]
    heard: list[Request] = field(default_factory=list)
    name: str = "script"

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": self.name}

    async def ask(self, request: Request) -> Response:
        self.heard.append(request)
        return self.replies[len(self.heard) - 1]

    async def close(self) -> None: ...


def said(*texts: str) -> list[Response]:
    return [Response(text) for text in texts]


async def run(
    generator: Distill, *replies: Response, task: Example = TASK, notes: Mapping[str, JSON] | None = None
) -> tuple[list[Draft], list[Request]]:
    """The drafts, and what was asked through a real Ask with the packaged prompts."""
    teacher = Script(list(replies))
    voice = Voice("", "m", {"max_tokens": 50}, {"kind": "script"}, BOOK)
    names = ("", *generator.teacher_names)
    asking = Asking(
        dict.fromkeys(names, teacher), {n: replace(voice, name=n) for n in names}, "x", 0, generator.prompts
    )
    drafts = await generator.run(Work((task,), notes or {}), asking)
    assert len(teacher.heard) == len(replies), "every reply was asked for"
    return drafts, teacher.heard


def example(draft: Draft) -> Example:
    assert isinstance(draft, Example), draft
    return draft


def rejections(drafts: list[Draft]) -> list[Rejection]:
    return [draft for draft in drafts if isinstance(draft, Rejection)]


def slot(number: int, *source: Example) -> Slot:
    return Slot(number, source, [], 42, "answer")


def works(generator: Distill, task: Example, n: int = 400) -> list[Work]:
    found = [generator.plan(slot(i, *([task] * n))) for i in range(n)]
    return [work for work in found if work]


# What is asked


def test_a_slot_is_one_task_and_there_are_as_many_as_tasks() -> None:
    tasks = [Example(f"Task {i}.") for i in range(3)]
    assert [Distill().plan(slot(i, *tasks)) for i in range(4)] == [*(Work((task,)) for task in tasks), None]
    assert not Distill().reads_pool and Distill().expects() == (1, 1)


async def test_the_teacher_gets_the_task_as_a_student_would() -> None:
    _, [asked] = await run(Distill(sampling={"temperature": 0.5}), *said("5"))
    assert asked.messages[-1] == Message("user", "Add the numbers.\n\n2\n3")
    assert [message.role for message in asked.messages] == ["system", "user"]
    assert asked.sampling == {"max_tokens": 50, "temperature": 0.5} and asked.sample == 0
    for empty in ("", " \n"):
        _, [asked] = await run(Distill(), *said("5"), task=Example("Name a prime.", empty))
        assert asked.messages[-1].content == "Name a prime."


async def test_an_answer_becomes_the_output_and_every_other_field_stays() -> None:
    task = replace(TASK, turns=(Message("user", "Why?"),), scores={"difficulty": 2.0})
    drafts, _ = await run(Distill(), *said("\n\n5\n"), task=task)
    assert drafts == [replace(task, output="5")]


async def test_code_keeps_the_indentation_of_its_first_line() -> None:
    [draft], _ = await run(Distill(), *said("    x = 1\n    y = 2\n"))
    assert example(draft).output == "    x = 1\n    y = 2"


# Rows that have an output


async def test_a_row_with_an_output_passes_through_unasked() -> None:
    row = replace(TASK, output="5", reasoning="Count on.", scores={"quality": 4.0})
    assert await run(Distill(), task=row) == ([row], [])
    _, asked = await run(Distill(), *said("5"), task=replace(TASK, output=" \n"))
    assert len(asked) == 1


async def test_re_answering_loses_no_field() -> None:
    row = Example(
        "Add.",
        "2\n3",
        "6",
        "Guessed.",
        "Be brief.",
        (Message("user", "Sure?"),),
        {"quality": 4.0},
        {"x": [1], "id": "a"},
    )
    [draft], [asked] = await run(Distill(replace_outputs=True), *said("5"), task=row)
    kept = {
        "replaced_output": "6",
        "replaced_reasoning": "Guessed.",
        "replaced_scores": {"quality": 4.0},
        "replaced_turns": [{"role": "user", "content": "Sure?"}],
    }
    assert draft == replace(row, output="5", reasoning="", turns=(), scores={}, meta={**row.meta, **kept})
    assert asked.messages[0] == Message("system", "Be brief.")
    [draft], _ = await run(Distill(replace_outputs=True), *said("7"), task=example(draft))
    meta = example(draft).meta
    assert (meta["replaced_output"], meta["replaced_output_2"], meta["x"]) == ("6", "5", [1])


async def test_what_meta_says_of_the_old_answer_is_not_said_of_the_new_one() -> None:
    meta: dict[str, JSON] = {"system_prompt": "steps", "system_for_teacher": "Go by steps.", "truncated": True, "x": 1}
    row = replace(TASK, output="6", system="Go by steps.", meta=meta)
    [draft], [asked] = await run(Distill(replace_outputs=True), *said("5"), task=row)
    assert asked.messages[0].content == "Go by steps."
    replaced = {f"replaced_{name}": value for name, value in meta.items() if name != "x"}
    assert example(draft).meta == {"x": 1, "replaced_output": "6", **replaced}
    again = Distill(replace_outputs=True, systems={"any": {"child": 1}})
    assert [work.notes for work in works(again, row, 1)] == [{"system": "child"}], "a drawn one is drawn anew"


async def test_a_failed_re_answer_keeps_the_old_output_in_the_rejection() -> None:
    row = replace(TASK, output="6")
    drafts, _ = await run(Distill(replace_outputs=True), Response("", "refusal"), task=row)
    [rejection] = rejections(drafts)
    assert isinstance(rejection.draft, Example) and rejection.draft.meta["replaced_output"] == "6"


# What is no answer


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "error"])
async def test_a_refused_request_is_a_rejection_named_by_its_reason(reason: str) -> None:
    drafts, _ = await run(Distill(), Response("No.", reason, error="why"))
    assert drafts == [Rejection(replace(TASK, output="No."), reason, note="why")]


@pytest.mark.parametrize(
    "reply, rule",
    [
        (Response("5", "tool_calls"), "tool_calls"),
        (Response(" \n"), "no-answer"),
        (Response("", reasoning="2 + 3"), "no-answer"),
        (Response("<think>2 + 3</think>\n"), "no-answer"),
        (Response("<think>2 + 3"), "no-answer"),
    ],
)
async def test_a_reply_without_an_answer_is_a_rejection(reply: Response, rule: str) -> None:
    drafts, _ = await run(Distill(), reply)
    assert [rejection.rule for rejection in rejections(drafts)] == [rule] and len(drafts) == 1


async def test_an_unknown_finish_reason_is_an_answer_like_any_other() -> None:
    assert (await run(Distill(), Response("5", "eos")))[0] == [replace(TASK, output="5")]


# Answers cut off

CUT = Response("2 + 3 i", "length", Usage(completion_tokens=30))


async def test_an_answer_cut_off_is_asked_for_again_with_twice_the_room() -> None:
    drafts, asked = await run(Distill(sampling={"max_tokens": 20, "temperature": 1}), CUT, *said("5"))
    assert drafts[0] == replace(TASK, output="5")
    assert [(r.rule, r.limit, r.note) for r in rejections(drafts)] == [
        ("truncated", 20, "asked again with twice the room")
    ]
    assert [request.sampling["max_tokens"] for request in asked] == [20, 40]
    assert asked[1].sampling["temperature"] == 1 and asked[0].key != asked[1].key


async def test_it_is_asked_for_again_only_once() -> None:
    drafts, _ = await run(Distill(sampling={"max_tokens": 20}), CUT, CUT)
    assert [r.rule for r in rejections(drafts)] == ["truncated", "truncated"] and len(drafts) == 2


async def test_the_room_is_the_limit_of_the_teacher_or_what_the_answer_took() -> None:
    _, asked = await run(Distill(sampling={"max_completion_tokens": 20}), CUT, *said("5"))
    assert asked[1].sampling["max_completion_tokens"] == 40
    _, asked = await run(Distill(), CUT, *said("5"))
    assert asked[1].sampling["max_tokens"] == 60
    drafts, _ = await run(Distill(), Response("2 +", "length"))
    assert "not known" in rejections(drafts)[0].note


async def test_an_answer_cut_off_is_rejected_or_kept_and_marked() -> None:
    drafts, _ = await run(Distill(truncated="reject"), CUT)
    assert [(r.rule, r.draft) for r in rejections(drafts)] == [("truncated", replace(TASK, output="2 + 3 i"))]
    drafts, _ = await run(Distill(truncated="keep"), CUT)
    assert drafts == [replace(TASK, output="2 + 3 i", meta={**TASK.meta, "truncated": True})]
    drafts, _ = await run(Distill(truncated="keep"), Response("<think>2 +", "length"))
    assert [r.rule for r in rejections(drafts)] == ["truncated"], "nothing was said that could be kept"


# Reasoning


@pytest.mark.parametrize(
    "reply",
    [Response("5", reasoning="2 + 3"), Response("<think>\n2 + 3\n</think>\n\n5"), Response("2 + 3\n</think>\n5")],
)
async def test_the_servers_reasoning_has_its_own_field_or_none(reply: Response) -> None:
    assert (await run(Distill(), reply))[0] == [replace(TASK, output="5", reasoning="2 + 3")]
    assert (await run(Distill(reasoning="none"), reply))[0] == [replace(TASK, output="5")]


TAGGED = "<reasoning>\n2 + 3\n</reasoning>\n<answer>\n5\n</answer>"


async def test_reasoning_in_tags_is_asked_for_and_read() -> None:
    generator = Distill(reasoning="tags")
    assert generator.prompts == ("distill/tagged",)
    drafts, [asked] = await run(generator, Response(TAGGED, reasoning="hidden"))
    assert drafts == [replace(TASK, output="5", reasoning="2 + 3")]
    assert asked.messages[-1].content.endswith("\n\nTask:\nAdd the numbers.\n\n2\n3")


@pytest.mark.parametrize(
    "reply, rules",
    [
        (Response("5"), ["unparsed"]),
        (Response("<reasoning>2 + 3</reasoning><answer> </answer>"), ["no-answer"]),
        (Response("<answer><reasoning>2 + 3</reasoning>5</answer>"), ["unparsed"]),
        (Response("<reasoning>2 + 3</reasoning><answer>5", "length"), ["truncated"]),
    ],
)
async def test_tags_that_are_not_there_or_not_full_are_no_answer(reply: Response, rules: list[str]) -> None:
    for truncated in ("reject", "keep"):
        drafts, _ = await run(Distill(reasoning="tags", truncated=truncated), reply)  # type: ignore[arg-type]
        assert [r.rule for r in rejections(drafts)] == rules and len(drafts) == 1


async def test_a_reply_cut_off_behind_its_last_tag_is_complete() -> None:
    drafts, _ = await run(Distill(reasoning="tags"), Response(TAGGED + "\nI ho", "length"))
    assert drafts == [replace(TASK, output="5", reasoning="2 + 3")]


# System prompts


async def test_the_system_prompt_drawn_is_what_teacher_and_student_see() -> None:
    drafts, [asked] = await run(Distill(systems="orca"), *said("5"), notes={"system": "steps"})
    steps = library().prompts["steps"]
    meta = {**TASK.meta, "system_prompt": "steps", "system_for_teacher": steps}
    assert drafts == [replace(TASK, output="5", system=steps, meta=meta)]
    assert asked.messages[0] == Message("system", steps)


@pytest.mark.parametrize("student", ["", "Be careful and helpful."])
async def test_prompt_erasure_keeps_what_the_teacher_saw_in_meta(student: str) -> None:
    drafts, _ = await run(Distill(systems="orca-2", student_system=student), *said("5"), notes={"system": "steps"})
    assert example(drafts[0]).system == student
    assert example(drafts[0]).meta["system_for_teacher"] == library().prompts["steps"]


async def test_no_system_prompt_can_be_drawn_as_well() -> None:
    drafts, [asked] = await run(Distill(systems="orca"), *said("5"), notes={"system": "none"})
    assert [message.role for message in asked.messages] == ["user"]
    assert (example(drafts[0]).system, example(drafts[0]).meta["system_for_teacher"]) == ("", "")


async def test_a_row_keeps_its_own_system_prompt_unless_it_is_erased() -> None:
    task = replace(TASK, system="You are a pirate.")
    assert all("system" not in work.notes for work in works(Distill(systems="orca"), task, 20))
    drafts, [asked] = await run(Distill(systems="orca"), *said("5"), task=task)
    assert drafts == [replace(task, output="5")] and asked.messages[0].content == "You are a pirate."
    drafts, _ = await run(Distill(student_system=""), *said("5"), task=task)
    assert drafts == [replace(TASK, output="5", meta={**TASK.meta, "system_for_teacher": "You are a pirate."})]


def test_system_prompts_are_drawn_by_the_kind_of_the_task() -> None:
    generator = Distill(systems={"mathematics": {"check": 3, "none": 1}, "any": {"child": 1}})
    count = Counter(work.notes["system"] for work in works(generator, TASK))
    assert count.keys() == {"check", "none"} and 260 < count["check"] < 340
    assert {work.notes["system"] for work in works(generator, Example("Rhyme."), 9)} == {"child"}


def test_what_may_be_drawn_is_part_of_the_stage() -> None:
    described = [digest(asdict(Distill(systems=s))) for s in ("", "orca", "orca-2")]
    assert len(set(described)) == 3
    assert Distill().library == "" and len(Distill(systems="orca").library) == 64


# Several teachers


async def test_each_task_is_drawn_its_teacher_by_weight() -> None:
    generator = Distill(teachers={"a": 3, "b": 1, "never": 0})
    assert generator.teacher_names == ("a", "b")
    planned = works(generator, TASK)
    count = Counter(work.notes["teacher"] for work in planned)
    assert 260 < count["a"] < 340 and count["never"] == 0
    assert planned == works(generator, TASK), "the same slot always draws the same"
    teachers = {name: Script(said("5"), name=name) for name in ("", "a", "b")}
    voices = {name: Voice(name, name, {}, teacher.identity, BOOK) for name, teacher in teachers.items()}
    asking = Asking(teachers, voices, "x", 0, generator.prompts)
    await generator.run(Work((TASK,), {"teacher": "b"}), asking)
    assert asking.identity == {"kind": "b"} and not teachers["a"].heard and not teachers[""].heard


# Several samples


async def test_the_first_usable_sample_is_taken_and_no_more_are_asked_for() -> None:
    drafts, asked = await run(Distill(n=4), Response("", "refusal"), *said("", "5"))
    assert [request.sample for request in asked] == [0, 1, 2]
    assert drafts[0] == replace(TASK, output="5") and [r.rule for r in rejections(drafts)] == ["refusal", "no-answer"]


JUDGED = Distill(n=3, choose="judge", judge="strong")


async def test_the_sample_with_the_best_score_wins_and_the_earliest_of_equals() -> None:
    drafts, asked = await run(JUDGED, *said("6", "5", "five", "Score: 2", "Right. Score: 9", "Score: 9"))
    assert JUDGED.prompts == ("distill/answer", "judge/quality") and JUDGED.teacher_names == ("strong",)
    assert [request.sample for request in asked] == [0, 1, 2, 0, 0, 0]
    assert [request.sampling.get("temperature") for request in asked[3:]] == [0, 0, 0]
    assert example(drafts[1]) == replace(TASK, output="5", scores={"quality": 9.0})
    lost = [(r.rule, r.value, r.limit, example(r.draft).output) for r in rejections(drafts)]  # type: ignore[arg-type]
    assert lost == [("not-chosen", 2.0, 9.0, "6"), ("not-chosen", 9.0, 9.0, "five")]
    assert rejections(drafts)[0].draft.scores == {"quality": 2.0}  # type: ignore[union-attr]  # an example, see above


async def test_a_sample_the_judge_did_not_score_is_never_taken() -> None:
    drafts, _ = await run(JUDGED, *said("6", "5", "five", "Great!", "Score: 1", "Score: 99"))
    assert [example(d).output for d in drafts if isinstance(d, Example)] == ["5"]
    assert [(r.rule, r.note) for r in rejections(drafts)] == [
        ("unscored", "the judge gave no score: Great!"),
        ("unscored", "the judge gave no score: Score: 99"),
    ]
    drafts, _ = await run(JUDGED, *said("6", "5", "five", "?", "?", "?"))
    assert [r.rule for r in rejections(drafts)] == ["unscored"] * 3 and len(drafts) == 3


async def test_only_usable_samples_are_judged_and_a_single_one_too() -> None:
    drafts, asked = await run(JUDGED, Response("", "refusal"), *said("5", " ", "Score: 3"))
    assert drafts[0] == replace(TASK, output="5", scores={"quality": 3.0}) and len(asked) == 4
    drafts, _ = await run(JUDGED, *[Response("", "refusal")] * 3)
    assert [r.rule for r in rejections(drafts)] == ["refusal"] * 3


async def test_the_answer_most_samples_come_to_wins() -> None:
    generator = Distill(n=4, choose="agreement")
    drafts, asked = await run(generator, *said("It is 6.", "2 + 3 = 5", "So:\n**5.0**", "Answer: 7"))
    assert generator.prompts == ("distill/answer",) and len(asked) == 4
    assert example(drafts[1]) == replace(TASK, output="2 + 3 = 5", scores={"agreement": 0.5})
    assert [(r.rule, r.value, r.limit) for r in rejections(drafts)] == [
        ("not-chosen", 0.25, 0.5),
        ("not-chosen", 0.5, 0.5),
        ("not-chosen", 0.25, 0.5),
    ]


async def test_shares_are_of_the_usable_samples() -> None:
    drafts, _ = await run(Distill(n=3, choose="agreement"), Response("", "refusal"), *said("5", "It is 5"))
    assert example(drafts[0]).scores == {"agreement": 1.0}


# Options


@pytest.mark.parametrize(
    "options, fault",
    [
        ({"choose": "juge", "n": 2}, 'choose: there is no "juge" \\(did you mean "judge"'),
        ({"reasoning": "tag"}, 'reasoning: there is no "tag" \\(did you mean "tags"'),
        ({"truncated": "rejekt"}, 'did you mean "reject"'),
        ({"systems": "orka"}, 'there is no set "orka" \\(did you mean "orca"'),
        ({"systems": {"any": {"step": 1}}}, 'there is no "step" \\(did you mean "steps"'),
        ({"systems": {"any": {"steps": 0}}}, "all weights are 0"),
        ({"teachers": {"a": -1, "b": 2}}, 'the weight of "a" must be 0 or more'),
        ({"teachers": {"a": 0}}, "all weights are 0"),
        ({"teachers": {"": 1}}, "a name is empty"),
        ({"n": 0}, "n must be 1 or more"),
        ({"choose": "judge"}, "needs n above 1"),
        ({"choose": "agreement"}, "needs n above 1"),
        ({"judge": "strong"}, "never asked"),
        ({"sampling": {"max_tokens": "9"}}, "max_tokens must be a number"),
        ({"judge_sampling": {"n": 2}}, "n buys answers"),
    ],
)
def test_options_that_cannot_hold_are_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Distill(**options)


def test_a_recipe_builds_it() -> None:
    options: dict[str, JSON] = {"n": 2, "choose": "judge", "systems": {"any": {"steps": 1}}, "teachers": {"a": 2}}
    built = build("generator", "distill", options, "here")
    assert built == Distill(n=2, choose="judge", systems={"any": {"steps": 1.0}}, teachers={"a": 2.0})
    assert built.expects() == (4, 1)


async def test_a_refusal_that_the_server_did_not_call_one_is_rejected() -> None:
    [draft], _ = await run(Distill(), *said("I'm sorry, but I can't help with that."))
    assert isinstance(draft, Rejection) and (draft.rule, draft.limit) == ("refusal", 80)


async def test_an_answer_that_only_begins_politely_is_no_refusal() -> None:
    [draft], _ = await run(Distill(), *said("I'm sorry for being late yesterday; the bus broke down."))
    assert isinstance(draft, Example)


async def test_refusals_pass_where_the_recipe_lets_them() -> None:
    [draft], _ = await run(Distill(refusal_words=0), *said("I cannot assist with that request."))
    assert isinstance(draft, Example)
