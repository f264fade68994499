"""Distillation: a teacher answers tasks.

Orca, https://arxiv.org/abs/2306.02707; Orca 2, https://arxiv.org/abs/2311.11045; GPT-4-LLM, https://arxiv.org/abs/2304.03277

A slot is one task. Knows nothing of filters and duplicates; how a reply is read is in `answers`, how one of several is
taken in `choose` and `judge`, and which system prompts there are in `systems`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from ittgen.calls import Ask, Response, check_sampling
from ittgen.errors import nearest
from ittgen.generators import systems as library
from ittgen.generators.answers import Reasoning, Truncated, blank, read_answer, room
from ittgen.generators.base import Slot, Work
from ittgen.generators.choose import best, shares
from ittgen.generators.judge import Judge, set_apart
from ittgen.generators.parse_talk import refuses
from ittgen.generators.weights import check_weights, draw
from ittgen.records import Draft, Example, Rejection
from ittgen.text import JSON, words

Choose = Literal["first", "judge", "agreement"]

PLAIN, TAGGED = "distill/answer", "distill/tagged"


@dataclass(frozen=True, slots=True)
class Distill:
    """`Distill()`: one call a task, its answer the output. A row that has an output passes through as it is, unasked.

    Raises ValueError for unknown names (with the nearest known one), weights that are negative or all 0, n below 1, and
    options that could have no effect.
    """

    n: int = 1
    """Samples of a task at most. More than one wants a temperature above 0."""
    choose: Choose = "first"
    """Which sample is taken. "first": the first usable one, and no more are asked for. "judge": all are asked for, and
    the best score wins (`scores.quality`). "agreement": all are asked for, and the final answer that most samples come
    to wins (`scores.agreement`, the share of samples that come to it). The earliest of equals is taken."""
    judge: str = ""
    """Name among `[teachers.NAME]` of the one that judges; empty for the stage's own teacher."""
    systems: str | Mapping[str, Mapping[str, float]] = ""
    """A set of system prompts ("orca", "orca-2"), or kind of task -> name of a system prompt -> weight. Drawn for every
    task that has no system prompt of its own, or one that was drawn. Empty: its own, or else that of the prompt."""
    student_system: str | None = None
    """What the student shall see in place of the system prompt the teacher saw, which goes to
    `meta.system_for_teacher` (Orca 2's prompt erasure); "" for none at all. Left out, the student sees the same."""
    reasoning: Reasoning = "server"
    """Where a row's reasoning comes from: what the "server" returns beside the answer or in <think> before it; "tags"
    that the prompt asks for; or "none", and what the server returns is left in the journal."""
    teachers: Mapping[str, float] = field(default_factory=dict)
    """Name among `[teachers.NAME]` -> weight: each task is drawn its teacher. Empty: the stage's own."""
    truncated: Truncated = "again"
    """An answer cut off by the token limit: ask "again" once with twice the room, "reject" it, or "keep" it and mark
    `meta.truncated`."""
    replace_outputs: bool = False
    """Answer rows that have an output as well. Every other field stays; the old output, reasoning, scores and the
    turns that go on from them are kept as `meta.replaced_output`, `replaced_reasoning` and so on."""
    sampling: Mapping[str, JSON] = field(default_factory=dict)
    """Added to the teacher's own and winning over it. For "again" the room doubled is its max_tokens, or
    max_completion_tokens where the teacher wants that; without either, as many tokens as the answer was cut off at."""
    refusal_words: int = 80
    """An answer that begins as refusals do and has fewer words than this is rejected; 0 lets refusals pass."""
    judge_sampling: Mapping[str, JSON] = field(default_factory=lambda: {"temperature": 0})
    library: str = field(init=False, default="")
    """Digest of the system prompts that may be drawn, so that a changed text is another stage; no option."""

    def __post_init__(self) -> None:
        self._check_names()
        if self.n < 1:
            raise ValueError(f"n must be 1 or more, not {self.n}")
        if self.refusal_words < 0:
            raise ValueError(f"refusal_words must be 0 or more, not {self.refusal_words}")
        if self.choose != "first" and self.n == 1:
            raise ValueError(f'choose = "{self.choose}" chooses among samples: it needs n above 1')
        if self.judge and self.choose != "judge":
            raise ValueError(f'judge = "{self.judge}" is never asked; it needs choose = "judge"')
        check_sampling(self.sampling)
        check_sampling(self.judge_sampling)
        if self.teachers:
            check_weights("teachers", self.teachers)
        if self.systems:
            object.__setattr__(self, "library", library.fingerprint(library.weights_of(self.systems)))

    def _check_names(self) -> None:
        for option, value, kind in (
            ("choose", self.choose, Choose),
            ("reasoning", self.reasoning, Reasoning),
            ("truncated", self.truncated, Truncated),
        ):
            if value not in (known := get_args(kind)):
                raise ValueError(f'{option}: there is no "{value}"{nearest(value, list(known))}')
        if "" in self.teachers:
            raise ValueError("teachers: a name is empty; name the stage's own teacher among [teachers.NAME] as well")

    @property
    def prompts(self) -> tuple[str, ...]:
        """The one it asks with, and the judge's."""
        return (self._prompt, *(Judge.prompts if self.choose == "judge" else ()))

    @property
    def reads_pool(self) -> bool:
        """Never."""
        return False

    @property
    def teacher_names(self) -> tuple[str, ...]:
        """Those that may be drawn, and the judge."""
        drawn = {name for name, weight in self.teachers.items() if weight}
        return tuple(sorted(drawn | ({self.judge} if self.judge else set())))

    def expects(self) -> tuple[float, float]:
        """Every sample, each judged where that is wanted, and one row; answers cut off cost another call."""
        calls = {"first": 1, "judge": 2 * self.n, "agreement": self.n}
        return calls[self.choose], 1

    def plan(self, slot: Slot) -> Work | None:
        """The slot's own task, its teacher and its system prompt; None once the source has no more."""
        if slot.number >= len(slot.source):
            return None
        task = slot.source[slot.number]
        notes: dict[str, JSON] = {}
        if self.teachers:
            notes["teacher"] = draw(slot.rng("teacher"), self.teachers)
        if self.systems and (not task.system or "system_prompt" in task.meta):
            weights = library.suited(library.weights_of(self.systems), task)
            notes["system"] = draw(slot.rng("system"), weights)
        return Work((task,), notes)

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """The row answered and every sample not taken; or the row as it is, where it has an output to be kept."""
        task = work.parents[0]
        if task.output.strip() and not self.replace_outputs:
            return [task]
        drafts: list[Example | Rejection] = []
        for k in range(self.n):
            drafts += await self._sample(work, ask, k)
            if self.choose == "first" and isinstance(drafts[-1], Example):
                break
        usable = [draft for draft in drafts if isinstance(draft, Example)]
        return [*await self._chosen(usable, ask), *(draft for draft in drafts if isinstance(draft, Rejection))]

    async def _chosen(self, usable: Sequence[Example], ask: Ask) -> Sequence[Draft]:
        if self.choose == "judge":
            return await self._judged(usable, ask)
        if self.choose == "agreement":
            return _agreed(usable)
        return usable

    async def _judged(self, usable: Sequence[Example], ask: Ask) -> Sequence[Draft]:
        """The best sample with its score, the others as rejections; one that the judge did not score is never taken."""
        judge = Judge(self.judge, sampling=self.judge_sampling)
        verdicts = [await judge.verdict(example, ask) for example in usable]
        scores = [verdict.score for verdict in verdicts]
        scored = [_scored(e, judge.name, v.score) for e, v in zip(usable, verdicts, strict=True)]
        winner = best(scores)
        return [
            scored[i] if i == winner else _not_chosen(scored[i], score, scores[winner or 0], verdict.said)
            for i, (score, verdict) in enumerate(zip(scores, verdicts, strict=True))
        ]

    async def _sample(self, work: Work, ask: Ask, k: int) -> list[Example | Rejection]:
        """Sample k of the answer; a second reply where the first one was cut off and may be asked for again."""
        task = self._unanswered(work)
        response = await self._asked(work, ask, k, self.sampling)
        draft = self._checked(read_answer(task, response, self.reasoning, self.truncated))
        if not (isinstance(draft, Rejection) and draft.rule == "truncated" and self.truncated == "again"):
            return [draft]
        more = room(self.sampling, response)
        if not more:
            return [replace(draft, note="the limit is not known: name max_tokens in the generator's sampling")]
        first = replace(draft, limit=next(iter(more.values())) // 2, note="asked again with twice the room")
        again = await self._asked(work, ask, k, {**self.sampling, **more})
        return [first, self._checked(read_answer(task, again, self.reasoning, "reject"))]

    def _checked(self, draft: Example | Rejection) -> Example | Rejection:
        """The draft, unless its answer is a refusal that the server did not call one."""
        if isinstance(draft, Rejection) or not refuses(draft.output):
            return draft
        count = len(words(draft.output))
        if count >= self.refusal_words:
            return draft
        return Rejection(draft, "refusal", value=count, limit=self.refusal_words)

    async def _asked(self, work: Work, ask: Ask, k: int, sampling: Mapping[str, JSON]) -> Response:
        task = work.parents[0]
        return await ask(
            self._prompt,
            teacher=str(work.notes.get("teacher", "")),
            sample=k,
            sampling=dict(sampling),
            system=self._said_to_teacher(work),
            instruction=task.instruction,
            input=set_apart(task.input),
        )

    @property
    def _prompt(self) -> str:
        return TAGGED if self.reasoning == "tags" else PLAIN

    def _said_to_teacher(self, work: Work) -> str | None:
        """The system prompt drawn or the row's own; None for the prompt's own."""
        if (drawn := work.notes.get("system")) is not None:
            return library.library().prompts[str(drawn)]
        return work.parents[0].system or None

    def _unanswered(self, work: Work) -> Example:
        """The row before its answer, as the student shall see it; what was taken from it is in its meta."""
        task, said = blank(work.parents[0]), self._said_to_teacher(work)
        meta = dict(task.meta)
        if drawn := work.notes.get("system"):
            meta["system_prompt"] = drawn
        if said is not None and (drawn or self.student_system is not None):
            meta["system_for_teacher"] = said
        seen = self.student_system if self.student_system is not None else said or ""
        return replace(task, system=seen, meta=meta)


def _scored(example: Example, name: str, score: float | None) -> Example:
    return example if score is None else replace(example, scores={**example.scores, name: score})


def _not_chosen(example: Example, score: float | None, limit: float | None, said: str) -> Rejection:
    if score is None:
        return Rejection(example, "unscored", note=f"the judge gave no score: {said}")
    return Rejection(example, "not-chosen", value=score, limit=limit, note=said)


def _agreed(usable: Sequence[Example]) -> Sequence[Draft]:
    """The first sample of those that agree most, the others as rejections, each with its share."""
    agreement = shares([example.output for example in usable])
    winner = best(agreement)
    scored = [_scored(e, "agreement", share) for e, share in zip(usable, agreement, strict=True)]
    return [
        example if i == winner else Rejection(example, "not-chosen", value=agreement[i], limit=max(agreement))
        for i, example in enumerate(scored)
    ]
