"""Self-Instruct's second and third step: the kind of a task, its instances, and why some are not kept."""

from typing import Any

import pytest

from ittgen.calls import Response
from ittgen.generators.base import Slot, Work
from ittgen.generators.instances import Instances
from ittgen.records import Draft, Example, Rejection

TASK = Example("Is the number even?", system="Be brief.")
CLASSIFY, INPUT_FIRST, OUTPUT_FIRST = Instances.prompts


class Canned:
    """A teacher's voice with one response a prompt, which remembers what it was asked."""

    def __init__(self, **responses: Response) -> None:
        self.responses = responses
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def __call__(self, prompt: str, /, **given: Any) -> Response:
        self.asked.append((prompt, given))
        return self.responses[prompt.removeprefix("self-instruct/").replace("-", "_")]


def canned(kind: str, text: str, finish_reason: str = "stop") -> Canned:
    reply = Response(text, finish_reason)
    return Canned(classify=Response(kind, "length"), input_first=reply, output_first=reply)


async def drafts_of(kind: str, text: str, finish_reason: str = "stop", **options: Any) -> list[Draft]:
    return await Instances(**options).run(Work((TASK,)), canned(kind, text, finish_reason))


def rules(drafts: list[Draft]) -> list[str]:
    return [draft.rule for draft in drafts if isinstance(draft, Rejection)]


def example(said: str, output: str, is_classification: bool) -> Example:
    return Example(TASK.instruction, said, output, system="Be brief.", meta={"is_classification": is_classification})


def test_a_slot_is_one_task_and_there_are_as_many_as_tasks() -> None:
    source = [Example(f"Task {i}.") for i in range(3)]
    plans = [Instances().plan(Slot(i, source, [], 1, "instances")) for i in range(4)]
    assert plans == [*(Work((task,)) for task in source), None]


async def test_a_classification_is_asked_for_labels_first_and_any_other_task_for_inputs_first() -> None:
    for kind, prompt, tokens in (("Yes", OUTPUT_FIRST, 300), ("No", INPUT_FIRST, 350)):
        ask = canned(kind, "Class label: yes\nInput: 4" if kind == "Yes" else "Input: 4\nOutput: yes")
        drafts = await Instances().run(Work((TASK,)), ask)
        assert [name for name, _ in ask.asked] == [CLASSIFY, prompt]
        assert all(given["instruction"] == TASK.instruction for _, given in ask.asked)
        assert [given["sampling"]["max_tokens"] for _, given in ask.asked] == [3, tokens]
        assert all(given["sampling"]["temperature"] == 0 and "stop" not in given["sampling"] for _, given in ask.asked)
        assert drafts == [example("4", "yes", kind == "Yes")]


async def test_sampling_holds_for_vllm_and_openai_alike() -> None:
    generator = Instances()
    for sampling in (generator.classify, generator.input_first, generator.output_first):
        assert 0 < sampling["top_p"] <= 1  # type: ignore[operator]  # vLLM refuses 0


async def test_an_unclear_kind_rejects_the_task_and_asks_no_further() -> None:
    ask = canned("Perhaps", "")
    assert await Instances().run(Work((TASK,)), ask) == [Rejection(TASK, "classify-unparsed", note="Perhaps")]
    assert len(ask.asked) == 1


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "error"])
async def test_a_refused_question_is_a_rejection_at_either_step(reason: str) -> None:
    refused = Response("No", reason, error="policy")
    first = Canned(classify=refused)
    second = Canned(classify=Response("No"), input_first=refused)
    for ask in (first, second):
        assert await Instances().run(Work((TASK,)), ask) == [Rejection("No", reason, note="policy")]
    assert (len(first.asked), len(second.asked)) == (1, 2)


async def test_the_same_input_with_other_outputs_rejects_all_instances_of_the_task() -> None:
    drafts = await drafts_of(
        "Yes", "Class label: yes\nInput: 4\n\nClass label: no\nInput: 4\n\nClass label: no\nInput: 5"
    )
    assert rules(drafts) == ["conflicting-outputs"] * 3 and len(drafts) == 3


async def test_several_outputs_without_input_do_not_conflict() -> None:
    reply = "Example 1\nInput: <noinput>\nOutput: a\n\nExample 2\nInput: None\nOutput: b"
    assert await drafts_of("No", reply) == [example("", "a", False), example("", "b", False)]


async def test_instances_beyond_the_limit_are_rejected_with_it() -> None:
    reply = "\n\n".join(f"Example {i}\nInput: {i}\nOutput: {i + 1}" for i in range(1, 8))
    drafts = await drafts_of("No", reply)
    assert drafts[:5] == [example(str(i), str(i + 1), False) for i in range(1, 6)]
    assert [(d.rule, d.value, d.limit) for d in drafts[5:] if isinstance(d, Rejection)] == [("max-instances", 7, 5)] * 2
    assert len(await drafts_of("No", reply, max_instances=7)) == 7


async def test_only_the_instance_cut_off_is_rejected_as_truncated() -> None:
    drafts = await drafts_of("No", "Example 1\nInput: 1\nOutput: 2\n\nExample 2\nInput: 2\nOutput: 3 a", "length")
    assert drafts[0] == example("1", "2", False)
    assert [(d.draft, d.rule) for d in drafts[1:] if isinstance(d, Rejection)] == [
        ("Input: 2\nOutput: 3 a", "truncated")
    ]


async def test_a_piece_without_output_and_a_reply_without_fields_are_kept_as_unparsed() -> None:
    drafts = await drafts_of("No", "Example 1\nInput: 1\n\nExample 2\nInput: 2\nOutput: 3")
    assert drafts[0] == example("2", "3", False) and rules(drafts) == ["unparsed"]
    [only] = await drafts_of("No", "Seven is odd.")
    assert isinstance(only, Rejection) and (only.draft, only.rule) == ("Seven is odd.", "unparsed")
