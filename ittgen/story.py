"""One row's whole story: where it comes from, what was asked and answered, and what else came of the same slot.

The version says what a row is, its provenance where to look, and the journal what the teacher was asked and said. What
cannot be found any more is said in a note, and the rest is told all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ittgen import resources, seeds
from ittgen.calls import Response
from ittgen.errors import DamagedError, JournalError, SeedError, VersionError
from ittgen.journal import Journal
from ittgen.records import ID_LENGTH, Example, Provenance, Rejection
from ittgen.text import JSON, sha256
from ittgen.versions.dataset import Dataset

PREFIX = 4
"""Digits of an id that may stand for the whole, where only one row's id begins so."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A row in the line of descent."""

    generation: int
    """1 is a parent, 2 a parent's parent."""
    id: str
    where: str
    """ "version", "journal (stage propose)", "seeds (general)"; empty where it was not found."""
    example: Example | None

    def to_json(self) -> dict[str, JSON]:
        example = self.example.to_json() if self.example else None
        return {"generation": self.generation, "id": self.id, "where": self.where, "example": example}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what the teacher said, word for word."""

    key: str
    label: str = ""
    """Who asked it first: "propose/12 self-instruct/propose"."""
    request: Mapping[str, Any] | None = None
    """{model, messages, sampling, schema, sample, teacher}; None where the journal does not have it."""
    response: Response | None = None

    def to_json(self) -> dict[str, JSON]:
        response = self.response.to_json() if self.response else None
        return {"key": self.key, "label": self.label, "request": self.request, "response": response}


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is known about one row of a version."""

    ref: str
    """The version, "alpaca-mini@3"."""
    row: Example
    family: tuple[Relative, ...]
    """Parents; and while there is one parent only, its parents in turn, to where the line began."""
    prompts: tuple[Mapping[str, JSON], ...]
    """{name, version, sha256} of each prompt used."""
    exchanges: tuple[Exchange, ...]
    """In the order of asking; all of the slot's, for its rows share them."""
    accepted: tuple[Example, ...]
    """Other rows of the same slot."""
    rejected: tuple[Rejection, ...]
    """What the slot gave and what was not good enough, with the reason."""
    notes: tuple[str, ...] = ()
    """What could not be found, and why."""

    def to_json(self) -> dict[str, JSON]:
        return {
            "ref": self.ref,
            "row": self.row.to_json(),
            "family": [relative.to_json() for relative in self.family],
            "prompts": [dict(prompt) for prompt in self.prompts],
            "exchanges": [exchange.to_json() for exchange in self.exchanges],
            "accepted": [example.to_json() for example in self.accepted],
            "rejected": [rejection.to_json() for rejection in self.rejected],
            "notes": list(self.notes),
        }


def why(dataset: Dataset, id: str, journal: Path) -> Story:
    """The story of the row with this id, or with the only id that begins so (4 digits at least).

    Raises VersionError when there is no such row, naming ids that are close, or several.
    """
    row = _row(dataset, id)
    archive = _Archive(dataset)
    with ExitStack() as stack:
        try:
            archive.journal = stack.enter_context(Journal.read(journal))
        except JournalError as error:
            archive.notes.append(f"{error}; requests, replies and unpublished rows are not shown")
        return _story(row, archive)


def _row(dataset: Dataset, id: str) -> Example:
    if not PREFIX <= len(id) < ID_LENGTH:
        return dataset.find(id)
    found = [example for example in dataset if example.id.startswith(id)]
    if len(found) > 1:
        raise VersionError(f'{dataset.ref}: "{id}" could be {", ".join(e.id for e in found[:5])}; give more digits')
    return found[0] if found else dataset.find(id)


@dataclass(slots=True)
class _Archive:
    """Where things are looked up; what is missing is noted."""

    dataset: Dataset
    journal: Journal | None = None
    notes: list[str] = field(default_factory=list)
    seeds: Mapping[str, Example] | None = None
    """By id; read when first needed."""

    def relative(self, generation: int, id: str) -> Relative:
        where, example = self.lookup(id)
        if example is None:
            self.notes.append(f"{id}, an ancestor, is neither in the version nor in the journal nor among the seeds")
        return Relative(generation, id, where, example)

    def lookup(self, id: str) -> tuple[str, Example | None]:
        """(where it was found, the example); ("", None) where it was not."""
        try:
            return "version", self.dataset.find(id)
        except VersionError:
            known = self.journal.accepted(id) if self.journal else None
        if known:
            return f"journal (stage {known[0]})", known[1]
        if self.seeds is None:
            self.seeds = {example.id: example for example in self.read_seeds()}
        return (f"seeds ({self.dataset.manifest.seeds['name']})", self.seeds[id]) if id in self.seeds else ("", None)

    def read_seeds(self) -> Sequence[Example]:
        entry = self.dataset.manifest.seeds
        name = str(entry["name"])
        try:
            if "@" in name:
                return Dataset.open(self.dataset.path.parent.parent, name)
            path = seeds.locate(name, Path(), resources.seeds())
            if sha256(path.read_bytes()) != entry["sha256"]:
                self.notes.append(f"seeds {path}: the file has changed since this version was grown from it")
            return seeds.load(path)
        except (SeedError, VersionError, DamagedError) as error:
            self.notes.append(f"the seeds cannot be read: {error}")
            return []

    def exchange(self, key: str) -> Exchange:
        if self.journal is None:
            return Exchange(key)
        if known := self.journal.exchange(key):
            return Exchange(key, self.journal.label(key), *known)
        self.notes.append(f"request {key} is not in the journal {self.journal.path}")
        return Exchange(key)

    def slot(self, origin: Provenance) -> tuple[Sequence[Example], Sequence[Rejection]]:
        """(accepted, rejected) of a slot: from the journal, else what the version has of it."""
        stages = {stage["name"]: stage["identity"] for stage in self.dataset.manifest.stages}
        identity = stages.get(origin.stage, "")
        if self.journal and self.journal.progress(identity).cursor > origin.slot:
            outcome = self.journal.outcome(identity, origin.slot)
            return outcome.accepted, outcome.rejected
        self.notes.append("what else came of the slot is told by this version alone")
        rejected = [r for r in self.dataset.rejected() if _same_slot(r, origin)]
        return [example for example in self.dataset if _same_slot(example, origin)], rejected


def _same_slot(record: Example | Rejection, origin: Provenance) -> bool:
    known = record.provenance
    return known is not None and (known.stage, known.slot) == (origin.stage, origin.slot)


def _story(row: Example, archive: _Archive) -> Story:
    origin = row.provenance
    if origin is None:
        archive.notes.append("the row does not say where it comes from")
        return Story(archive.dataset.ref, row, (), (), (), (), (), tuple(archive.notes))
    family = tuple(_family(row, archive))
    exchanges = tuple(archive.exchange(key) for key in origin.requests)
    accepted, rejected = archive.slot(origin)
    return Story(
        ref=archive.dataset.ref,
        row=row,
        family=family,
        prompts=tuple(_prompt(archive.dataset, name, sha) for name, sha in origin.prompts),
        exchanges=exchanges,
        accepted=tuple(example for example in accepted if example.id != row.id),
        rejected=tuple(rejected),
        notes=tuple(archive.notes),
    )


def _family(row: Example, archive: _Archive) -> Iterator[Relative]:
    seen = {row.id}
    parents = row.provenance.parents if row.provenance else ()
    generation = 1
    while parents:
        relatives = [archive.relative(generation, id) for id in parents]
        yield from relatives
        seen.update(parents)
        only = relatives[0].example if len(relatives) == 1 else None
        parents = tuple(only.provenance.parents) if only and only.provenance else ()
        parents = tuple(id for id in parents if id not in seen)
        generation += 1


def _prompt(dataset: Dataset, name: str, sha: str) -> Mapping[str, JSON]:
    listed = (prompt for prompt in dataset.manifest.prompts if prompt["name"] == name and prompt["sha256"] == sha)
    return next(listed, {"name": name, "version": None, "sha256": sha})


# As text


def tell(story: Story) -> str:
    """The story for people: a heading for each part, nothing shortened but other rows and ancestors."""
    prompts = [f"  {p['name']}, version {p['version']}, sha256 {p['sha256']}" for p in story.prompts]
    parts: list[tuple[str, Iterable[str]]] = [("", _tell_row(story))]
    parts += [("Family", _tell_family(story)), ("Prompts", prompts)]
    parts += [(f"Request {n}", _tell_exchange(exchange)) for n, exchange in enumerate(story.exchanges, 1)]
    parts += [("Also of this slot", _tell_siblings(story)), ("Not found", [f"  {note}" for note in story.notes])]
    told = [(heading, list(lines)) for heading, lines in parts]
    return "\n\n".join("\n".join(filter(None, (heading, *lines))) for heading, lines in told if lines)


def _tell_row(story: Story) -> Iterator[str]:
    row, origin = story.row, story.row.provenance
    yield f"{story.ref}, row {row.id}"
    for name in ("system", "instruction", "input", "reasoning", "output"):
        yield from _block(name, getattr(row, name))
    for turn in row.turns:
        yield from _block(turn.role, turn.content)
    yield from _block("scores, meta", _listed({**row.scores, **row.meta}))
    if origin:
        yield f"  made by: stage {origin.stage} ({origin.generator}), slot {origin.slot}"
        yield from _block("teacher", _listed(origin.teacher))


def _tell_family(story: Story) -> Iterator[str]:
    for relative in story.family:
        text = _brief(relative.example) if relative.example else "not found"
        yield f"{'  ' * relative.generation}{relative.id}  {relative.where or '?'}: {text}"


def _tell_exchange(exchange: Exchange) -> Iterator[str]:
    yield f"  {exchange.label or 'not stored'}, key {exchange.key}"
    if exchange.request is None or exchange.response is None:
        return
    request, response, usage = exchange.request, exchange.response, exchange.response.usage
    yield from _block("asked", _listed({"model": request["model"], **request["sampling"], "sample": request["sample"]}))
    for message in request["messages"]:
        yield from _block(message["role"], message["content"])
    yield from _block("reasoning", response.reasoning)
    yield from _block("reply", response.error or response.text)
    facts = {"finish_reason": response.finish_reason, "tokens": f"{usage.prompt_tokens} + {usage.completion_tokens}"}
    named = {"model": response.model, "request id": response.request_id, "latency": f"{response.latency:.2f} s"}
    yield from _block("answered", _listed(facts | named))


def _tell_siblings(story: Story) -> Iterator[str]:
    for example in story.accepted:
        yield f"  accepted  {example.id}: {_brief(example)}"
    for rejection in story.rejected:
        measured = _listed({"value": rejection.value, "limit": rejection.limit, "near": rejection.near})
        draft = _short(rejection.draft) if isinstance(rejection.draft, str) else _brief(rejection.draft)
        yield f"  rejected  {', '.join(filter(None, (rejection.rule, measured, rejection.note)))}: {draft}"


def _listed(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items() if value not in (None, ""))


def _block(name: str, text: str) -> Iterable[str]:
    """`name: text`, a longer text below its name and indented; nothing where there is no text."""
    lines = text.splitlines()
    if len(lines) < 2:
        return [f"  {name}: {line}" for line in lines]
    return [f"  {name}:", *(f"    {line}".rstrip() for line in lines)]


def _brief(example: Example) -> str:
    return _short(" | ".join(filter(None, (example.instruction, example.input, example.output))))


def _short(text: str, width: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
