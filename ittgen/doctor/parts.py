"""Whether a recipe can run here: every part looked at on its own, so that one fault does not hide the next.

Where all else is well the teachers are asked (`asking`). Leaves nothing behind, and never shows a key.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from ittgen import elsewhere, plugins, resources, seedcheck, seeds, stages
from ittgen.calls import Teacher
from ittgen.doctor.asking import ask
from ittgen.doctor.finding import Finding
from ittgen.elsewhere import Elsewhere
from ittgen.errors import IttgenError, PromptError
from ittgen.filters.defaults import expanded
from ittgen.journal import Journal
from ittgen.locks import hold
from ittgen.planning.warnings import warnings_of
from ittgen.progress import counted
from ittgen.prompts import LOCK, PromptBook, check_lock
from ittgen.recipe import Recipe, StageTable
from ittgen.records import Example
from ittgen.schema import MIGRATIONS
from ittgen.versions.dataset import Dataset
from ittgen.workshop import check_writable

T = TypeVar("T")
Teachers = dict[str, Teacher]


class _Examination:
    """Findings in the order of looking."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def look(self, check: str, at: Callable[[], tuple[T, str]]) -> T | None:
        """The part that `at` found, with a finding that it is well; None, with what is wrong, where `at` raised."""
        try:
            part, detail = at()
        except IttgenError as error:
            self.findings.append(Finding(check, False, str(error)))
            return None
        self.findings.append(Finding(check, True, detail))
        return part


def examine(recipe: Recipe | str | Path, data: Path, journal: Path) -> list[Finding]:
    """Look at everything a recipe needs; whatever is wrong is a finding.

    Each teacher is asked a question, unless something is wrong: a question may cost, and has to be asked again then.
    """
    seen = _Examination()
    known = seen.look("recipe", partial(_recipe, recipe))
    teachers = seen.look("teacher", partial(_teachers, known)) if known else None
    if known:
        _look_at_stages(seen, known, data, teachers)
    for folder in _prompt_folders(known):
        seen.look("prompts", partial(_prompts, folder))
    seen.look("data folder", partial(_folder, data, "data folder"))
    seen.look("journal folder", partial(_folder, journal.parent, "journal folder"))
    seen.look("journal", partial(_journal, journal))
    if known and teachers and all(finding.ok for finding in seen.findings):
        for name, teacher in teachers.items():
            seen.findings += ask(stages.voice_of(known, name, teacher, _book(known)), teacher)
    return seen.findings


# Recipe and stages


def _recipe(recipe: Recipe | str | Path) -> tuple[Recipe, str]:
    known = recipe if isinstance(recipe, Recipe) else Recipe.load(recipe)
    return known, f"{known.path}: {known.name}, {counted(len(known.stage), 'stage')}"


def _look_at_stages(seen: _Examination, recipe: Recipe, data: Path, teachers: Teachers | None) -> None:
    examples = seen.look("seeds", partial(_seeds, recipe, data))
    book = _book(recipe)
    built = [seen.look(f"stage {table.name}", partial(_stage, recipe, table, book)) for table in recipe.stage]
    others = seen.look("against", partial(_against, recipe, data)) if _elsewhere(recipe) else {}
    if examples is not None and teachers and all(built) and others is not None:
        seen.look("stages", partial(_stages, recipe, examples, book, teachers, others))


def _book(recipe: Recipe) -> PromptBook:
    return PromptBook(recipe.folder / "prompts", resources.prompts())


def _seeds(recipe: Recipe, data: Path) -> tuple[Sequence[Example], str]:
    if "@" in recipe.seeds:
        version = Dataset.open(data, recipe.seeds)
        return version, f"{version.ref}: {counted(len(version), 'row')}"
    path = seeds.locate(recipe.seeds, recipe.folder, resources.seeds())
    report, examples = seedcheck.check(path), seeds.load(path)
    checked = f"ittgen seeds check: {counted(report.errors, 'error')}, {counted(report.notices, 'notice')}"
    return examples, f"{path}: {counted(report.rows, 'seed')}; {checked}"


def _stage(recipe: Recipe, table: StageTable, book: PromptBook) -> tuple[bool, str]:
    """Its components can be built, and its prompts are there."""
    where = f'recipe {recipe.path}, stage "{table.name}"'
    generator = plugins.build("generator", table.generator.use, table.generator.options, where)
    for rule in expanded(table.filter, where):
        plugins.build("filter", rule.use, rule.options, where)
    prompts = [book[name].name for name in generator.prompts]
    filters = [rule.use for rule in table.filter]
    return True, f"{table.generator.use}; filters: {', '.join(filters) or 'none'}; prompts: {', '.join(prompts)}"


def _elsewhere(recipe: Recipe) -> bool:
    return any(table.dedup and table.dedup.elsewhere for table in recipe.stage)


def _against(recipe: Recipe, data: Path) -> tuple[Mapping[str, Elsewhere], str]:
    found = elsewhere.opened(recipe, data)
    return found, ", ".join(f"{one.name}: {counted(one.rows, 'row')}" for one in found.values())


def _stages(
    recipe: Recipe,
    examples: Sequence[Example],
    book: PromptBook,
    teachers: Teachers,
    others: Mapping[str, Elsewhere],
) -> tuple[bool, str]:
    assembled = stages.assemble(recipe, examples, book, teachers, others)
    named = ", ".join(f"{stage.name} {stage.identity[:12]}" for stage in assembled)
    return True, "; ".join([named, *warnings_of(assembled, examples)])


# Prompts, folders, journal


def _prompt_folders(recipe: Recipe | None) -> list[Path]:
    """The packaged prompts, and the recipe's own where they are locked."""
    own = recipe.folder / "prompts" if recipe else None
    return [resources.prompts(), *([own] if own and (own / LOCK).is_file() else [])]


def _prompts(folder: Path) -> tuple[bool, str]:
    if faults := check_lock(folder):
        raise PromptError(f"{folder}: {'; '.join(faults)}")
    return True, f"{folder}: {counted(len(PromptBook(folder).names()), 'prompt')}, as locked"


def _folder(folder: Path, what: str) -> tuple[bool, str]:
    check_writable(folder, what)
    return True, f"{folder}: writable"


def _journal(path: Path) -> tuple[bool, str]:
    if not path.exists():
        return True, f"{path}: none yet; the first run makes it"
    hold(path).release()
    with Journal.read(path):
        return True, f"{path}: free, schema {len(MIGRATIONS)}"


# Teacher


def _teachers(recipe: Recipe) -> tuple[Teachers, str]:
    teachers = stages.teachers_of(recipe)
    told = "; ".join(", ".join(f"{name} {value}" for name, value in t.identity.items()) for t in teachers.values())
    return teachers, told
