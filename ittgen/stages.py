"""From a recipe to stages that can run: components built and checked, prompts found, identities computed.

A stage's identity is the digest of everything that decides its rows, its source's identity included, and without its
target: the same identity means the same rows so far, a changed one means that the stage is replayed from the journal.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ittgen import plugins
from ittgen.about import VERSION
from ittgen.ask import Voice
from ittgen.budget import Price
from ittgen.calls import Checked, Local, Teacher
from ittgen.duplicates import SEEDS as SEEDS
from ittgen.duplicates import DedupTable
from ittgen.elsewhere import Elsewhere
from ittgen.errors import Blame, PluginError, RecipeError, nearest
from ittgen.filters.base import Step
from ittgen.filters.defaults import expanded
from ittgen.generators.base import Generator, Several, Slot
from ittgen.prompts import PromptBook
from ittgen.recipe import Component, Recipe, StageTable, TeacherTable
from ittgen.records import Example
from ittgen.text import JSON, digest


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, ready to run."""

    name: str
    identity: str
    what: Mapping[str, JSON]
    """What the identity is the digest of, for people."""
    source: str
    """Identity of the stage it takes its examples from, or "seeds"."""
    use: str
    """The generator's name in recipes."""
    generator: Generator
    filters: tuple[Step, ...]
    dedup: DedupTable | None
    target: int | None
    window: int
    seed: int
    voices: Mapping[str, Voice]
    """The teacher it asks, under "", and those that its generator names."""
    elsewhere: Sequence[Elsewhere] = ()
    """The versions and files that its drafts are compared with."""

    def slot(self, number: int, source: Sequence[Example], pool: Sequence[Example]) -> Slot:
        return Slot(number, source, pool, self.seed, self.name)

    def visible(self, number: int) -> int:
        """How many slots must be committed before this one is planned: those whose rows it may see."""
        return max(number - self.window, number // 2) if self.generator.reads_pool else 0

    def blaming(self, slot: int) -> "Blame":
        """Around a component's own code: what it raises gets a note that says whose it is."""
        return Blame(f'in stage "{self.name}", slot {slot}: generator "{self.use}" or a filter of that stage')


def teachers_of(recipe: Recipe) -> dict[str, Teacher]:
    """The recipe's teachers by name, `[teacher]` under "".

    Raises PluginError; whether they are ready to answer is for `ready` to say.
    """
    teachers: dict[str, Teacher] = {}
    for name, table in recipe.staff.items():
        teacher = _teacher(recipe, name, table)
        same = (other for other in teachers.values() if isinstance(teacher, Local) and other == teacher)
        teachers[name] = next(same, teacher)  # a model is loaded once, however it is asked
    _check_alone(recipe, teachers)
    return teachers


def _check_alone(recipe: Recipe, teachers: Mapping[str, Teacher]) -> None:
    """Raise PluginError where two models would have to be in this process, of a kind of which it bears one."""
    alone = {name: teacher for name, teacher in teachers.items() if isinstance(teacher, Local) and teacher.alone}
    for name, teacher in alone.items():
        if other := [first for first, its in alone.items() if its is not teacher]:
            use, both = recipe.staff[name].use, f"{_table(name)} and {_table(other[0])}"
            raise PluginError(
                f'{_where(recipe, both)} are different models, and "{use}" runs one in a process; '
                f'say use = "{use}-server" for one of them, or give both the same options'
            )


def _table(name: str) -> str:
    return f"teachers.{name}" if name else "teacher"


def _teacher(recipe: Recipe, name: str, table: TeacherTable) -> Teacher:
    where = _where(recipe, _table(name))
    known = plugins.options_of(plugins.find("teacher", table.use, where))
    options = table.options | ({"model": table.model} if "model" in known and table.model else {})
    teacher: Teacher = plugins.build("teacher", table.use, options, where)
    return teacher.beside(recipe.folder) if isinstance(teacher, Local) else teacher


def ready(teacher: Teacher) -> None:
    """Raise UsageError when the teacher knows that something is missing, such as its key."""
    if isinstance(teacher, Checked):
        teacher.check()


def voice_of(recipe: Recipe, name: str, teacher: Teacher, book: PromptBook) -> Voice:
    """How the recipe has this teacher asked."""
    table = recipe.staff[name]
    model = teacher.called if isinstance(teacher, Local) else table.model
    without = tuple(sorted(set(table.without)))
    return Voice(name, model, table.sampling, teacher.identity, book, without, table.room_to_think)


def prices_of(recipe: Recipe) -> dict[str, Price]:
    """Each teacher's dollars a million tokens as the recipe states them; 0 where it does not."""
    tables = recipe.staff.items()
    return {name: Price(**table.price.model_dump()) if table.price else Price() for name, table in tables}


def assemble(
    recipe: Recipe,
    seeds: Sequence[Example],
    book: PromptBook,
    teachers: Mapping[str, Teacher],
    elsewhere: Mapping[str, Elsewhere],
) -> list[Stage]:
    """Every stage of the recipe, in order. Raises RecipeError, PluginError or PromptError before anything is sent.

    elsewhere: the versions and files that stages compare with, by their names in the recipe.
    """
    voices = {name: voice_of(recipe, name, teachers[name], book) for name in recipe.staff}
    identities = {SEEDS: digest([seed.to_json() for seed in seeds])}
    stages = []
    for table in recipe.stage:
        named = [elsewhere[name] for name in table.dedup.elsewhere] if table.dedup else []
        stage = _checked(recipe, _stage(recipe, table, voices, identities, named), seeds)
        identities[stage.name] = stage.identity
        stages.append(stage)
    return stages


def _stage(
    recipe: Recipe,
    table: StageTable,
    voices: Mapping[str, Voice],
    identities: Mapping[str, str],
    elsewhere: Sequence[Elsewhere],
) -> Stage:
    where = _where(recipe, f'stage "{table.name}"')
    generator: Generator = plugins.build("generator", table.generator.use, table.generator.options, where)
    rules = expanded(table.filter, where)
    filters = tuple(plugins.build("filter", rule.use, rule.options, where) for rule in rules)
    source = table.source or SEEDS
    heard = _heard(recipe, table, generator, voices)
    what: dict[str, JSON] = {
        "ittgen": VERSION,
        "stage": table.name,
        "seed": recipe.seed,
        "source": identities[source],
        "generator": _described(table.generator, generator),
        "filter": [_described(named, rule) for named, rule in zip(rules, filters, strict=True)],
        "dedup": _compared(table.dedup, elsewhere) if table.dedup else None,
        "seeds": identities[SEEDS] if table.dedup and SEEDS in table.dedup.compared else None,
        "window": table.window if generator.reads_pool else None,
        "prompts": {name: heard[""].book[name].sha256 for name in generator.prompts},
        "teachers": {name: _voiced(voice) for name, voice in heard.items()},
    }
    return Stage(
        name=table.name,
        identity=digest(what),
        what=what,
        source=identities[source] if table.source else SEEDS,
        use=table.generator.use,
        generator=generator,
        filters=filters,
        dedup=table.dedup,
        target=table.target,
        window=table.window,
        seed=recipe.seed,
        voices=heard,
        elsewhere=elsewhere,
    )


def _compared(table: DedupTable, elsewhere: Sequence[Elsewhere]) -> dict[str, JSON]:
    """The table in full, and what the versions and files that it names were found to be."""
    said = table.model_dump(exclude={"against"})
    near = [name for name in table.compared if name not in table.elsewhere]
    return {**said, "against": [*near, *(found.to_json() for found in elsewhere)]} if table.compared else said


def _heard(recipe: Recipe, table: StageTable, generator: Generator, voices: Mapping[str, Voice]) -> dict[str, Voice]:
    """The stage's own teacher under "", and those that the generator names among its options."""
    heard = {"": voices[table.teacher]}
    for name in generator.teacher_names if isinstance(generator, Several) else ():
        if name not in voices:
            where = _where(recipe, f'stage "{table.name}"')
            raise RecipeError(f"{where}: there is no [teachers.{name}]{nearest(name, list(recipe.teachers))}")
        heard[name] = voices[name]
    return heard


def _voiced(voice: Voice) -> dict[str, JSON]:
    dialect: dict[str, JSON] = {"without": list(voice.without), "room_to_think": voice.room_to_think}
    said = {name: value for name, value in dialect.items() if value}  # what is not said keeps a stage's old identity
    return {"identity": dict(voice.identity), "model": voice.model, "sampling": dict(voice.sampling), **said}


def _described(named: Component, component: Any) -> dict[str, JSON]:
    """A component's name and all of its options, defaults included."""
    return {"use": named.use, **dataclasses.asdict(component)}


def _endless(stage: Stage, seeds: Sequence[Example]) -> bool:
    """Whether the generator goes on for ever; one that ends over the seeds ends over a stage's rows as well."""
    return stage.generator.plan(stage.slot(2**31, seeds, ())) is not None


def _checked(recipe: Recipe, stage: Stage, seeds: Sequence[Example]) -> Stage:
    """A generator that goes on for ever needs a target; over a stage, its rows depend on how many that stage has."""
    if not _endless(stage, seeds):
        return stage
    where = _where(recipe, f'stage "{stage.name}"')
    if stage.target is None:
        raise RecipeError(f'{where}: the generator "{stage.use}" never ends by itself; give the stage a target')
    if stage.source == SEEDS:
        return stage
    what = {**stage.what, "source rows": _targets(recipe, stage.name)}
    return dataclasses.replace(stage, what=what, identity=digest(what))


def _targets(recipe: Recipe, name: str) -> list[int | None]:
    """What decides how many rows a stage's source has: its target, and those of all that it descends from."""
    source = recipe.table(name).source
    return [recipe.table(source).target, *_targets(recipe, source)] if source else []


def _where(recipe: Recipe, place: str) -> str:
    return f"recipe {recipe.path}, {place}"
