"""From the journal to a version: which rows, and everything the manifest says about how they came to be."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ittgen.about import VERSION
from ittgen.events import Froze
from ittgen.extent import before, extents
from ittgen.journal import Journal
from ittgen.records import Example, Rejection
from ittgen.spending import spent
from ittgen.stages import Stage
from ittgen.text import JSON, canonical
from ittgen.versions.freeze import Content, freeze
from ittgen.workshop import Workshop

NOTICES = {
    "procedural": "Written by the procedural teacher, a program without any model: for trying out and testing ittgen, "
    "not for training."
}
"""What a version says prominently about its teacher: kind -> sentence."""


def publish(workshop: Workshop, journal: Journal, home: Path, *, partial: str = "") -> Froze:
    """Freeze what the published stages have accepted; `partial` says why that is not all.

    Raises VersionError when there is no row yet or the folder cannot be written.
    """
    recipe = workshop.recipe
    ends = extents(workshop.stages, workshop.seeds, journal)
    facts = [_facts(workshop, stage, journal, ends) for stage in workshop.stages]
    content = Content(
        name=recipe.name,
        rows=lambda: _rows(workshop, journal, ends),
        rejections=lambda: _rejections(workshop, journal, ends),
        recipe=recipe.to_json(),
        prompts=_prompts(workshop),
        seeds=workshop.seeds_entry,
        against=_against(workshop),
        teachers=_teachers(workshop, journal, ends),
        stages=facts,
        tokens={kind: sum(stage[kind] for stage in facts) for kind in ("prompt_tokens", "completion_tokens")},
        cost=sum(stage["dollars"] for stage in facts),
        ittgen=VERSION,
        partial=partial,
        notice=" ".join(dict.fromkeys(NOTICES[kind] for kind in _kinds(workshop) if kind in NOTICES)),
        licences=[table.licence for table in recipe.staff.values() if table.licence],
    )
    frozen = freeze(home, content)
    return Froze(recipe.name, frozen.version, frozen.path, frozen.rows, frozen.new, bool(partial))


def _kinds(workshop: Workshop) -> list[str]:
    return [str(teacher.identity.get("kind")) for teacher in workshop.teachers.values()]


def _rows(workshop: Workshop, journal: Journal, ends: Mapping[str, int]) -> Iterator[Example]:
    for name in workshop.recipe.published:
        identity = workshop.stage(name).identity
        yield from journal.rows(identity, journal.visible(identity, ends[identity]))


def _rejections(workshop: Workshop, journal: Journal, ends: Mapping[str, int]) -> Iterator[Rejection]:
    for stage in workshop.stages:
        yield from journal.rejections(stage.identity, ends[stage.identity])


def _against(workshop: Workshop) -> list[dict[str, JSON]]:
    """Each once, whichever stages compare with it."""
    found = {one.name: one for stage in workshop.stages for one in stage.elsewhere}
    return [one.to_json() for one in found.values()]


def _prompts(workshop: Workshop) -> list[dict[str, JSON]]:
    names = dict.fromkeys(name for stage in workshop.stages for name in stage.generator.prompts)
    prompts = [workshop.book[name] for name in names]
    return [{"name": prompt.name, "version": prompt.version, "sha256": prompt.sha256} for prompt in prompts]


def _teachers(workshop: Workshop, journal: Journal, ends: Mapping[str, int]) -> list[dict[str, JSON]]:
    """Each teacher's name and identity, and the models and builds that its server named in its answers."""
    said = {told for stage in workshop.stages for told in journal.accounts.models(stage.identity, ends[stage.identity])}
    teachers = []
    for name, teacher in workshop.teachers.items():
        its = [told for told in said if told[0] == canonical(teacher.identity)]
        served, builds = sorted({model for _, model, _ in its} - {""}), sorted({build for *_, build in its} - {""})
        teachers.append({"name": name, **teacher.identity, "served": served, "builds": builds})
    return teachers


def _facts(workshop: Workshop, stage: Stage, journal: Journal, ends: Mapping[str, int]) -> dict[str, Any]:
    """What a stage came to and cost, by the answers it used; not who gave them, which may differ from run to run."""
    slots = ends[stage.identity]
    cost = spent(workshop.recipe, stage, journal, slots, before(stage, ends))
    return {
        "name": stage.name,
        "identity": stage.identity,
        "generator": stage.use,
        "options": asdict(stage.generator),  # type: ignore[call-overload]  # a component is a dataclass: plugins checks
        "accepted": journal.visible(stage.identity, slots),
        "operations": journal.accounts.operations(stage.identity, slots),
        **cost.to_json(),
    }
