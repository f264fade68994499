"""Self-Instruct's first step: which tasks are shown, what is asked, and what becomes of the reply."""

from collections import Counter
from typing import Any

import pytest

from ittgen.calls import Response
from ittgen.generators.base import Slot, Work
from ittgen.generators.self_instruct import SelfInstruct
from ittgen.records import Example, Rejection

SEEDS = [Example(f"Seed task number {i}.") for i in range(175)]
POOL = [Example(f"Grown task number {i}.") for i in range(40)]
SHOWN = Work((Example("Name a  river:\n"), Example("Is 7 prime?")))


class Canned:
    """A teacher's voice that answers with one response and remembers what it was asked."""

    def __init__(self, text: str, finish_reason: str = "stop", error: str = "") -> None:
        self.response = Response(text, finish_reason, error=error)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def __call__(self, prompt: str, /, **given: Any) -> Response:
        self.asked.append((prompt, given))
        return self.response


def slot(number: int, pool: list[Example], source: list[Example] = SEEDS) -> Slot:
    return Slot(number, source, pool, seed=42, stage="propose")


@pytest.mark.parametrize("grown, machine", [(0, 0), (1, 1), (2, 2), (40, 2)])
def test_eight_different_tasks_are_shown_two_of_them_grown_once_there_are_two(grown: int, machine: int) -> None:
    parents = SelfInstruct().plan(slot(3, POOL[:grown])).parents
    assert len(set(parent.id for parent in parents)) == 8
    assert sum(parent in POOL for parent in parents) == machine


def test_a_slot_always_gives_the_same_work_and_another_slot_another() -> None:
    generator = SelfInstruct()
    assert generator.plan(slot(5, POOL)) == generator.plan(slot(5, POOL))
    assert generator.plan(slot(5, POOL)) != generator.plan(slot(6, POOL))


def test_grown_tasks_appear_at_every_place() -> None:
    plans = [SelfInstruct().plan(slot(i, POOL)).parents for i in range(400)]
    places = Counter(at for parents in plans for at, parent in enumerate(parents) if parent in POOL)
    assert set(places) == set(range(8)) and min(places.values()) > 60


def test_a_small_source_is_shown_as_far_as_it_goes() -> None:
    parents = SelfInstruct().plan(slot(0, [], SEEDS[:3])).parents
    assert sorted(parent.id for parent in parents) == sorted(seed.id for seed in SEEDS[:3])


async def test_the_prompt_shows_one_line_a_task_and_leaves_the_next_number_open() -> None:
    ask = Canned("3. Sort the words.")
    await SelfInstruct().run(SHOWN, ask)
    prompt, given = ask.asked[0]
    assert prompt == "self-instruct/propose"
    assert given["tasks"] == "1. Name a river\n2. Is 7 prime?"
    assert (given["first"], given["last"]) == ("3", "9")
    assert given["sampling"] == {
        "temperature": 0.7, "top_p": 0.5, "frequency_penalty": 0, "presence_penalty": 2, "max_tokens": 1024,
    }  # fmt: skip


async def test_sampling_in_the_recipe_replaces_the_papers_as_a_whole() -> None:
    ask = Canned("3. Sort the words.")
    await SelfInstruct(sampling={"temperature": 1.0}).run(SHOWN, ask)
    assert ask.asked[0][1]["sampling"] == {"temperature": 1.0}


async def test_every_item_is_a_draft_even_beyond_the_number_asked_for() -> None:
    reply = "".join(f"\n{i}. Task about NASA {i}." for i in range(3, 13))
    drafts = await SelfInstruct().run(SHOWN, Canned(reply))
    assert drafts == [Example(f"Task about NASA {i}.") for i in range(3, 13)]


async def test_only_the_piece_cut_off_is_rejected_as_truncated() -> None:
    drafts = await SelfInstruct().run(SHOWN, Canned(" Sort the words.\n4. Add them.\n5. Write a", "length"))
    assert drafts[:2] == [Example("Sort the words."), Example("Add them.")]
    assert [(d.draft, d.rule) for d in drafts[2:] if isinstance(d, Rejection)] == [("Write a", "truncated")]


async def test_a_task_that_was_shown_is_rejected_as_repeated() -> None:
    drafts = await SelfInstruct().run(SHOWN, Canned("1. Name a river:\n2. Is 7 prime?\n3. Sort the words."))
    rejected = [(d.rule, d.near) for d in drafts if isinstance(d, Rejection)]
    assert rejected == [("repeated", parent.id) for parent in SHOWN.parents]
    assert drafts[2] == Example("Sort the words.")


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "error"])
async def test_a_refused_request_is_one_rejection_named_by_its_reason(reason: str) -> None:
    drafts = await SelfInstruct().run(SHOWN, Canned("3. Half a ta", reason, "too long"))
    assert drafts == [Rejection("3. Half a ta", reason, note="too long")]


@pytest.mark.parametrize("reply", ["", "I'm sorry, but I can't help with that.", "Sure! Here are 7 more tasks:"])
async def test_a_reply_without_items_is_kept_as_unparsed(reply: str) -> None:
    drafts = await SelfInstruct().run(SHOWN, Canned(reply))
    assert [(d.draft, d.rule) for d in drafts if isinstance(d, Rejection)] == [(reply, "unparsed")]
    assert len(drafts) == 1
