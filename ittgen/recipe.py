"""The recipe: everything that decides the content of a dataset, as one TOML file.

How to run it (concurrency, budget, directories) is not in here: that split is the border of determinism. A recipe knows
names and numbers; the components behind the names are built and checked by `plugins`.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator

from ittgen.calls import check_sampling
from ittgen.duplicates import DedupTable
from ittgen.errors import RecipeError, nearest
from ittgen.plugins import as_toml, must
from ittgen.text import canonical

NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
STAGE = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
"""No dot: `stage.NAME.target` must name one place."""


class Table(BaseModel):
    """A table of the recipe: immutable, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Component(BaseModel):
    """`{ use = "length", min_words = 4 }`: a component's name and its options."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    use: str = Field(min_length=1)

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class PriceTable(Table):
    """Dollars a million tokens; not part of any digest."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)
    """For input tokens that the server knew already; as `input` where it is missing."""
    reasoning: float | None = Field(default=None, ge=0)
    """For output tokens that were thought and not said; as `output` where it is missing."""


class TeacherTable(Component):
    """`[teacher]`: which teacher, how it is asked, what it costs; further keys are the teacher's own options."""

    model: str = ""
    sampling: dict[str, Any] = Field(default_factory=dict)
    price: PriceTable | None = None
    without: list[str] = []
    """Sampling parameters that this model refuses (`["temperature"]`): left out of every request, whoever adds them."""
    room_to_think: int = Field(default=0, ge=0)
    """Tokens added to every max_tokens, for a model whose thoughts count as part of its answer."""

    @field_validator("sampling")
    @classmethod
    def _sampling(cls, sampling: dict[str, Any]) -> dict[str, Any]:
        check_sampling(sampling)
        return sampling

    @field_validator("without")
    @classmethod
    def _without(cls, without: list[str]) -> list[str]:
        if ours := [name for name in without if name in ("", "model", "messages")]:
            raise ValueError(f'without: "{ours[0]}" is no sampling parameter; name those that the model refuses')
        return without

    licence: str = ""
    """What the terms of the teacher say about its answers; a note for the manifest."""


class StageTable(Table):
    """`[[stage]]`: a generator, what its drafts must pass, and when it is done."""

    name: str = Field(pattern=STAGE)
    source: str | None = None
    """Name of an earlier stage; the seeds where it is missing."""
    generator: Component
    filter: list[Component] = []
    dedup: DedupTable | None = None
    target: int | None = Field(default=None, gt=0)
    """Accepted rows wanted. Generators that end by themselves need none."""
    window: int = Field(default=1024, gt=0)
    """Slot i sees the pool as it stood after slot max(i - window, i // 2)."""
    teacher: str = ""
    """Name of one of `[teachers.NAME]`; `[teacher]` where it is missing."""
    publish: bool = False


class Recipe(Table):
    """`Recipe.load("examples/self_instruct.toml").set("stage.propose.target", 2_000)`."""

    name: str = Field(pattern=NAME)
    seed: int = 0
    seeds: str
    """Name of a packaged set ("general"), a path beside the recipe, or a published version ("other@2")."""
    teacher: TeacherTable | None = None
    teachers: dict[str, TeacherTable] = {}
    """`[teachers.NAME]`: more of them, for stages, generators and judges that name theirs."""
    stage: list[StageTable] = Field(min_length=1)
    _path: Path = PrivateAttr(default=Path("recipe.toml"))

    @classmethod
    def load(cls, path: str | Path) -> "Recipe":
        """Read and check a recipe file. Raises RecipeError, which says where and what."""
        path = Path(path)
        try:
            data = tomllib.loads(path.read_bytes().decode())
        except OSError as error:
            raise RecipeError(f"recipe {path}: {error.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RecipeError(f"recipe {path}: not TOML in UTF-8: {error}") from None
        return cls.of(data, path)

    @classmethod
    def of(cls, data: Mapping[str, Any], path: Path = Path("recipe.toml")) -> "Recipe":
        """The recipe in a dict; relative paths in it start from the folder of `path`. Raises RecipeError."""
        try:
            canonical(data)
            recipe = cls.model_validate(data)
        except ValidationError as error:
            raise RecipeError(f"recipe {path}: {_explain(error, data)}") from None
        except (TypeError, ValueError) as error:
            raise RecipeError(f"recipe {path}: a value that JSON does not have: {error}") from None
        recipe._path = path
        return recipe

    @property
    def path(self) -> Path:
        return self._path

    @property
    def folder(self) -> Path:
        """Where relative paths and the recipe's own prompts start."""
        return self._path.parent

    def set(self, where: str, value: Any) -> "Recipe":
        """The recipe with one value changed: `set("stage.propose.target", 500)`, `set("teacher.model", "m")`.

        Stages go by their names, filters by their places from 0. Raises RecipeError where there is no such place.
        """
        data = self.to_json()
        *steps, last = where.split(".")
        table: Any = data
        for step in steps:
            table = table[_key(table, step, where)]
        table[last if isinstance(table, dict) else _key(table, last, where)] = value
        return Recipe.of(data, self._path)

    def to_json(self) -> dict[str, Any]:
        """The recipe in full, defaults included, as it is kept in the manifest."""
        return self.model_dump(mode="json", exclude_none=True)

    def table(self, name: str) -> StageTable:
        """The stage with this name. Raises RecipeError."""
        for stage in self.stage:
            if stage.name == name:
                return stage
        known = [stage.name for stage in self.stage]
        raise RecipeError(f'recipe {self.path}: there is no stage "{name}"{nearest(name, known)}')

    @property
    def staff(self) -> dict[str, TeacherTable]:
        """Every teacher by name, `[teacher]` under ""."""
        return ({"": self.teacher} if self.teacher else {}) | self.teachers

    @property
    def published(self) -> list[str]:
        """Names of the stages whose rows go into the version; the last one if none says so."""
        return [stage.name for stage in self.stage if stage.publish] or [self.stage[-1].name]

    @field_validator("stage")
    @classmethod
    def _names_differ(cls, stages: list[StageTable]) -> list[StageTable]:
        names = [stage.name for stage in stages]
        if twice := {name for name in names if names.count(name) > 1 or name == "seeds"}:
            raise ValueError(f'stage name "{min(twice)}" is taken; names must differ, and none may be "seeds"')
        return stages

    @model_validator(mode="after")
    def _teachers_are_there(self) -> "Recipe":
        for stage in self.stage:
            if stage.teacher not in self.staff:
                known = nearest(stage.teacher, list(self.teachers))
                if not stage.teacher:
                    raise ValueError(f'stage "{stage.name}" has no teacher: add [teacher], or name one of yours{known}')
                raise ValueError(f'stage "{stage.name}": there is no [teachers.{stage.teacher}]{known}')
        return self

    @model_validator(mode="after")
    def _sources_come_first(self) -> "Recipe":
        earlier: list[str] = []
        for stage in self.stage:
            if stage.source is not None and stage.source not in earlier:
                later = "comes later" if stage.source in [s.name for s in self.stage] else "does not exist"
                hint = nearest(stage.source, earlier) or "; leave source out to work on the seeds"
                raise ValueError(f'stage "{stage.name}": source "{stage.source}" {later}{hint}')
            earlier.append(stage.name)
        return self


def _key(table: Any, step: str, where: str) -> str | int:
    """The key or place that a step means: a stage goes by its name, any other part of a list by its place from 0."""
    keys: dict[str, str | int]
    if isinstance(table, list):
        keys = {
            item["name"] if isinstance(item, dict) and "name" in item else str(i): i for i, item in enumerate(table)
        }
    elif isinstance(table, dict):
        keys = {key: key for key in table}
    else:
        raise RecipeError(f'"{where}" names nothing: there is nothing below the value {table!r}')
    if step not in keys:
        raise RecipeError(f'"{where}" names nothing: there is no "{step}"{nearest(step, list(keys))}')
    return keys[step]


def _explain(error: ValidationError, data: Mapping[str, Any]) -> str:
    """One fault in our words: where it is, what it is, and the nearest known key.

    Unknown keys come first: a key that is missing is often one that is misspelt.
    """
    fault = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    loc = list(fault["loc"])
    while loc and isinstance(loc[-1], int):  # an item of a list: the list has the name
        loc.pop()
    where, table = _place(tuple(loc[:-1]), data)
    key = str(loc[-1]) if loc else ""
    if fault["type"] == "extra_forbidden":
        return f'{where}unknown key "{key}"{nearest(key, list(table.model_fields))}'
    if fault["type"] == "missing":
        return f'{where}"{key}" is missing'
    if fault["type"] == "value_error":
        return f"{where}{fault['msg'].removeprefix('Value error, ')}"
    told = f'{where}"{key}" {must(fault)}'
    return f"{told}, not {as_toml(fault['input'])}" if fault["input"] not in ("", []) else told


def _place(loc: tuple[int | str, ...], data: Any) -> tuple[str, type[BaseModel]]:
    """Where a fault is, in words, and the model of that table: ("stage", 0, "dedup") -> 'stage "propose", dedup: '."""
    tables: dict[str, type[BaseModel]] = {
        "teacher": TeacherTable, "teachers": TeacherTable, "stage": StageTable, "dedup": DedupTable,
        "generator": Component, "filter": Component, "price": PriceTable,
    }  # fmt: skip
    table: type[BaseModel] = Recipe
    words: list[str] = []
    for step in loc:
        data = data[step]
        if isinstance(step, int):
            name = data.get("name", step) if isinstance(data, dict) else step
            words[-1] = f'{words[-1]} "{name}"' if words[-1] == "stage" else f"{words[-1]} {name}"
        else:
            words.append(step)
            table = tables.get(step, table)
    return (", ".join(words) + ": " if words else ""), table
