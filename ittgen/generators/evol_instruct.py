"""Evol-Instruct: tasks made harder, epoch by epoch (https://arxiv.org/abs/2304.12244), and its form for code.

A slot is one root and its whole chain: in every epoch the task that the last one left is evolved, judged and answered;
a failure leaves it for the next epoch. Knows nothing of filters and duplicates; what the released code does and this
does otherwise is in docs/methods.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from ittgen.calls import Ask, Response, check_sampling
from ittgen.errors import nearest
from ittgen.generators import evol_rules as rules
from ittgen.generators.base import Slot, Work
from ittgen.generators.evol_answers import unanswered
from ittgen.generators.parse_evolved import equal, evolved_task
from ittgen.generators.parse_structured import thought_and_said
from ittgen.generators.replies import refused
from ittgen.generators.weights import check_weights, draw
from ittgen.records import Child, Draft, Example, Rejection
from ittgen.text import JSON

OPERATIONS = {
    "general": ("constraints", "deepen", "concretize", "reasoning", "complicate", "breadth"),
    "code": ("constraints", "rarer", "reasoning", "misleading", "complexity"),
}
"""Flavour -> its operations; their prompts lie in `evol-instruct/` and `evol-code/`."""

BREADTH = "breadth"
"""The operation whose result keeps nothing of the task it came from."""
UNBOUNDED = ("complicate", "misleading")
"""Operations that add data or code, however long."""

_FOLDER = {"general": "evol-instruct", "code": "evol-code"}
_JUDGE, _ANSWER = "evol-instruct/equal", "evol-instruct/answer"


def _paper() -> Mapping[str, JSON]:
    return {"temperature": 1, "top_p": 0.9, "max_tokens": 2048}


@dataclass(frozen=True, slots=True)
class EvolInstruct:
    """`EvolInstruct(epochs=4)`: up to four ever harder tasks of each task of the source, answered.

    Raises ValueError for options out of range, an unknown operation, or weights that are negative or all 0.
    """

    epochs: int = 4
    """The paper's number of rounds over the pool."""
    operations: Mapping[str, float] = field(default_factory=dict)
    """Name -> weight; one that is not named has weight 0. Empty: all of the flavour alike, as in the paper."""
    flavour: Literal["general", "code"] = "general"
    """"code" has the five heuristics of WizardCoder (https://arxiv.org/abs/2306.08568) in place of the six."""
    answer: bool = True
    """Ask for an answer to every evolved task, and judge it by the rules; else a later stage answers."""
    equal: bool = True
    """Ask whether the evolved task asks for more than its parent; a call an epoch."""
    judge: str = ""
    """Name among `[teachers.NAME]` of the one asked that; empty for the stage's own teacher."""
    keep: tuple[Literal["code", "table", "input"], ...] = ("code", "table", "input")
    """What of its parent an evolved task must still have; breadth need not. The released code asks for it and does not
    look."""
    min_growth: int = 0
    """Fewest words an evolved task may have more than its parent. The prompts ask for 10 to 20, yet a rarer word in
    place of a common one makes a task harder and no longer; what is shorter has lost something. Words are what white
    space separates: give a negative number for texts that have none."""
    max_growth: int = 60
    """Most words it may have more: three times what the prompts ask for, since models often overshoot and only tasks
    that swell from epoch to epoch are to be stopped. Data and code that an operation adds do not count; breadth is free
    of both bounds."""
    apology_words: int = 80
    """An answer with "sorry" in it and fewer words than the paper's 80 is an apology; 0 switches the rule off."""
    must_answer: bool = True
    """Reject answers that only acknowledge, ask for more or say that something is missing (arXiv 2406.00770)."""
    evolve_sampling: Mapping[str, JSON] = field(default_factory=_paper)
    """The paper's numbers. Each of the three tables is replaced as a whole."""
    equal_sampling: Mapping[str, JSON] = field(default_factory=_paper)
    answer_sampling: Mapping[str, JSON] = field(default_factory=_paper)

    reads_pool: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.flavour not in OPERATIONS:
            raise ValueError(f'there is no flavour "{self.flavour}"{nearest(self.flavour, list(OPERATIONS))}')
        if self.epochs < 1 or self.apology_words < 0:
            raise ValueError(f"epochs must be at least 1 and apology_words 0: {self.epochs}, {self.apology_words}")
        if self.min_growth > self.max_growth:
            raise ValueError(f"min_growth and max_growth let nothing pass: {self.min_growth} to {self.max_growth}")
        if odd := [part for part in self.keep if part not in rules.KEPT]:
            raise ValueError(f'keep: a task has no "{odd[0]}"{nearest(odd[0], list(rules.KEPT))}')
        if self.judge and not self.equal:
            raise ValueError(f'judge = "{self.judge}" is never asked, since equal is false')
        for sampling in (self.evolve_sampling, self.equal_sampling, self.answer_sampling):
            check_sampling(sampling)
        names = list(OPERATIONS[self.flavour])
        if unknown := [name for name in self.operations if name not in names]:
            raise ValueError(f'there is no operation "{unknown[0]}"{nearest(unknown[0], names)}')
        check_weights("operations", self._weights())

    @property
    def prompts(self) -> tuple[str, ...]:
        """Those of the operations that can be drawn, the judge's and the answer's where they are asked."""
        asked = [f"{_FOLDER[self.flavour]}/{name}" for name, weight in self._weights().items() if weight]
        return (*asked, *([_JUDGE] if self.equal else []), *([_ANSWER] if self.answer else []))

    @property
    def teacher_names(self) -> tuple[str, ...]:
        """The judge, where it is another teacher."""
        return (self.judge,) if self.judge else ()

    def expects(self) -> tuple[float, float]:
        """Every call of every epoch, and a draft each; failures save the calls after them."""
        return self.epochs * (1 + self.equal + self.answer), self.epochs

    def plan(self, slot: Slot) -> Work | None:
        """The slot's own root and the operation of each epoch; None once the source has no more."""
        if slot.number >= len(slot.source):
            return None
        weights = self._weights()
        drawn = [draw(slot.rng(f"epoch {epoch}"), weights) for epoch in range(1, self.epochs + 1)]
        return Work((slot.source[slot.number],), {"operations": drawn})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """A child or a rejection for every epoch, each with the task that was evolved as its parent."""
        line, drafts = [work.parents[0]], []
        for epoch, operation in enumerate(_operations(work), 1):
            draft = await self._step(ask, line, operation, epoch)
            drafts.append(Child(draft, (line[-1],)))
            if isinstance(draft, Example):
                line.append(draft)
        return [*drafts]

    def _weights(self) -> dict[str, float]:
        names = OPERATIONS[self.flavour]
        return {name: self.operations.get(name, 0) if self.operations else 1 for name in names}

    async def _step(self, ask: Ask, line: Sequence[Example], operation: str, epoch: int) -> Example | Rejection:
        draft = await self._evolved(ask, line[-1], operation, epoch)
        if isinstance(draft, Rejection):
            return draft
        failed = self._checked(draft, line, operation) or await self._compared(ask, line[-1], draft)
        if failed or not self.answer:
            return failed or draft
        return await self._answered(ask, draft)

    async def _evolved(self, ask: Ask, task: Example, operation: str, epoch: int) -> Example | Rejection:
        """The task after an operation, not answered; the epoch as sample asks anew where the last one failed."""
        response = await ask(
            f"{_FOLDER[self.flavour]}/{operation}",
            sample=epoch,
            sampling=dict(self.evolve_sampling),
            instruction=task.instruction,
            input=_shown(task),
        )
        meta: dict[str, JSON] = {"operation": operation, "epoch": epoch}
        reply = Example(response.text, system=task.system, meta=meta)
        if failed := _unfinished(response, reply, "evolved task", self.evolve_sampling):
            return failed
        if (found := evolved_task(response.text)) is None:
            return Rejection(reply, "unparsed", note="the reply is no task")
        draft = replace(reply, instruction=found[0], input=found[1])
        return replace(draft, meta={**meta, "words_added": rules.growth(draft, task)})

    def _checked(self, draft: Example, line: Sequence[Example], operation: str) -> Rejection | None:
        parent = line[-1]
        if failed := rules.leaked(draft, parent) or rules.unchanged(draft, line):
            return failed
        if operation == BREADTH:
            return None
        most = float("inf") if operation in UNBOUNDED else self.max_growth
        return rules.lost(draft, parent, self.keep) or rules.grown(draft, parent, self.min_growth, most)

    async def _compared(self, ask: Ask, parent: Example, draft: Example) -> Rejection | None:
        """Rule 1: a judge that finds both tasks equal, or says nothing that can be read."""
        if not self.equal:
            return None
        response = await ask(
            _JUDGE,
            teacher=self.judge,
            sampling=dict(self.equal_sampling),
            first_instruction=parent.instruction,
            first_input=_shown(parent),
            second_instruction=draft.instruction,
            second_input=_shown(draft),
        )
        if failed := refused(response):
            return Rejection(draft, failed.rule, note=f"the judge: {failed.note or response.text}")
        verdict = equal(response.text)
        if verdict is None:
            return Rejection(draft, "equal-unparsed", note=response.text or f"no text, {response.finish_reason}")
        return Rejection(draft, "no-information-gain", note=response.text) if verdict else None

    async def _answered(self, ask: Ask, draft: Example) -> Example | Rejection:
        """The task with its answer, or why the answer shows that the task went wrong."""
        response = await ask(
            _ANSWER,
            sampling=dict(self.answer_sampling),
            system=draft.system or None,
            instruction=draft.instruction,
            input=f"\n\n{draft.input}" if draft.input else "",
        )
        thought, said = thought_and_said(response.text)
        child = replace(draft, output=said.strip(), reasoning=response.reasoning or thought)
        return (
            _unfinished(response, child, "answer", self.answer_sampling)
            or rules.apology(child, self.apology_words)
            or rules.only_stop_words(child)
            or (unanswered(child) if self.must_answer else None)
            or child
        )


def _operations(work: Work) -> list[str]:
    drawn = work.notes["operations"]
    assert isinstance(drawn, list), drawn
    return [str(name) for name in drawn]


def _unfinished(response: Response, reply: Example, what: str, sampling: Mapping[str, JSON]) -> Rejection | None:
    """The rejection of a reply that is none or has no end."""
    if failed := refused(response):
        return Rejection(reply, failed.rule, note=failed.note)
    if response.finish_reason != "length":
        return None
    return Rejection(reply, "truncated", limit=sampling.get("max_tokens"), note=f"the {what} reached max_tokens")


def _shown(task: Example) -> str:
    return task.input if task.input.strip() else "<noinput>"
