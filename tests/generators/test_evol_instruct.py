"""Evol-Instruct: operations drawn, the chain of a root, and what each reply comes to."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ittgen import plugins
from ittgen.calls import Response
from ittgen.errors import PluginError
from ittgen.generators.base import Estimated, Several, Slot, Work
from ittgen.generators.evol_instruct import OPERATIONS, EvolInstruct
from ittgen.records import Child, Example, Rejection
from ittgen.text import JSON

ROOT = Example("Name three rivers.", output="The Po, the Ebro and the Oder.")
PAPER = {"temperature": 1, "top_p": 0.9, "max_tokens": 2048}
Reply = str | Response | Callable[[int], str | Response]


def task(instruction: str, said: str = "<noinput>") -> str:
    return f"<instruction>\n{instruction}\n</instruction>\n<input>\n{said}\n</input>"


def longer(times: int) -> str:
    return f"Name three rivers{' that are long' * times}."


class Canned:
    """A teacher's voice: one reply a prompt (or a function of how often it was asked), and what it was asked."""

    def __init__(self, evolve: Reply = "", judge: Reply = "Not equal", answer: Reply = "The Rhine, by far.") -> None:
        self.replies = {"equal": judge, "answer": answer}
        self.evolve = evolve
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def __call__(self, prompt: str, /, **given: Any) -> Response:
        short = prompt.partition("/")[2]
        reply = self.replies.get(short, self.evolve)
        if callable(reply):
            reply = reply(len(self.of(short if short in self.replies else "")))
        self.asked.append((prompt, given))
        return reply if isinstance(reply, Response) else Response(reply)

    def of(self, short: str) -> list[dict[str, Any]]:
        """What a prompt was asked with; "" for all that evolve."""
        names = [short] if short else [name for names in OPERATIONS.values() for name in names]
        return [given for prompt, given in self.asked if prompt.partition("/")[2] in names]


def work(*operations: str, root: Example = ROOT) -> Work:
    return Work((root,), {"operations": list(operations)})


async def one(ask: Canned, operation: str = "constraints", root: Example = ROOT, **options: Any) -> Example | Rejection:
    """The draft of a single epoch."""
    [child] = await EvolInstruct(**options).run(work(operation, root=root), ask)
    assert isinstance(child, Child) and child.parents == (root,)
    return child.draft


async def rule_of(ask: Canned, operation: str = "constraints", root: Example = ROOT, **options: Any) -> str | None:
    draft = await one(ask, operation, root, **options)
    return draft.rule if isinstance(draft, Rejection) else None


def slot(number: int = 0, seed: int = 1, sources: int = 3) -> Slot:
    return Slot(number, [Example(f"Task {i}.") for i in range(sources)], [], seed, "evolve")


def test_a_slot_is_one_root_and_there_are_as_many_as_tasks() -> None:
    plans = [EvolInstruct().plan(slot(i)) for i in range(4)]
    assert [plan and plan.parents[0].instruction for plan in plans] == ["Task 0.", "Task 1.", "Task 2.", None]


def test_operations_are_drawn_by_seed_and_slot_alone_and_more_epochs_keep_the_first() -> None:
    four, six = EvolInstruct().plan(slot()), EvolInstruct(epochs=6).plan(slot(sources=9))
    assert four and six and four.notes["operations"] == six.notes["operations"][:4]  # type: ignore[index]
    assert len({str(EvolInstruct().plan(slot(i, seed))) for i in range(3) for seed in range(3)}) == 9


def drawn(generator: EvolInstruct, slots: int = 400) -> dict[str, int]:
    found: list[Any] = []
    for number in range(slots):
        plan = generator.plan(slot(number, sources=slots))
        names = plan.notes["operations"] if plan else None
        assert isinstance(names, list)
        found += names
    return {name: found.count(name) for name in sorted(set(found))}


def test_all_operations_of_a_flavour_are_drawn_alike() -> None:
    for flavour, names in OPERATIONS.items():
        counts = drawn(EvolInstruct(flavour=flavour))  # type: ignore[arg-type]
        share = 1600 / len(names)
        assert set(counts) == set(names) and all(0.8 * share < count < 1.2 * share for count in counts.values())


def test_operations_are_drawn_by_weight_whatever_order_the_weights_stand_in() -> None:
    generator = EvolInstruct(operations={"deepen": 3, "breadth": 1, "reasoning": 0})
    counts = drawn(generator)
    assert set(counts) == {"breadth", "deepen"} and 2.5 < counts["deepen"] / counts["breadth"] < 3.6
    assert counts == drawn(EvolInstruct(operations={"breadth": 1, "deepen": 3}))
    assert generator.prompts == (
        "evol-instruct/deepen",
        "evol-instruct/breadth",
        "evol-instruct/equal",
        "evol-instruct/answer",
    )


@pytest.mark.parametrize(
    "options, fault",
    [
        ({"operations": {"deepn": 1}}, 'no operation "deepn" (did you mean "deepen"?)'),
        ({"operations": {"misleading": 1}}, 'no operation "misleading"'),
        ({"operations": {"deepen": -1, "breadth": 2}}, 'the weight of "deepen" must be 0 or more, not -1'),
        ({"operations": {"deepen": float("nan")}}, "0 or more, not nan"),
        ({"operations": {"deepen": 0, "breadth": 0}}, "all weights are 0"),
        ({"flavour": "cod"}, "must be"),
        ({"epochs": 0}, "epochs must be at least 1"),
        ({"min_growth": 5, "max_growth": 4}, "let nothing pass"),
        ({"keep": ["codes"]}, "must be"),
        ({"judge": "strict", "equal": False}, "never asked"),
        ({"apology_words": -1}, "apology_words"),
        ({"answer_sampling": {"temperature": "hot"}}, "temperature must be a number"),
        ({"equal_sampling": {"n": 2}}, "several samples are several requests"),
    ],
)
def test_a_wrong_option_is_refused_with_what_is_wrong(options: Mapping[str, JSON], fault: str) -> None:
    with pytest.raises(PluginError) as caught:
        plugins.build("generator", "evol-instruct", options, "recipe.toml, stage evolve")
    assert fault in str(caught.value)


def test_wrong_words_are_refused_outside_recipes_too() -> None:
    with pytest.raises(ValueError, match=r'flavour "cod".*"code"'):
        EvolInstruct(flavour="cod")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r'no "codes".*"code"'):
        EvolInstruct(keep=("codes",))  # type: ignore[arg-type]


def test_it_tells_what_a_slot_needs_and_whom_it_asks() -> None:
    generator = EvolInstruct(judge="strict")
    assert isinstance(generator, Estimated) and isinstance(generator, Several)
    assert generator.expects() == (12, 4) and generator.teacher_names == ("strict",)
    assert EvolInstruct(epochs=2, answer=False).expects() == (4, 2) and EvolInstruct().teacher_names == ()
    assert len(EvolInstruct(flavour="code", equal=False, answer=False).prompts) == 5


async def test_each_epoch_evolves_what_the_last_one_left() -> None:
    ask = Canned(evolve=lambda n: task(longer(n + 1)))
    drafts = await EvolInstruct().run(work("constraints", "deepen", "concretize", "reasoning"), ask)
    children = [child.draft for child in drafts if isinstance(child, Child)]
    assert [child.instruction for child in children if isinstance(child, Example)] == [longer(n) for n in (1, 2, 3, 4)]
    assert [child.parents for child in drafts if isinstance(child, Child)] == [(p,) for p in (ROOT, *children[:3])]
    assert [child.meta for child in children if isinstance(child, Example)] == [
        {"operation": name, "epoch": n, "words_added": 3}
        for n, name in enumerate(("constraints", "deepen", "concretize", "reasoning"), 1)
    ]
    assert [given["instruction"] for given in ask.of("")] == [ROOT.instruction, *(longer(n) for n in (1, 2, 3))]
    assert [prompt for prompt, _ in ask.asked[:4]] == [
        "evol-instruct/constraints",
        "evol-instruct/equal",
        "evol-instruct/answer",
        "evol-instruct/deepen",
    ]


async def test_the_parent_of_a_failed_child_is_seen_again_in_the_next_epoch() -> None:
    replies = {0: task(longer(1)), 1: "The given prompt is already complex.", 2: task(longer(2)), 3: task(longer(3))}
    verdicts = {0: "Not equal", 1: "Equal", 2: "Not equal"}
    ask = Canned(evolve=lambda n: replies[n], judge=lambda n: verdicts[n])
    drafts = await EvolInstruct().run(work(*["deepen"] * 4), ask)
    rules = [child.draft.rule if isinstance(child.draft, Rejection) else "" for child in drafts]  # type: ignore[union-attr]
    assert rules == ["", "unparsed", "no-information-gain", ""]
    assert [given["instruction"] for given in ask.of("")] == [ROOT.instruction, longer(1), longer(1), longer(1)]
    assert [given["sample"] for given in ask.of("")] == [1, 2, 3, 4]
    parents = [child.parents[0].instruction for child in drafts if isinstance(child, Child)]
    assert parents == [ROOT.instruction, longer(1), longer(1), longer(1)]
    failed = drafts[1].draft.draft  # type: ignore[union-attr]
    assert failed.meta == {"operation": "deepen", "epoch": 2}  # type: ignore[union-attr]


async def test_all_questions_are_asked_with_the_papers_sampling_or_with_the_recipes() -> None:
    ask = Canned(evolve=task(longer(1)))
    await one(ask)
    assert [given["sampling"] for _, given in ask.asked] == [PAPER] * 3
    ask = Canned(evolve=task(longer(1)))
    await one(ask, evolve_sampling={"seed": 1}, equal_sampling={"seed": 2}, answer_sampling={"seed": 3}, judge="strict")
    assert [given["sampling"] for _, given in ask.asked] == [{"seed": 1}, {"seed": 2}, {"seed": 3}]
    assert [given.get("teacher", "") for _, given in ask.asked] == ["", "strict", ""]


async def test_instruction_and_input_stay_apart_from_question_to_row() -> None:
    root = Example("Sort.", input="8, 3", system="Be brief.")
    ask = Canned(evolve=task("Sort, largest first.", "8, 3"), answer=Response("8, 3", reasoning="8 > 3"))
    draft = await one(ask, root=root)
    assert draft == Example(
        "Sort, largest first.",
        "8, 3",
        "8, 3",
        reasoning="8 > 3",
        system="Be brief.",
        meta={"operation": "constraints", "epoch": 1, "words_added": 2},
    )
    [evolve], [judge], [answer] = ask.of(""), ask.of("equal"), ask.of("answer")
    assert (evolve["instruction"], evolve["input"]) == ("Sort.", "8, 3")
    assert (judge["first_instruction"], judge["first_input"]) == ("Sort.", "8, 3")
    assert (judge["second_instruction"], judge["second_input"]) == ("Sort, largest first.", "8, 3")
    assert (answer["instruction"], answer["input"]) == ("Sort, largest first.", "\n\n8, 3")
    assert answer["system"] == "Be brief."


async def test_no_input_reads_noinput_where_tasks_are_shown_and_nothing_where_one_is_answered() -> None:
    ask = Canned(evolve=task(longer(1)))
    draft = await one(ask)
    assert isinstance(draft, Example) and draft.input == ""
    assert ask.of("")[0]["input"] == ask.of("equal")[0]["second_input"] == "<noinput>"
    assert ask.of("answer")[0]["input"] == "" and ask.of("answer")[0]["system"] is None


async def test_thoughts_of_an_answer_are_kept_apart() -> None:
    draft = await one(Canned(evolve=task(longer(1)), answer="<think>\nEurope?\n</think>\n\nThe Rhine."))
    assert isinstance(draft, Example) and (draft.reasoning, draft.output) == ("Europe?", "The Rhine.")


async def test_without_answers_and_judge_only_the_task_is_asked_for() -> None:
    ask = Canned(evolve=task(longer(1)))
    draft = await one(ask, answer=False, equal=False)
    assert isinstance(draft, Example) and (draft.instruction, draft.output) == (longer(1), "")
    assert len(ask.asked) == 1


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "error", "length"])
async def test_a_reply_that_is_none_or_has_no_end_has_its_own_verdict_at_every_question(reason: str) -> None:
    bad = Response(task("Name three ri"), reason, error="policy" if reason == "error" else "")
    rule = "truncated" if reason == "length" else reason
    draft = await one(Canned(evolve=bad))
    assert isinstance(draft, Rejection) and isinstance(draft.draft, Example)
    assert (draft.rule, draft.draft.instruction) == (rule, bad.text)
    assert draft.draft.meta == {"operation": "constraints", "epoch": 1}
    assert draft.limit == (2048 if reason == "length" else None)
    draft = await one(Canned(evolve=task(longer(1)), answer=Response("The Po and", reason)))
    assert isinstance(draft, Rejection) and isinstance(draft.draft, Example)
    assert (draft.rule, draft.draft.instruction, draft.draft.output) == (rule, longer(1), "The Po and")
    assert draft.draft.meta["words_added"] == 3


async def test_a_judge_that_refuses_or_says_nothing_clear_rejects_by_its_own_rule() -> None:
    for judge, rule, note in (
        (Response("", "refusal"), "refusal", "the judge: "),
        (Response("", "error", error="too long"), "error", "the judge: too long"),
        (Response("", "length"), "equal-unparsed", "no text, length"),
        (Response("Hard to say."), "equal-unparsed", "Hard to say."),
        (Response("Equal"), "no-information-gain", "Equal"),
    ):
        ask = Canned(evolve=task(longer(1)), judge=judge)
        draft = await one(ask)
        assert isinstance(draft, Rejection) and (draft.rule, draft.note) == (rule, note)
        assert not ask.of("answer"), "nobody pays for the answer of a task that failed"
    assert await rule_of(Canned(evolve=task(longer(1)), judge=Response("Not equal", "length"))) is None


@pytest.mark.parametrize(
    "evolved, rule",
    [
        ("", "unparsed"),
        ("The given prompt is already complex.", "unparsed"),
        (task("name three RIVERS"), "unchanged"),
        (task("Name three rivers as the rewritten prompt says."), "leaked-prompt"),
        (task("Name rivers."), "growth"),
        (task(longer(20)), None),
        (task(longer(21)), "growth"),
    ],
)
async def test_a_task_that_breaks_a_rule_costs_no_further_call(evolved: str, rule: str | None) -> None:
    ask = Canned(evolve=evolved)
    assert await rule_of(ask) == rule
    assert len(ask.asked) == (1 if rule else 3)


async def test_growth_is_the_childs_and_names_the_bound_it_broke() -> None:
    draft = await one(Canned(evolve=task(longer(21))))
    assert isinstance(draft, Rejection) and (draft.value, draft.limit) == (63, 60)
    assert await rule_of(Canned(evolve=task("Name rivers.")), min_growth=-1) is None
    assert await rule_of(Canned(evolve=task(longer(2))), max_growth=5) == "growth"


PARENT = Example("Explain:\n```\nx = 1\n```\nand\n| a | b |\n|---|---|\n| 1 | 2 |", input="3, 4")


async def test_an_operation_in_depth_must_keep_code_table_and_input() -> None:
    kept = f"{PARENT.instruction}\nin two steps"
    assert await rule_of(Canned(evolve=task(kept, "3, 4")), root=PARENT) is None
    assert await rule_of(Canned(evolve=task(kept.replace("x = 1", "x = 2"), "3, 4")), root=PARENT) == "lost-code"
    assert await rule_of(Canned(evolve=task(kept.replace("| 2 |", "| 3 |"), "3, 4")), root=PARENT) == "lost-table"
    assert await rule_of(Canned(evolve=task(kept)), root=PARENT) == "lost-input"
    assert await rule_of(Canned(evolve=task(kept)), root=PARENT, keep=("code", "table")) is None


async def test_breadth_keeps_nothing_and_may_be_of_any_length() -> None:
    assert await rule_of(Canned(evolve=task("Name a lake.")), "breadth", PARENT) is None
    assert await rule_of(Canned(evolve=task(longer(30))), "breadth") is None
    assert await rule_of(Canned(evolve=task(longer(0))), "breadth") == "unchanged"


async def test_data_and_code_that_an_operation_adds_may_be_long_and_only_there() -> None:
    data = "\n".join(f"{n}, {n}" for n in range(100))
    assert await rule_of(Canned(evolve=task("Sum the pairs of rivers.", data)), "complicate") is None
    assert await rule_of(Canned(evolve=task("Sum the pairs of rivers.", data)), "deepen") == "growth"
    assert await rule_of(Canned(evolve=task("Sum.", "1")), "complicate") == "growth"
    code = f"Name three rivers.\n```\n{data}\n```"
    assert await rule_of(Canned(evolve=task(code)), "misleading", flavour="code") is None
    assert await rule_of(Canned(evolve=task(code)), "rarer", flavour="code") == "growth"


async def test_drifting_back_to_an_ancestor_is_unchanged() -> None:
    ask = Canned(evolve=lambda n: task([longer(1), "Name two lakes.", ROOT.instruction][n]))
    drafts = await EvolInstruct().run(work("deepen", "breadth", "breadth"), ask)
    last = drafts[-1].draft  # type: ignore[union-attr]
    assert isinstance(last, Rejection) and (last.rule, last.near) == ("unchanged", ROOT.id)


@pytest.mark.parametrize(
    "answer, rule, off",
    [
        ("I am sorry, I cannot tell.", "apology", {"apology_words": 0}),
        ("sorry " + "river " * 79, None, {}),
        ("It is as it is.", "stop-words", {}),
        ("", "stop-words", {}),
        ("It is the Rhine.", None, {}),
        ("Understood.", "acknowledged", {"must_answer": False}),
        ("Could you please tell me which continent?", "asks-for-more", {"must_answer": False}),
        ("You did not provide the list.", "missing-information", {"must_answer": False}),
        ("The Rhine. Would you like more?", None, {}),
    ],
)
async def test_an_answer_that_shows_the_task_failed_rejects_it(
    answer: str, rule: str | None, off: dict[str, Any]
) -> None:
    draft = await one(Canned(evolve=task(longer(1)), answer=answer))
    assert (draft.rule if isinstance(draft, Rejection) else None) == rule
    child = draft.draft if isinstance(draft, Rejection) else draft
    assert isinstance(child, Example) and (child.instruction, child.output) == (longer(1), answer.strip())
    if off:
        assert await rule_of(Canned(evolve=task(longer(1)), answer=answer), **off) is None


async def test_the_code_flavour_asks_with_its_own_prompts_and_the_same_judge() -> None:
    ask = Canned(evolve=task(longer(1)))
    await one(ask, "complexity", flavour="code")
    assert [prompt for prompt, _ in ask.asked] == [
        "evol-code/complexity",
        "evol-instruct/equal",
        "evol-instruct/answer",
    ]
