"""Careless evolution, answers and verdicts: every elimination rule meets its case, and a clean teacher meets none."""

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from ittgen import resources
from ittgen.calls import Request, Response
from ittgen.chance import seeded
from ittgen.generators import parse
from ittgen.generators.base import Slot
from ittgen.generators.evol_instruct import EvolInstruct
from ittgen.generators.evol_rules import apology, only_stop_words
from ittgen.generators.parse_pairs import pair_scores
from ittgen.generators.parse_scores import score
from ittgen.generators.parse_structured import tagged
from ittgen.prompts import PromptBook
from ittgen.records import Child, Example, Rejection
from ittgen.teachers.procedural import Procedural, answer, careless, solve
from ittgen.teachers.procedural.families import FAMILIES, code, find
from ittgen.teachers.procedural.family import instruction
from ittgen.teachers.procedural.made import instance
from ittgen.teachers.procedural.noise import REFUSAL, Slips
from ittgen.text import JSON

BOOK = PromptBook(resources.prompts())
TASK = ("Find the median of the figures that I collected: boats.", "9, 4, 17")
RULES = {
    *("unchanged", "no-information-gain", "equal-unparsed", "leaked-prompt", "lost-input", "lost-code", "growth"),
    *("unparsed", "truncated", "apology", "stop-words", "acknowledged", "asks-for-more", "missing-information"),
}


def replies(name: str, noise: float, count: int, **words: str) -> list[tuple[str, str]]:
    return [answer(BOOK[name].render(words), {"seed": seed}, 0, noise) for seed in range(count)]


def roots(flavour: str, count: int) -> list[Example]:
    functions = [family for family in code.FAMILIES if family.name == "python-function"]
    rng, families = seeded("careless"), (*code.FAMILIES, *functions * 6) if flavour == "code" else FAMILIES
    texts = [instruction(rng, families[i % len(families)]) for i in range(count)]
    tasks = [find(text) for text in texts]
    return [Example(text, *instance(task, rng, "")) for text, task in zip(texts, tasks, strict=True) if task]


async def evolve(noise: float, flavour: str, count: int) -> list[Example | Rejection]:
    teacher = Procedural(noise=noise)

    async def ask(prompt: str, /, *, sample: int = 0, sampling: Mapping[str, JSON], **given: str) -> Response:
        given = {name: value for name, value in given.items() if name not in ("teacher", "system")}
        return await teacher.ask(Request("procedural", BOOK[prompt].render(given), sampling, sample=sample))

    generator = EvolInstruct(flavour=flavour)  # type: ignore[arg-type]  # "general" or "code"
    source, found = roots(flavour, count), []
    for number in range(len(source)):
        work = generator.plan(Slot(number, source, [], 42, "evolve"))
        assert work
        found += await generator.run(work, ask)  # type: ignore[arg-type]  # without the arguments that it never gives
    return [child.draft for child in found if isinstance(child, Child)]


@pytest.mark.parametrize("flavour", ["general", "code"])
async def test_a_clean_teacher_fills_nearly_every_epoch_with_right_answers(flavour: str) -> None:
    drafts = await evolve(0.0, flavour, 130)
    rejected = Counter(draft.rule for draft in drafts if isinstance(draft, Rejection))
    assert set(rejected) <= {"unchanged", "stop-words"} and sum(rejected.values()) < 0.03 * len(drafts), rejected
    assert all(solve(d.instruction, d.input) == d.output for d in drafts if isinstance(d, Example))


async def test_every_rule_of_evol_instruct_meets_its_case() -> None:
    drafts = [*await evolve(0.5, "general", 260), *await evolve(0.5, "code", 130)]
    seen = Counter(draft.rule for draft in drafts if isinstance(draft, Rejection))
    assert set(seen) == RULES, RULES ^ set(seen)


async def test_at_the_usual_noise_most_children_are_kept_and_most_of_them_right() -> None:
    drafts = await evolve(0.15, "general", 130)
    kept = [draft for draft in drafts if isinstance(draft, Example)]
    wrong = [draft for draft in kept if solve(draft.instruction, draft.input) != draft.output]
    assert len(kept) > 0.65 * len(drafts) and 0 < len(wrong) < 0.1 * len(kept)


def test_the_texts_of_bad_answers_are_what_the_rules_look_for() -> None:
    for text in careless.EMPTY_WORDS:
        assert only_stop_words(Example("x", output=text)), text
    for text in (*careless.APOLOGIES, REFUSAL):
        assert apology(Example("x", output=text)), text
    for text in careless.TALK:
        assert parse.evolved(text) is None, text
    for text in careless.UNDECIDED:
        assert parse.equal(text) is None, text
    for text in careless.SCORELESS:
        assert score(text, 1, 10) is None and pair_scores(text) is None, text


def test_every_kind_of_mistake_in_an_answer_occurs() -> None:
    said = [text for text, _ in replies("distill/answer", 0.6, 400, instruction=TASK[0], input=f"\n\n{TASK[1]}")]
    kinds = {
        "right": said.count("9"),
        "wrong": sum(text.isdecimal() and text != "9" for text in said),
        "opened": sum(text.startswith(careless.OPENERS) for text in said),
        "apology": sum(text in careless.APOLOGIES for text in said),
        "empty": sum(text in careless.EMPTY_WORDS for text in said),
        "evasion": sum(text in careless.EVASIONS for text in said),
        "refusal": said.count(REFUSAL),
    }
    assert min(kinds.values()) >= 5 and kinds["right"] > 150, kinds


def test_tags_get_lost_or_the_reply_ends_within_them() -> None:
    said = replies("distill/tagged", 0.6, 300, instruction=TASK[0], input=f"\n\n{TASK[1]}")
    whole = [tagged(text, ["reasoning", "answer"]) for text, _ in said]
    assert 100 < sum(found is not None for found in whole) < 270
    assert any(reason == "length" for _, reason in said)
    assert any("<" not in text and text.endswith("\n\n9") for text, _ in said)


def test_verdicts_err_hedge_and_come_in_other_words() -> None:
    slips = Slips(seeded("verdicts"), 1.0)
    said = [careless.verdict(slips, True) for _ in range(400)]
    read = Counter(map(parse.equal, said))
    assert read[True] > read[False] > 20 and read[None] > 20
    assert len(set(said)) > 8


@pytest.mark.parametrize("count", [1, 2])
def test_judgements_waver_lack_a_score_or_leave_the_scale(count: int) -> None:
    slips = Slips(seeded("judgements"), 1.0)
    said = [careless.judged(slips, "The result is right.", [8, 3][:count]) for _ in range(500)]
    read = Counter((score(text, 1, 10) if count == 1 else pair_scores(text)) for text in said)
    assert read[None] > 20 and read.most_common(1)[0][0] in (None, 8.0, (8.0, 3.0)) and len(read) > 4
    assert any(re.search(r"\b(1[1-9]|[2-9]\d)\b", text) for text in said)
    assert any("10" in text and "/10" in text for text in said)


def test_without_noise_every_function_returns_what_it_was_given() -> None:
    slips = Slips(seeded("clean"), 0.0)
    assert careless.answered(slips, "42") == "42" and careless.verdict(slips, False) == "Not equal"
    assert careless.judged(slips, "Fine.", [7]) == "Fine.\nScore: 7"
    assert careless.judged(slips, "Fine.", [7, 2]) == "Fine.\nFirst: 7, Second: 2"
    assert parse.evolved_task(careless.evolved(slips, ("a", "b"), ("Do c.", "d"))) == ("Do c.", "d")
    assert tagged(careless.tagged(slips, "why", "so"), ["reasoning", "answer"]) == {"reasoning": "why", "answer": "so"}
