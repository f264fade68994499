"""The family tree of a root in a real run: engine, journal, packaged prompts, and a teacher of a few lines."""

from dataclasses import dataclass
from pathlib import Path

from ittgen import engine, resources
from ittgen.ask import Voice
from ittgen.budget import Limits, Price
from ittgen.calls import Request, Response, Usage
from ittgen.chance import pick, seeded
from ittgen.dedup.rouge import rouge_l
from ittgen.engine import Control
from ittgen.events import Meter
from ittgen.generators.evol_instruct import EvolInstruct
from ittgen.journal import Journal
from ittgen.prompts import PromptBook
from ittgen.recipe import DedupTable
from ittgen.records import Example, Rejection
from ittgen.stages import Stage
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import Patience
from ittgen.text import JSON, digest

NOUNS = "amber basil cedar delta ember fjord grove heron islet jetty knoll larch maple north oasis prism".split()
SEEDS = [
    Example("Write a poem about the sea that rhymes in every second line."),
    Example("How many apples remain when nine children eat two each out of thirty?"),
    Example("Explain to my grandmother why her old radio hums."),
    Example("List arguments against building another bridge over our river."),
]
FORM = "<instruction>\n{}\n</instruction>\n<input>\n<noinput>\n</input>"
COPY = "Describe how people who lived beside the harbour traded with strangers."


@dataclass(frozen=True)
class Evolver:
    """Adds a clause to the task it is shown; asked for another one, it gives all lines nearly the same."""

    @property
    def identity(self) -> dict[str, JSON]:
        return {"kind": "evolver"}

    async def ask(self, request: Request) -> Response:
        return Response(self.reply(request), usage=Usage(10, 5))

    def reply(self, request: Request) -> str:
        asked = request.messages[-1].content
        if "Answer Equal or Not equal" in asked:
            return "Not equal"
        if "<instruction>" not in asked:
            return f"A poem in {len(asked)} letters."
        instruction = asked.partition("<instruction>\n")[2].partition("\n</instruction>")[0]
        rng = seeded(instruction)
        if "another task" in asked:
            return FORM.format(f"{COPY} Mention {instruction.split()[-1]}")
        return FORM.format(f"{instruction} Mention {' '.join(pick(rng, NOUNS) for _ in range(5))}.")

    async def close(self) -> None: ...


def stage(generator: EvolInstruct) -> Stage:
    return Stage(
        name="evolve",
        identity=digest(str(generator)),
        what={},
        source="seeds",
        use="evol-instruct",
        generator=generator,
        filters=(),
        dedup=DedupTable(rouge_l=0.7),
        target=None,
        window=1024,
        seed=7,
        voices={"": Voice("", "m", {}, {"kind": "evolver"}, PromptBook(resources.prompts()))},
    )


async def grown(folder: Path, stage: Stage, concurrency: int = 8) -> tuple[list[Example], list[Rejection]]:
    with Journal.open(folder / "journal.sqlite") as journal:
        stack = Stack(
            {"": (Evolver(), Price())}, journal, Limits(), Meter(), concurrency=concurrency, patience=Patience()
        )
        events = engine.grow((stage,), SEEDS, journal, Control(stack), dataset="d", concurrency=concurrency)
        try:
            async for _ in events:
                pass
        finally:
            await stack.close()
    with Journal.read(folder / "journal.sqlite") as journal:
        return list(journal.rows(stage.identity)), list(journal.rejections(stage.identity))


async def test_a_row_of_depth_four_leads_back_to_its_root_through_rows_as_near_as_they_like(tmp_path: Path) -> None:
    rows, rejected = await grown(tmp_path, stage(EvolInstruct(operations={"constraints": 1})))
    assert len(rows) == 16 and not rejected
    by_id = {row.id: row for row in (*SEEDS, *rows)}
    for number, seed in enumerate(SEEDS):
        found = [row for row in rows if row.provenance and row.provenance.slot == number]
        row, chain = found[-1], []
        while row.provenance:
            chain.append(row.meta["epoch"])
            assert row.provenance.root == seed.id
            [parent] = row.provenance.parents
            assert rouge_l(row.instruction, by_id[parent].instruction) > 0.7 or row.meta["epoch"] == 1
            row = by_id[parent]
        assert chain == [4, 3, 2, 1] and row == seed


async def test_a_task_near_to_another_line_is_a_near_duplicate(tmp_path: Path) -> None:
    rows, rejected = await grown(tmp_path, stage(EvolInstruct(epochs=1, operations={"breadth": 1})))
    assert len(rows) == 1 and [rejection.rule for rejection in rejected] == ["near-duplicate"] * 3
    assert all(
        rejection.near == rows[0].id and rejection.note == f"in the pool: {rows[0].instruction}"
        for rejection in rejected
    )
    assert all(isinstance(r.draft, Example) and r.draft.meta["operation"] == "breadth" for r in rejected)


async def test_rows_do_not_depend_on_concurrency(tmp_path: Path) -> None:
    found = []
    for concurrency in (1, 64):
        (folder := tmp_path / str(concurrency)).mkdir()
        found.append(await grown(folder, stage(EvolInstruct()), concurrency))
    assert found[0] == found[1] and found[0][0]
