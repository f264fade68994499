"""A pipeline small enough to count by hand: a teacher and three generators, none of them random.

For n rows wanted: `propose` makes n slots of one row, a draft too short and a near-duplicate; `evolve` makes of each
row a draft too short and, out of that draft, a row; `answer` gives each row two answers and rejects a third. Every call
takes 10 tokens in and 5 out, and each slot makes one call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ittgen.calls import Ask, Request, Response, Usage
from ittgen.chance import pick, seeded
from ittgen.generators.base import Slot, Work
from ittgen.records import Child, Draft, Example, Rejection
from ittgen.text import JSON

WORDS = "amber basil cedar delta ember fjord grove heron islet jetty knoll larch maple north oasis prism quill".split()

RECIPE = """
name = "toy"
seed = 7
seeds = "mine"

[teacher]
use = "tests.toy:Scribe"
model = "scribe-1"
sampling = { temperature = 0.5 }
price = { input = 1000.0, output = 2000.0 }

[[stage]]
name = "propose"
generator = { use = "tests.toy:Propose" }
filter = [{ use = "length" }]
dedup = { rouge_l = 0.7 }
target = 4

[[stage]]
name = "evolve"
source = "propose"
generator = { use = "tests.toy:Evolve" }
filter = [{ use = "length" }]

[[stage]]
name = "answer"
source = "evolve"
generator = { use = "tests.toy:Answer" }
"""

PROMPTS = {
    "propose": "Number $number. Write three tasks like these:\n$tasks",
    "evolve": "Make it harder: $instruction",
    "answer": "$instruction",
}


def project(folder: Path) -> Path:
    """A folder with recipe, seeds and prompts; the recipe's path."""
    (folder / "seeds").mkdir(parents=True)
    lines = [
        f'{{"id": "s{n}", "instruction": "Say the word {w} aloud.", "output": "{w}"}}\n' for n, w in enumerate(WORDS)
    ]
    (folder / "seeds" / "mine.jsonl").write_text("".join(lines))
    (folder / "prompts" / "toy").mkdir(parents=True)
    for name, user in PROMPTS.items():
        (folder / "prompts" / "toy" / f"{name}.toml").write_text(
            f"name = 'toy/{name}'\nversion = 2\nuser = '''{user}'''\n"
        )
    (folder / "recipe.toml").write_text(RECIPE)
    return folder / "recipe.toml"


@dataclass(frozen=True)
class Scribe:
    """Answers with words that depend on the question alone."""

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "scribe"}

    async def ask(self, request: Request) -> Response:
        rng = seeded(request.messages[-1].content)
        text = " ".join(pick(rng, WORDS) for _ in range(9))
        return Response(text, usage=Usage(10, 5), model="scribe-1.5", request_id="r-1", latency=0.25)

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Propose:
    prompts = ("toy/propose",)
    reads_pool = False

    def plan(self, slot: Slot) -> Work:
        parents = (slot.source[slot.number % len(slot.source)], slot.source[(slot.number + 1) % len(slot.source)])
        return Work(parents, {"number": slot.number})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        tasks = "\n".join(parent.instruction for parent in work.parents)
        text = (await ask("toy/propose", number=str(work.notes["number"]), tasks=tasks)).text
        return [Example(text), Example("Hm"), Example(f"{text} please")]


@dataclass(frozen=True)
class Evolve:
    prompts = ("toy/evolve",)
    reads_pool = False

    def plan(self, slot: Slot) -> Work | None:
        return Work((slot.source[slot.number],)) if slot.number < len(slot.source) else None

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        (root,) = work.parents
        text = (await ask("toy/evolve", instruction=root.instruction)).text
        first = Example(f"Harder: {text.split()[0]}")
        return [Child(first, (root,)), Child(Example(f"{text} again"), (first,))]


@dataclass(frozen=True)
class Answer:
    prompts = ("toy/answer",)
    reads_pool = False

    def plan(self, slot: Slot) -> Work | None:
        return Work((slot.source[slot.number],)) if slot.number < len(slot.source) else None

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        task = work.parents[0].instruction
        text = (await ask("toy/answer", instruction=task)).text
        third = Rejection(f"{text}?", "second-thoughts", value=0.25, limit=0.5, note="not sure")
        return [Example(task, output=text), Example(task, output=text.upper()), third]
