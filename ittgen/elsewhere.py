"""What drafts are compared with besides the seeds and their own pool: rows of other versions, and of files.

Finds and reads them, and compares nothing. Of each row its id and its instruction are kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ittgen import seeds
from ittgen.duplicates import is_version
from ittgen.errors import RecipeError, SeedError, VersionError
from ittgen.recipe import Recipe
from ittgen.records import Example
from ittgen.text import JSON, sha256
from ittgen.versions.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A version or a file that a stage's drafts are compared with."""

    name: str
    """As the recipe has it, but for "latest", which is the number it stood for."""
    sha256: str
    """Of the file; the digest of a version."""
    rows: int
    instructions: Mapping[str, str]
    """By the rows' ids, in their order; rows that are the same stand once."""

    def to_json(self) -> dict[str, JSON]:
        return {"name": self.name, "sha256": self.sha256, "rows": self.rows}


def opened(recipe: Recipe, data: Path) -> dict[str, Elsewhere]:
    """Everything of that kind that the recipe names, by its names. Raises RecipeError, which says where."""
    found: dict[str, Elsewhere] = {}
    for stage in recipe.stage:
        for name in stage.dedup.elsewhere if stage.dedup else ():
            if name not in found:
                found[name] = _opened(recipe, stage.name, name, data)
    return found


def _opened(recipe: Recipe, stage: str, name: str, data: Path) -> Elsewhere:
    try:
        return _version(recipe, name, data) if is_version(name) else _file(name, recipe.folder / name)
    except (RecipeError, SeedError, VersionError) as error:
        raise RecipeError(f'recipe {recipe.path}, stage "{stage}", dedup, against "{name}": {error}') from None


def _version(recipe: Recipe, name: str, data: Path) -> Elsewhere:
    dataset, _, number = name.partition("@")
    if dataset == recipe.name and number in ("", "latest"):
        raise RecipeError("this recipe's own newest version changes with every run; name one by its number")
    version = Dataset.open(data, name)
    return Elsewhere(version.ref, version.manifest.digest, len(version), _by_id(version))


def _file(name: str, path: Path) -> Elsewhere:
    if not path.is_file():
        raise RecipeError(f"there is no file {path}")
    examples = seeds.load(path)
    return Elsewhere(name, sha256(path.read_bytes()), len(examples), _by_id(examples))


def _by_id(rows: Iterable[Example]) -> dict[str, str]:
    return {row.id: row.instruction for row in rows}
