"""Everything a recipe needs before it can run, found and checked once: seeds, prompts, teacher, stages.

Nothing is sent or written here; all that can be wrong with a recipe is said here.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ittgen import elsewhere, plugins, resources, seeds, stages
from ittgen.calls import Teacher
from ittgen.errors import UsageError
from ittgen.prompts import PromptBook
from ittgen.recipe import Recipe
from ittgen.records import Example
from ittgen.stages import Stage
from ittgen.text import JSON, sha256
from ittgen.versions.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Workshop:
    """A recipe with its parts."""

    recipe: Recipe
    seeds: Sequence[Example]
    seeds_entry: dict[str, JSON]
    """For the manifest: name, sha256 of the file or digest of the version, rows."""
    book: PromptBook
    teachers: Mapping[str, Teacher]
    """By name; `[teacher]` under ""."""
    stages: list[Stage]

    @classmethod
    def of(cls, recipe: Recipe, data: Path) -> "Workshop":
        """Find and build everything. Raises UsageError of the kind that fits."""
        plugins.beside(recipe.folder)
        examples, entry = _seeds(recipe, data)
        book = PromptBook(recipe.folder / "prompts", resources.prompts())
        teachers = stages.teachers_of(recipe)
        others = elsewhere.opened(recipe, data)
        return cls(recipe, examples, entry, book, teachers, stages.assemble(recipe, examples, book, teachers, others))

    def stage(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)


def _seeds(recipe: Recipe, data: Path) -> tuple[list[Example], dict[str, JSON]]:
    if "@" in recipe.seeds and not recipe.seeds.endswith((".json", ".jsonl")):
        version = Dataset.open(data, recipe.seeds)
        name = f"{version.name}@{version.version}"
        return list(version), {"name": name, "sha256": version.manifest.digest, "rows": len(version)}
    path = seeds.locate(recipe.seeds, recipe.folder, resources.seeds())
    examples = seeds.load(path)
    return examples, {"name": recipe.seeds, "sha256": sha256(path.read_bytes()), "rows": len(examples)}


def check_writable(folder: Path, what: str) -> None:
    """Raise UsageError when nothing can be written below `folder`; leaves nothing behind, not even the folder."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(
            f"{what} {folder}: cannot be written: {os.strerror(error.errno or 0)}; choose another"
        ) from None
    finally:
        for made in missing:
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()
