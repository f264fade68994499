"""Alpaca's single step: which tasks are shown, what is asked, and what becomes of the reply."""

from typing import Any

import pytest

from ittgen.calls import Response
from ittgen.generators.alpaca import Alpaca
from ittgen.generators.base import Slot, Work
from ittgen.records import Example, Rejection

SEEDS = [Example(f"Seed task {i}.", output=str(i)) for i in range(20)]
SHOWN = Work(
    (Example("Name a\nriver:", output="The Po."), Example("Add.", "2\n3", "5"), Example("Say hi.", output="Hi!"))
)


class Canned:
    """A teacher's voice that answers with one response and remembers what it was asked."""

    def __init__(self, text: str, finish_reason: str = "stop", error: str = "") -> None:
        self.response = Response(text, finish_reason, error=error)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def __call__(self, prompt: str, /, **given: Any) -> Response:
        self.asked.append((prompt, given))
        return self.response


def test_three_different_seeds_are_shown_and_never_grown_tasks() -> None:
    pool = [Example("Grown.", output="x")] * 50
    for number in range(50):
        parents = Alpaca().plan(Slot(number, SEEDS, pool, 42, "alpaca")).parents
        assert len({parent.id for parent in parents}) == 3 and all(parent in SEEDS for parent in parents)
    assert not Alpaca.reads_pool


async def test_the_prompt_shows_complete_blocks_and_leaves_the_next_one_open() -> None:
    ask = Canned("")
    await Alpaca().run(SHOWN, ask)
    prompt, given = ask.asked[0]
    assert prompt == "alpaca/propose"
    assert given["tasks"] == (
        "1. Instruction: Name a river\n1. Input: <noinput>\n1. Output: The Po.\n###\n"
        "2. Instruction: Add.\n2. Input: 2\n3\n2. Output: 5\n###\n"
        "3. Instruction: Say hi.\n3. Input: <noinput>\n3. Output: Hi!"
    )
    assert (given["first"], given["last"]) == ("4", "20")
    assert given["sampling"] == {"temperature": 1.0, "top_p": 1.0, "max_tokens": 3072}


async def test_what_the_prompt_shows_is_what_the_parser_reads() -> None:
    ask = Canned("")
    await Alpaca().run(SHOWN, ask)
    drafts = await Alpaca().run(Work(SHOWN.parents), Canned(ask.asked[0][1]["tasks"]))
    shown = [Example("Name a river", output="The Po."), *SHOWN.parents[1:]]
    assert drafts == shown


async def test_a_slip_of_a_number_loses_no_block() -> None:
    slipped = "6. Instruction: Name NASA's C++ file.\n6. Input: <noinput>\n6. Output: x"
    reply = f" Sort.\n4. Input: b a\n4. Output: a b\n###\n{slipped}"
    drafts = await Alpaca().run(SHOWN, Canned(reply))
    assert drafts == [Example("Sort.", "b a", "a b"), Example("Name NASA's C++ file.", output="x")]


async def test_only_the_block_cut_off_is_rejected_as_truncated() -> None:
    reply = " Sort.\n4. Input: b a\n4. Output: a b\n###\n5. Instruction: Add.\n5. Inp"
    drafts = await Alpaca().run(SHOWN, Canned(reply, "length"))
    assert drafts[0] == Example("Sort.", "b a", "a b")
    assert [d.rule for d in drafts[1:] if isinstance(d, Rejection)] == ["truncated"]


async def test_a_block_without_output_is_kept_as_unparsed() -> None:
    reply = " Sort.\n4. Input: b a\n###\n5. Instruction: Add.\n5. Input: 1 1\n5. Output: 2"
    drafts = await Alpaca().run(SHOWN, Canned(reply))
    assert drafts[0] == Example("Add.", "1 1", "2")
    assert [d.rule for d in drafts[1:] if isinstance(d, Rejection)] == ["unparsed"]


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "error"])
async def test_a_refused_request_is_one_rejection_named_by_its_reason(reason: str) -> None:
    assert await Alpaca().run(SHOWN, Canned("", reason, "why")) == [Rejection("", reason, note="why")]
