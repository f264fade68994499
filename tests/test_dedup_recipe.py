"""What a recipe's `dedup` table compares with, what it finds, and that all of it is part of the stage's identity."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ittgen import api, resources
from ittgen.calls import Ask
from ittgen.cli import main, shorthand
from ittgen.doctor import examine
from ittgen.errors import RecipeError
from ittgen.generators.base import Slot, Work
from ittgen.journal import Journal
from ittgen.recipe import Recipe
from ittgen.records import Child, Draft, Example, Rejection
from ittgen.text import sha256
from ittgen.versions.dataset import Dataset
from ittgen.versions.manifest import Manifest
from ittgen.versions.verify import verify
from ittgen.workshop import Workshop

ROOT = Path(__file__).parents[1]
RIVERS = "Name three long rivers in Europe."
NEAR = "Name three long rivers in Asia."
OTHER = "Explain why the sky is blue at noon."
FAR = "Write a haiku about winter."


@dataclass(frozen=True)
class Recite:
    """Each task of the source as a row: what stands behind the last blank line of its instruction."""

    descends: bool = False
    """Whether the row is a child of that task."""
    prompts = ()
    reads_pool = False

    def plan(self, slot: Slot) -> Work | None:
        return Work((slot.source[slot.number],)) if slot.number < len(slot.source) else None

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        (task,) = work.parents
        row = Example(task.instruction.rpartition("\n\n")[2], task.input, task.output, system=task.system)
        return [Child(row, (task,)) if self.descends else row]


class Home:
    """A folder to write files in and to grow datasets in, one journal for all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data, self.journal = folder / "data", folder / "journal.sqlite"

    def file(self, name: str, tasks: Sequence[str | Mapping[str, Any]]) -> Path:
        lines = [{"instruction": task} if isinstance(task, str) else task for task in tasks]
        (self.folder / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        return self.folder / name

    def recipe(
        self,
        tasks: Sequence[str | Mapping[str, Any]] | str,
        dedup: Mapping[str, Any] | None,
        *,
        name: str = "mine",
        generator: Mapping[str, Any] | None = None,
        **stage: Any,
    ) -> Recipe:
        """tasks: what the seeds hold, one a slot; or `seeds = …` itself."""
        seeds = tasks if isinstance(tasks, str) else self.file(f"{name}-tasks.jsonl", tasks).name
        use = {"use": f"{__name__}:Recite", **(generator or {})}
        table = {"name": "recite", "generator": use, **({"dedup": dedup} if dedup is not None else {}), **stage}
        recipe = {"name": name, "seeds": seeds, "teacher": {"use": "procedural"}, "stage": [table]}
        return Recipe.of(recipe, self.folder / "recipe.toml")

    def grow(self, recipe: Recipe) -> Dataset:
        return api.grow(recipe, data=self.data, journal=self.journal, progress="none")

    def refused(self, recipe: Recipe) -> list[Rejection]:
        """What the stage refused by the journal: a version with the rows of the newest is not frozen again."""
        with Journal.read(self.journal) as journal:
            return list(journal.rejections(self.identity(recipe)))

    def identity(self, recipe: Recipe) -> str:
        return Workshop.of(recipe, self.data).stages[0].identity


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def kept(version: Dataset) -> list[str]:
    return [row.instruction for row in version]


def refused(version: Dataset) -> list[Rejection]:
    return list(version.rejected())


# Where a neighbour stands


def test_a_near_duplicate_is_found_in_the_pool_a_version_and_a_file_and_its_place_is_told(home: Home) -> None:
    (old,) = home.grow(home.recipe([RIVERS], None, name="old"))
    home.file("more.jsonl", [OTHER, {"instruction": "Sing.", "output": "La."}])
    against = ["pool", "old@1", "more.jsonl"]
    version = home.grow(home.recipe([NEAR, f"{OTHER} Please", FAR, f"{FAR} Now"], {"against": against}))
    (mine,) = version
    assert mine.instruction == FAR
    assert [(r.rule, r.near, r.note) for r in refused(version)] == [
        ("near-duplicate", f"old@1:{old.id}", f"in old@1: {RIVERS}"),
        ("near-duplicate", f"more.jsonl:{Example(OTHER).id}", f"in more.jsonl: {OTHER}"),
        ("near-duplicate", mine.id, f"in the pool: {FAR}"),
    ]
    assert all(r.limit == 0.7 and isinstance(r.value, float) and r.value > 0.7 for r in refused(version))
    assert verify(version.path) == []


def test_a_seed_is_named_as_a_seed_also_where_a_file_has_the_same_row(home: Home) -> None:
    task, far = f"Once more.\n\n{RIVERS}", f"Something else, from another place and time altogether.\n\n{FAR}"
    home.file("more.jsonl", [task])
    version = home.grow(home.recipe([task, far], {"against": ["seeds", "more.jsonl"]}))
    (found,) = refused(version)
    assert found.near == Example(task).id and found.note == f"in the seeds: {task}" and kept(version) == [FAR]


FORMS = {
    "Alpaca": f'[{{"instruction": "{RIVERS}", "input": "", "output": "R"}}]',
    "ShareGPT": f'{{"conversations": [{{"from": "human", "value": "{RIVERS}"}}, {{"from": "gpt", "value": "R"}}]}}',
    "messages": f'{{"messages": [{{"role": "user", "content": "{RIVERS}"}}, {{"role": "assistant", "content": "R"}}]}}',
    "seeds": f'{{"id": "a", "instruction": "{RIVERS}", "instances": [{{"input": "", "output": "R"}}]}}',
}


@pytest.mark.parametrize("lines", FORMS.values(), ids=FORMS.keys())
def test_a_file_may_have_any_form_that_seeds_may_have(home: Home, lines: str) -> None:
    (home.folder / "more.json").write_text(lines)
    version = home.grow(home.recipe([NEAR, FAR], {"against": ["more.json"]}))
    assert kept(version) == [FAR] and refused(version)[0].note == f"in more.json: {RIVERS}"


def test_only_what_is_named_is_compared_with(home: Home) -> None:
    home.grow(home.recipe([RIVERS], None, name="old"))
    version = home.grow(home.recipe([NEAR, FAR, f"{FAR} Now"], {"against": ["old@1"]}))
    assert kept(version) == [FAR, f"{FAR} Now"]


def test_a_rows_own_ancestors_are_left_out_in_a_file_too_and_nobody_elses(home: Home) -> None:
    tasks = [f"Once more.\n\n{RIVERS}", f"Something else, from another place and time altogether.\n\n{FAR}"]
    home.file("same.jsonl", tasks)
    recipe = home.recipe(tasks, {"against": ["seeds", "pool", "same.jsonl"]})
    assert kept(home.grow(recipe.set("stage.recite.generator.descends", True))) == [RIVERS, FAR]
    assert kept(home.grow(recipe)) == [FAR]


def test_a_version_that_is_the_seeds_knows_its_rows_children(home: Home) -> None:
    home.grow(home.recipe([RIVERS, FAR], None, name="old"))
    recipe = home.recipe("old@1", {"against": ["pool", "old@1"]}, generator={"descends": True})
    assert kept(home.grow(recipe)) == [RIVERS, FAR]


# Tokens

CHINESE = ("请用一句话解释光合作用的过程。", "请用一句话解释光合作用的全过程。")


@pytest.mark.parametrize(("tasks", "unicode", "rouge"), [
    (CHINESE, 1, 2),
    (("Convert C++ to C#", "Convert C to C"), 2, 1),
    ((RIVERS, NEAR), 1, 1),
], ids=["Chinese", "signs", "plain words"])  # fmt: skip
def test_tokens_decide_what_is_near(home: Home, tasks: tuple[str, ...], unicode: int, rouge: int) -> None:
    counts = [len(home.grow(home.recipe(tasks, table, name=f"n{i}"))) for i, table in enumerate(
        [{"against": ["pool"]}, {"against": ["pool"], "tokens": "unicode"}, {"against": ["pool"], "tokens": "rouge"}]
    )]  # fmt: skip
    assert counts == [unicode, unicode, rouge]


def test_the_papers_own_recipes_cut_as_the_papers_do_and_no_other() -> None:
    def cut(recipe: Recipe) -> set[str]:
        return {stage.dedup.tokens for stage in recipe.stage if stage.dedup}

    shipped = [*resources.presets().glob("*.toml"), *(ROOT / "examples").glob("*.toml")]
    papers = {path.stem for path in shipped if cut(Recipe.load(path)) == {"rouge"}}
    assert papers == {"self-instruct", "self_instruct", "alpaca"}
    for stages, tokens in ((shorthand.self_instruct(5), "rouge"), (shorthand.evolve(2, "general"), "unicode")):
        assert cut(Recipe.of({"name": "d", "seeds": "general", "teacher": {"use": "procedural"}, "stage": stages})) == {
            tokens
        }
    assert cut(Recipe.load(ROOT / "ittgen" / "cli" / "starter" / "recipe.toml")) == {"unicode"}


# Identity and manifest


def test_the_manifest_and_the_card_name_what_was_compared_with(home: Home) -> None:
    old = home.grow(home.recipe([RIVERS], None, name="old"))
    more = home.file("more.jsonl", [OTHER, OTHER])
    version = home.grow(home.recipe([NEAR, FAR], {"against": ["pool", "more.jsonl", "old@latest"]}))
    assert version.manifest.against == [
        {"name": "more.jsonl", "sha256": sha256(more.read_bytes()), "rows": 2},
        {"name": "old@1", "sha256": old.manifest.digest, "rows": 1},
    ]
    assert "Compared with: old@1 (1 rows)" in (version.path / "README.md").read_text()
    assert refused(version)[0].near.startswith("old@1:")


def test_a_version_without_others_says_so_and_an_older_manifest_reads_as_one(home: Home) -> None:
    version = home.grow(home.recipe([FAR], {"against": ["pool"]}))
    data = version.manifest.to_json()
    assert not data.pop("against") and not Manifest.from_json(data).against


def test_another_content_is_another_stage_and_the_same_content_is_not(home: Home) -> None:
    home.file("more.jsonl", [OTHER])
    recipe = home.recipe([RIVERS], {"against": ["pool", "more.jsonl"]})
    before = home.identity(recipe)
    assert home.identity(recipe) == before
    home.file("more.jsonl", [FAR])
    assert home.identity(recipe) != before
    home.file("more.jsonl", [OTHER])
    assert home.identity(recipe) == before


@pytest.mark.parametrize("change", [{"tokens": "rouge"}, {"instances": True}, {"against": ["pool"]}, {"rouge_l": 0.8}])
def test_every_part_of_the_table_is_part_of_the_identity(home: Home, change: dict[str, Any]) -> None:
    plain = {"rouge_l": 0.7}
    assert home.identity(home.recipe([RIVERS], plain)) != home.identity(home.recipe([RIVERS], plain | change))


def test_latest_is_the_number_that_it_stands_for(home: Home) -> None:
    home.grow(home.recipe([RIVERS], None, name="old"))
    latest, first = (home.recipe([NEAR, FAR], {"against": ["pool", name]}) for name in ("old@latest", "old@1"))
    assert home.identity(latest) == home.identity(first)
    home.grow(home.recipe([RIVERS, OTHER], None, name="old"))
    second = home.recipe([NEAR, FAR], {"against": ["pool", "old@2"]})
    assert home.identity(latest) == home.identity(second) != home.identity(first)


def test_a_file_that_changes_has_the_stage_replayed(home: Home) -> None:
    home.file("more.jsonl", [OTHER])
    recipe = home.recipe([NEAR, FAR], {"against": ["more.jsonl"]})
    assert kept(home.grow(recipe)) == [NEAR, FAR]
    home.file("more.jsonl", [RIVERS])
    assert kept(home.grow(recipe)) == [FAR]


# Wrong names


@pytest.mark.parametrize(("against", "said"), [
    (["pond"], '"against" must be of "seeds", "pool", versions and files, not "pond"; a version would be "pond@1"'),
    (["pool", "pool"], '"against" has "pool" twice'),
    ([], '"against" must have something in it'),
    (["none.jsonl"], 'against "none.jsonl": there is no file '),
    (["none@1"], 'against "none@1": there is no dataset "none"'),
    (["old@9"], 'against "old@9": "old@9": there is no version 9 (versions: 1)'),
    (["mine@latest"], "this recipe's own newest version changes with every run; name one by its number"),
    (["mine@"], "this recipe's own newest version changes with every run; name one by its number"),
    (["bad.jsonl"], 'bad.jsonl, line 2: not JSON'),
    (["empty.jsonl"], "holds no task"),
])  # fmt: skip
def test_a_name_that_is_wrong_ends_with_2_and_says_which(
    home: Home, against: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home.folder)
    home.grow(home.recipe([RIVERS], None, name="old"))
    (home.folder / "bad.jsonl").write_text(f'{{"instruction": "{OTHER}"}}\nnot json\n')
    (home.folder / "empty.jsonl").write_text("\n")
    home.recipe([FAR], None)
    text = f'name = "mine"\nseeds = "mine-tasks.jsonl"\n[teacher]\nuse = "procedural"\n[[stage]]\nname = "recite"\n' \
           f'generator = {{ use = "{__name__}:Recite" }}\ndedup = {{ against = {json.dumps(against)} }}\n'  # fmt: skip
    (home.folder / "recipe.toml").write_text(text)
    for verb in ("plan", "grow"):
        with pytest.raises(SystemExit) as left:
            main([verb, "recipe.toml", "--journal", str(home.journal)])
        told = capsys.readouterr().err
        assert left.value.code == 2 and said in told and 'stage "recite", dedup' in told, told
    assert not (home.data / "mine").exists()


@pytest.mark.parametrize("idle", ["tokens", "against"])
def test_what_has_no_effect_is_refused(home: Home, idle: str) -> None:
    value = {"tokens": "rouge", "against": ["pool"]}[idle]
    with pytest.raises(RecipeError, match=f'stage "recite": "{idle}" has no effect without rouge_l; add rouge_l'):
        home.recipe([FAR], {"instances": True, idle: value})


def test_a_table_for_instances_alone_is_kept_as_it_is(home: Home) -> None:
    recipe = home.recipe([FAR], {"instances": True})
    table = recipe.stage[0].dedup
    assert table and table.rouge_l is None and table.compared == [] and table.elsewhere == []
    assert recipe.to_json()["stage"][0]["dedup"] == {"instances": True}
    assert Recipe.of(recipe.to_json(), recipe.path) == recipe
    both = recipe.set("stage.recite.dedup.rouge_l", 0.6).stage[0].dedup
    assert both and (both.rouge_l, both.instances, both.compared) == (0.6, True, ["seeds", "pool"])


# Instances


def answered(instruction: str, given: str, output: str) -> dict[str, str]:
    return {"instruction": instruction, "input": given, "output": output}


ANSWERED = [
    answered("Sort.", "2 1", "1 2"),
    answered("Sort.", "2 1", "1 2"),
    answered("Sort.", "1 2", "1 2"),
    answered("Sort.", "1 2", "2 1"),
    answered("Name a river.", "", "Rhine"),
    answered("Name a river.", "", "Danube"),
    answered("Add.", "1 1", ""),
    answered("Add.", "1 1", "2"),
    answered("Add.", "1 1", "3"),
]


def test_a_second_output_for_one_task_is_a_conflict_and_the_same_row_a_duplicate(home: Home) -> None:
    version = home.grow(home.recipe(ANSWERED, {"instances": True}))
    assert [(row.instruction, row.input, row.output) for row in version] == [
        ("Sort.", "2 1", "1 2"), ("Sort.", "1 2", "1 2"), ("Name a river.", "", "Rhine"),
        ("Add.", "1 1", ""), ("Add.", "1 1", "2"),
    ]  # fmt: skip
    ids = [row.id for row in version]
    assert [(r.rule, r.near, r.value, r.note) for r in refused(version)] == [
        ("duplicate", ids[0], None, "the stage has this very row already"),
        ("conflicting-outputs", ids[1], "1 2", '"1 2" before, "2 1" now'),
        ("conflicting-outputs", ids[2], None, '"Rhine" before, "Danube" now'),
        ("conflicting-outputs", ids[4], "1 1", '"2" before, "3" now'),
    ]


@pytest.mark.parametrize("table", [None, {"against": ["more.jsonl"]}])
def test_conflicts_are_allowed_where_nobody_asks_for_the_rule(home: Home, table: dict[str, Any] | None) -> None:
    home.file("more.jsonl", [OTHER])
    version = home.grow(home.recipe(ANSWERED, table))
    assert len(version) == len(ANSWERED) - 1 and {r.rule for r in refused(version)} == {"duplicate"}


def test_a_conflict_goes_before_a_near_duplicate_for_it_says_more(home: Home) -> None:
    tasks = [answered(RIVERS, "", "Rhine"), answered(RIVERS, "", "Elbe"), answered(NEAR, "", "Lena")]
    version = home.grow(home.recipe(tasks, {"rouge_l": 0.7, "against": ["pool"], "instances": True}))
    assert [r.rule for r in refused(version)] == ["conflicting-outputs", "near-duplicate"]


def test_an_output_is_shown_short(home: Home) -> None:
    tasks = [answered("Sing.", "", "la " * 200), answered("Sing.", "", "do\nre\n" * 200)]
    (found,) = refused(home.grow(home.recipe(tasks, {"instances": True})))
    assert len(found.note) < 150 and found.note.count("…") == 2 and "\n" not in found.note


@pytest.mark.parametrize("steps", [(1, 2, None), (3, None), (4, None)])
@pytest.mark.parametrize("table", [
    {"instances": True},
    {"rouge_l": 0.7, "against": ["pool", "more.jsonl"], "instances": True},
    {"rouge_l": 0.7, "against": ["pool", "more.jsonl"]},
], ids=["instances", "both", "near"])  # fmt: skip
def test_a_run_in_several_goes_finds_what_one_go_finds(
    tmp_path: Path, table: dict[str, Any], steps: tuple[int | None, ...]
) -> None:
    tasks = [
        *ANSWERED,
        answered(RIVERS, "", "Rhine"),
        answered(RIVERS, "", "Elbe"),
        answered(NEAR, "", "Lena"),
        f"{FAR} Now",
        FAR,
        f"Tell me.\x00 {OTHER}",
        f"{OTHER} Tell me.\x00",
    ]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole, parts = Home(tmp_path / "a"), Home(tmp_path / "b")
    for home in (whole, parts):
        home.file("more.jsonl", [FAR])
    alone = whole.grow(whole.recipe(tasks, table))
    for target in steps:
        said = {"target": target} if target else {}
        grown = parts.grow(parts.recipe(tasks, table, **said))
    assert list(grown) == list(alone)
    assert parts.refused(parts.recipe(tasks, table)) == refused(alone) != []


# What people are told


def test_why_names_the_tokens_and_all_that_was_compared_with(home: Home) -> None:
    from ittgen.story import why

    home.file("more.jsonl", [OTHER])
    table = {"rouge_l": 0.6, "against": ["pool", "more.jsonl"], "instances": True}
    version = home.grow(home.recipe([FAR], table))
    assert why(version, version[0].id, home.journal).passed[-2:] == (
        "no row with its task and another output before it",
        "no near-duplicate: ROUGE-L 0.6 of unicode tokens against pool and more.jsonl",
    )


@pytest.mark.parametrize(("tasks", "tokens", "warned"), [
    (CHINESE, "rouge", True),
    (CHINESE, "unicode", False),
    ((RIVERS, FAR), "rouge", False),
    ((RIVERS, FAR, CHINESE[0]), "rouge", False),
    (("!?", "🎉"), "rouge", False),
], ids=["Chinese", "unicode", "English", "mostly English", "no letters"])  # fmt: skip
def test_plan_and_doctor_warn_where_rouge_tokens_see_hardly_a_letter(
    home: Home, tasks: tuple[str, ...], tokens: str, warned: bool
) -> None:
    recipe = home.recipe(tasks, {"tokens": tokens})
    plan = api.plan(recipe, data=home.data, journal=home.journal)
    assert plan.to_json()["warnings"] == list(plan.warnings)
    (stages,) = (f.detail for f in examine(recipe, home.data, home.journal) if f.check == "stages")
    assert (len(plan.warnings), "100% of the letters" in stages) == (int(warned), warned)
    assert all('recite: tokens = "rouge" sees only a-z and 0-9, and 100% of' in line for line in plan.warnings)


def test_plan_prints_its_warnings(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.file("tasks.jsonl", CHINESE)
    (home.folder / "r.toml").write_text(
        f'name = "mine"\nseeds = "tasks.jsonl"\n[teacher]\nuse = "procedural"\n[[stage]]\nname = "recite"\n'
        f'generator = {{ use = "{__name__}:Recite" }}\ndedup = {{ tokens = "rouge" }}\n'
    )
    with pytest.raises(SystemExit):
        main(["plan", str(home.folder / "r.toml"), "--journal", str(home.journal)])
    assert 'warning: recite: tokens = "rouge" sees only' in capsys.readouterr().out


def test_doctor_looks_at_what_is_compared_with(home: Home) -> None:
    home.file("more.jsonl", [OTHER])
    recipe = home.recipe([FAR], {"against": ["more.jsonl"]})
    found = {f.check: f for f in examine(recipe, home.data, home.journal)}
    assert found["against"].ok and found["against"].detail == "more.jsonl: 1 row"
    (home.folder / "more.jsonl").unlink()
    found = {f.check: f for f in examine(recipe, home.data, home.journal)}
    assert not found["against"].ok and "there is no file" in found["against"].detail and "stages" not in found
