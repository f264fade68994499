"""A careless teacher marks the faults it plants: the marks are true and hidden, and the default rules find them."""

import pytest

from benchmarks import planted
from benchmarks.planted import Planted
from ittgen.calls import Request, Response
from ittgen.records import Message
from ittgen.teachers.openai import OpenAI
from ittgen.teachers.procedural import Procedural
from ittgen.teachers.procedural.answers import MARK
from ittgen.teachers.procedural.careless import APOLOGIES, EVASIONS
from ittgen.teachers.procedural.noise import REFUSAL
from tests.openai_server import OpenAIServer

SAYS = {"apology": APOLOGIES, "evasion": EVASIONS, "refusal": (REFUSAL,)}


@pytest.fixture(scope="module")
def rows() -> list[Planted]:
    return planted.grown(planted.ROWS)


# The marks


def test_a_row_is_marked_with_a_fault_exactly_where_it_has_it(rows: list[Planted]) -> None:
    answers = [row for row in rows if row.example.provenance and row.example.provenance.stage == "answers"]
    for fault, texts in SAYS.items():
        marked = [row for row in answers if fault in row.faults and "cut off" not in row.faults]
        assert marked and marked == [row for row in answers if row.example.output in texts], fault
    cut = [row for row in answers if "cut off" in row.faults]
    assert cut and cut == [row for row in answers if row.example.meta.get("truncated")]
    echoed = [row for row in rows if row.example.input and row.example.input == row.example.output]
    assert echoed and all({"echo", "wrong answer"} & {*row.faults} for row in echoed)


def test_no_row_holds_its_mark(rows: list[Planted]) -> None:
    assert not [row for row in rows if MARK.strip() in str(row.example.to_json())]


async def test_a_teacher_without_noise_marks_nothing_that_it_can_do() -> None:
    said = [await reply(Procedural(noise=noise), seed) for noise in (0.0, 1.0) for seed in range(20)]
    assert not any(one.request_id for one in said[:20])
    assert all(one.request_id.startswith(MARK) for one in said[20:])


async def test_the_mark_comes_over_http_as_in_process() -> None:
    with OpenAIServer(noise=1.0) as server:
        teacher = OpenAI(model="m", base_url=server.base_url)
        there = await reply(teacher, 5)
        await teacher.close()
    here = await reply(Procedural(noise=1.0), 5)
    assert here.request_id and (there.text, there.request_id) == (here.text, here.request_id)


async def reply(teacher: Procedural | OpenAI, seed: int) -> Response:
    asked = (Message("user", "Invent more tasks.\n1. Name a tree.\n2."),)
    return await teacher.ask(Request("m", asked, {"seed": seed}))


# The rules


@pytest.mark.parametrize("fault", planted.SEEN)
def test_a_planted_fault_that_rules_can_see_is_caught(rows: list[Planted], fault: str) -> None:
    found, there = planted.caught(rows, fault)
    missed = [(row.example.instruction, row.example.output) for row in rows if row.faults == (fault,) and not row.found]
    assert found >= 0.95 * there, missed


def test_hardly_a_clean_row_is_flagged(rows: list[Planted]) -> None:
    clean = [row for row in rows if not row.faults]
    wrongly = [(row.found, row.example.instruction, row.example.output) for row in planted.flagged(rows)]
    assert len(clean) > len(rows) / 2 and len(wrongly) <= 0.01 * len(clean), wrongly


def test_every_fault_there_is_is_one_that_rules_can_see_or_is_explained(rows: list[Planted]) -> None:
    assert {*planted.faults_in(rows)} <= {*planted.SEEN, *planted.UNSEEN}
    said = planted.report(rows)
    assert all(f"| {fault} |" in said for fault in planted.faults_in(rows))
