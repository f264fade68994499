"""Finding a row's story: the version says what it is, its provenance where to look, the journal what was said.

What cannot be found any more is said in a note, and the rest is told all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ittgen import resources, seeds
from ittgen.errors import DamagedError, JournalError, SeedError, VersionError
from ittgen.journal import Journal
from ittgen.records import ID_LENGTH, Example, Provenance, Rejection
from ittgen.story.account import Exchange, Relative, Story
from ittgen.text import JSON, sha256
from ittgen.versions.dataset import Dataset

PREFIX = 4
"""Digits of an id that may stand for the whole, where only one row's id begins so."""

Found = tuple[str, Example]
"""(where it was found, the example)."""


def why(dataset: Dataset, id: str, journal: Path) -> Story:
    """The story of the row with this id, or with the only id that begins so (4 digits at least).

    Also of a draft that was rejected, or that a stage accepted which is not published; then its `fate` says so.
    Raises VersionError when there is no such row, naming ids that are close, or several.
    """
    archive = _Archive(dataset)
    with ExitStack() as stack:
        try:
            archive.journal = stack.enter_context(Journal.read(journal))
        except JournalError as error:
            archive.notes.append(f"{error}; requests, replies and unpublished rows are not shown")
        row, fate = _row(archive, id)
        return replace(_story(row, archive), fate=fate)


def _row(archive: "_Archive", id: str) -> tuple[Example, str]:
    """(the row, ""), or what became no row and why. Raises VersionError."""
    dataset = archive.dataset
    if PREFIX <= len(id) < ID_LENGTH:
        found = [example for example in dataset if example.id.startswith(id)]
        if len(found) > 1:
            raise VersionError(f'{dataset.ref}: "{id}" could be {", ".join(e.id for e in found[:5])}; give more digits')
    else:
        known = archive.version(id)
        found = [known[1]] if known else []
    if found:
        return found[0], ""
    return archive.rejected(id) or archive.unpublished(id) or (dataset.find(id), "")


def _story(row: Example, archive: "_Archive") -> Story:
    origin = row.provenance
    if origin is None:
        archive.notes.append("the row does not say where it comes from")
        return Story(archive.dataset.ref, row, (), (), (), (), (), notes=tuple(archive.notes))
    if archive.journal and not archive.committed(origin):
        archive.notes.append(f"the journal {archive.journal.path} does not have this stage's slot {origin.slot}")
    accepted, rejected = archive.slot(origin)
    family = tuple(_family(row, archive))
    exchanges = tuple(archive.exchange(key) for key in archive.asked(origin))
    return Story(
        ref=archive.dataset.ref,
        row=row,
        family=family,
        prompts=tuple(_prompt(archive.dataset, name, sha) for name, sha in origin.prompts),
        exchanges=exchanges,
        accepted=tuple(example for example in accepted if example.id != row.id),
        rejected=tuple(rejected),
        passed=() if row in (rejection.draft for rejection in rejected) else _passed(archive.dataset, origin.stage),
        notes=tuple(archive.notes),
    )


def _passed(dataset: Dataset, stage: str) -> tuple[str, ...]:
    """What a row of this stage had to pass, by the recipe that the version keeps."""
    tables = [table for table in dataset.manifest.recipe.get("stage", ()) if table.get("name") == stage]
    if not tables:
        return ()
    filters = [
        " ".join((rule["use"], *(f"{name} {value}" for name, value in rule.items() if name != "use")))
        for rule in tables[0].get("filter", ())
    ]
    return ("parsed", *filters, "no row with its id before it", *_unlike(tables[0].get("dedup") or {}))


def _unlike(dedup: Mapping[str, Any]) -> Iterator[str]:
    """What a stage's `dedup` table looked at; before it said so, it cut instructions as the paper does."""
    if dedup.get("instances"):
        yield "no row with its task and another output before it"
    if limit := dedup.get("rouge_l"):
        tokens, against = dedup.get("tokens", "rouge"), " and ".join(dedup["against"])
        yield f"no near-duplicate: ROUGE-L {limit} of {tokens} tokens against {against}"


def _family(row: Example, archive: "_Archive") -> Iterator[Relative]:
    """Generation by generation, as long as there is one parent only: where there are several the line begins."""
    seen, child, generation = {row.id}, row.provenance, 1
    while child and (parents := [id for id in child.parents if id not in seen]):
        relatives = [archive.relative(generation, id, child) for id in parents]
        yield from relatives
        seen.update(parents)
        only = relatives[0].example if len(relatives) == 1 else None
        child, generation = only.provenance if only else None, generation + 1


def _prompt(dataset: Dataset, name: str, sha: str) -> Mapping[str, JSON]:
    listed = (prompt for prompt in dataset.manifest.prompts if prompt["name"] == name and prompt["sha256"] == sha)
    return next(listed, {"name": name, "version": None, "sha256": sha})


@dataclass(slots=True)
class _Archive:
    """Where things are looked up; what is missing is noted."""

    dataset: Dataset
    journal: Journal | None = None
    notes: list[str] = field(default_factory=list)
    seeds: Mapping[str, Example] | None = None
    """By id; read when first needed."""

    def relative(self, generation: int, id: str, child: Provenance) -> Relative:
        """The parent with this id of a row with this provenance."""
        if found := self.version(id) or self.accepted(id) or self.refused(id, child) or self.seed(id):
            return Relative(generation, id, *found)
        self.notes.append(f"{id}, an ancestor, is neither in the version nor in the journal nor among the seeds")
        return Relative(generation, id, "", None)

    def version(self, id: str) -> Found | None:
        try:
            return "version", self.dataset.find(id)
        except VersionError:
            return None

    def rejected(self, id: str) -> tuple[Example, str] | None:
        """(the draft, its fate) where the version rejected one whose id begins so; the first of several."""
        if len(id) < PREFIX:
            return None
        for rejection in self.dataset.rejected():
            if isinstance(rejection.draft, Example) and rejection.draft.id.startswith(id):
                stage = rejection.provenance.stage if rejection.provenance else "?"
                fate = f'not a row but rejected, in stage "{stage}" by the rule "{rejection.rule}"'
                return replace(rejection.draft, provenance=rejection.provenance), fate
        return None

    def unpublished(self, id: str) -> tuple[Example, str] | None:
        found = self.journal.accepted(id) if self.journal else None
        return (found[1], f'not a row but accepted by stage "{found[0]}", which is not published') if found else None

    def accepted(self, id: str) -> Found | None:
        found = self.journal.accepted(id) if self.journal else None
        return (f"journal (stage {found[0]})", found[1]) if found else None

    def refused(self, id: str, child: Provenance) -> Found | None:
        """A draft of the child's own slot: one that was evolved further, though it did not become a row itself."""
        for rejection in self.slot(child)[1]:
            if isinstance(rejection.draft, Example) and rejection.draft.id == id:
                return f"rejected ({rejection.rule})", replace(rejection.draft, provenance=rejection.provenance)
        return None

    def seed(self, id: str) -> Found | None:
        if self.seeds is None:
            self.seeds = {example.id: example for example in self.read_seeds()}
        return (f"seeds ({self.dataset.manifest.seeds['name']})", self.seeds[id]) if id in self.seeds else None

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

    def asked(self, origin: Provenance) -> Sequence[str]:
        """The slot's requests in the order of asking where the journal has it; a row keeps them sorted."""
        if self.journal and self.committed(origin):
            return self.journal.outcome(self.identity(origin), origin.slot).asked
        return origin.requests

    def exchange(self, key: str) -> Exchange:
        if self.journal is None:
            return Exchange(key)
        if known := self.journal.exchange(key):
            return Exchange(key, self.journal.label(key), *known)
        self.notes.append(f"request {key} is not in the journal {self.journal.path}")
        return Exchange(key)

    def slot(self, origin: Provenance) -> tuple[Sequence[Example], Sequence[Rejection]]:
        """(accepted, rejected) of a slot: from the journal, else what the version has of it."""
        if self.journal and self.committed(origin):
            outcome = self.journal.outcome(self.identity(origin), origin.slot)
            return outcome.accepted, outcome.rejected
        rejected = [rejection for rejection in self.dataset.rejected() if _same_slot(rejection, origin)]
        return [example for example in self.dataset if _same_slot(example, origin)], rejected

    def committed(self, origin: Provenance) -> bool:
        """Whether the journal has the slot, of this very stage."""
        return self.journal is not None and self.journal.progress(self.identity(origin)).cursor > origin.slot

    def identity(self, origin: Provenance) -> str:
        stages = {stage["name"]: stage["identity"] for stage in self.dataset.manifest.stages}
        return str(stages.get(origin.stage, ""))


def _same_slot(record: Example | Rejection, origin: Provenance) -> bool:
    known = record.provenance
    return known is not None and (known.stage, known.slot) == (origin.stage, origin.slot)
