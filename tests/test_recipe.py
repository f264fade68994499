"""A fault in a recipe is told with its place and the nearest known name; what is right survives a round trip."""

import copy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.errors import RecipeError
from ittgen.recipe import DedupTable, Recipe

TEXT = """
name = "alpaca-mini"
seed = 42
seeds = "general"

[teacher]
use = "openai"
model = "gpt-4o-mini"
sampling = { temperature = 1.0, stop = ["END"] }
base_url = "http://localhost:8000/v1"
price = { input = 0.15, output = 0.60 }

[[stage]]
name = "propose"
generator = { use = "self-instruct", human = 6 }
filter = [{ use = "length", min_words = 4 }, { use = "empty" }, { use = "empty" }]
dedup = { rouge_l = 0.7, against = ["seeds", "pool"] }
target = 20_000

[[stage]]
name = "instances"
source = "propose"
generator = { use = "instances" }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.toml"
    path.write_text(TEXT)
    return path


def with_line(old: str, new: str) -> Recipe:
    assert TEXT.count(old) == 1, old
    return Recipe.of(tomllib.loads(TEXT.replace(old, new)), Path("a.toml"))


FAULTS = {
    "an unknown key": ("seed = 42", "sead = 42", 'unknown key "sead" (did you mean "seed"?)'),
    "a key misspelt that must be there": (
        'seeds = "general"',
        'seds = "general"',
        'unknown key "seds" (did you mean "seeds"?)',
    ),
    "a key missing": ('seeds = "general"', "", '"seeds" is missing'),
    "a wrong type": ("seed = 42", 'seed = "x"', '"seed" must be a whole number, not "x"'),
    "a number written as text": ("seed = 42", 'seed = "42"', '"seed" must be a whole number, not "42"'),
    "a name no folder can have": (
        'name = "alpaca-mini"',
        'name = "../x"',
        '"name" must be of letters, digits and signs',
    ),
    "an unknown key of a stage": (
        "target = 20_000",
        "targets = 20_000",
        'stage "propose": unknown key "targets" (did you mean "target"?)',
    ),
    "a target of nothing": (
        "target = 20_000",
        "target = 0",
        'stage "propose": "target" must be above 0, not 0',
    ),
    "a target that is no whole number": (
        "target = 20_000",
        "target = 1.5",
        'stage "propose": "target" must be a whole number, not 1.5',
    ),
    "an unknown key of dedup": (
        "rouge_l = 0.7",
        "rougel = 0.7",
        'stage "propose", dedup: unknown key "rougel" (did you mean "rouge_l"?)',
    ),
    "a limit out of bounds": (
        "rouge_l = 0.7",
        "rouge_l = 1.0",
        'stage "propose", dedup: "rouge_l" must be below 1, not 1.0',
    ),
    "an unknown pool": (
        '["seeds", "pool"]',
        '["seeds", "pond"]',
        'stage "propose", dedup: "against" must be of "seeds", "pool", versions and files, not "pond"',
    ),
    "a source named twice": (
        '["seeds", "pool"]',
        '["pool", "pool"]',
        'stage "propose", dedup: "against" has "pool" twice',
    ),
    "tokens of another name": (
        "rouge_l = 0.7",
        'tokens = "words"',
        'stage "propose", dedup: "tokens" must be "unicode" or "rouge", not "words"',
    ),
    "a source without a limit": (
        "rouge_l = 0.7",
        "instances = true",
        'stage "propose": "against" has no effect without rouge_l; add rouge_l = 0.7, or take it out',
    ),
    "a filter without a name": (
        '{ use = "length", min_words = 4 }',
        "{ min_words = 4 }",
        'stage "propose", filter 0: "use" is missing',
    ),
    "a generator without a name": (
        '{ use = "instances" }',
        '{ use = "" }',
        'stage "instances", generator: "use" must not be empty',
    ),
    "an unknown key of the price": (
        "output = 0.60",
        "outputs = 0.60",
        'teacher, price: unknown key "outputs" (did you mean "output"?)',
    ),
    "a price below nothing": (
        "input = 0.15",
        "input = -1",
        'teacher, price: "input" must be at least 0, not -1',
    ),
    "a parameter to do without that is none": (
        "price =",
        'without = ["model"]\nprice =',
        'teacher: without: "model" is no sampling parameter',
    ),
    "parameters to do without that are no list": (
        "price =",
        'without = "temperature"\nprice =',
        'teacher: "without" must be a list in brackets, not "temperature"',
    ),
    "room below nothing": (
        "price =",
        "room_to_think = -1\nprice =",
        'teacher: "room_to_think" must be at least 0, not -1',
    ),
    "a teacher without a name": ('use = "openai"', "", 'teacher: "use" is missing'),
    "a source that does not exist": (
        'source = "propose"',
        'source = "propse"',
        'stage "instances": source "propse" does not exist (did you mean "propose"?)',
    ),
    "a source of the first stage": (
        'name = "propose"',
        'name = "propose"\nsource = "seeds"',
        'stage "propose": source "seeds" does not exist; leave source out to work on the seeds',
    ),
    "a source that comes later": (
        'name = "propose"',
        'name = "propose"\nsource = "instances"',
        'stage "propose": source "instances" comes later',
    ),
    "a stage named twice": ('name = "instances"', 'name = "propose"', 'stage name "propose" is taken'),
    "a stage named like the seeds": ('name = "instances"', 'name = "seeds"', 'stage name "seeds" is taken'),
    "a stage without a name": ('name = "instances"\n', "", 'stage "1": "name" is missing'),
    "a value that JSON does not have": ("temperature = 1.0", "temperature = nan", "a value that JSON does not have"),
    "a date": ("human = 6", "human = 2024-01-01", "a value that JSON does not have: Object of type date"),
}


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(RecipeError) as error:
        with_line(old, new)
    assert str(error.value).startswith("recipe a.toml: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


JSON_SCHEMA = {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "object"}}}
NO_SCHEMA = {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "objekt"}}}
NO_ANSWER: list[tuple[dict[str, Any], str]] = [
    ({"temperature": "hot"}, "temperature must be a number of at least 0, not 'hot'"),
    ({"temperature": -0.1}, "temperature must be a number of at least 0"),
    ({"temperature": True}, "temperature must be a number"),
    ({"top_p": -0.1}, "top_p must be a number from 0 to 1"),
    ({"top_p": 1.1}, "top_p must be a number from 0 to 1"),
    ({"max_tokens": 0}, "max_tokens must be a number, whole and above 0, not 0"),
    ({"max_tokens": 9.5}, "max_tokens must be a number, whole and above 0, not 9.5"),
    ({"max_completion_tokens": -1}, "max_completion_tokens must be a number, whole and above 0"),
    ({"seed": 1.5}, "seed must be a number, and a whole one, not 1.5"),
    ({"stop": 3}, "stop must be a text or a list of texts"),
    ({"stop": ["a", 3]}, "stop must be a text or a list of texts"),
    ({"stop": ""}, "none of them empty"),
    ({"logprobs": "yes"}, "logprobs must be true, false or a whole number"),
    ({"top_logprobs": -1}, "top_logprobs must be a number, whole and at least 0"),
    ({"n": 2}, "n buys answers that nobody reads"),
    ({"n": True}, "n buys answers that nobody reads"),
    ({"stream": True}, "stream has no use here"),
    ({"model": "m"}, "model belongs to ittgen: it stands in [teacher]"),
    ({"messages": []}, "messages belongs to ittgen: prompts make the messages"),
    ({"extra_body": [1]}, "extra_body must be a table"),
    ({"extra_body": {"max_tokens": "many"}}, "max_tokens must be a number"),
    ({"extra_body": {"guided_json": {"type": 3}}}, "guided_json: not a JSON schema: type: 3"),
    ({"response_format": "json"}, "response_format must be a table"),
    ({"response_format": {"schema": {}}}, 'response_format needs a "type"'),
    ({"response_format": {"type": "json_schema"}}, "response_format needs json_schema = {"),
    ({"response_format": {**JSON_SCHEMA, "json_schema": {"name": "a"}}}, "response_format needs json_schema = {"),
    ({"response_format": {**JSON_SCHEMA, "json_schema": {"name": "a", "schema": "x"}}}, "a JSON schema is a table"),
    ({"response_format": NO_SCHEMA}, "response_format: not a JSON schema: type: 'objekt'"),
    ({"response_format": {"type": "json_object", "schema": {"required": "a"}}}, "not a JSON schema: required: 'a'"),
]


@pytest.mark.parametrize(("sampling", "said"), NO_ANSWER)
def test_sampling_that_no_server_takes_is_refused_with_its_place(sampling: dict[str, Any], said: str) -> None:
    data = tomllib.loads(TEXT)
    with pytest.raises(RecipeError) as error:
        Recipe.of(data | {"teacher": data["teacher"] | {"sampling": sampling}})
    assert str(error.value).startswith("recipe recipe.toml: teacher: sampling: ")
    assert said in str(error.value)
    judge = {"use": "openai", "model": "m", "sampling": sampling}
    with pytest.raises(RecipeError, match=r"recipe recipe\.toml: teachers, judge: sampling: "):
        Recipe.of(data | {"teachers": {"judge": judge}})


def test_sampling_that_some_server_takes_passes_as_it_is() -> None:
    sampling = {
        "temperature": 0, "top_p": 1, "max_tokens": 512.0, "seed": -1, "stop": "END", "logprobs": True, "n": 1,
        "top_logprobs": 5, "stream": False, "response_format": JSON_SCHEMA, "reasoning_effort": "low", "top_k": 20,
        "extra_body": {"min_p": 0.1, "guided_json": {"type": "object"}, "top_p": 0},
    }  # fmt: skip
    data = tomllib.loads(TEXT)
    recipe = Recipe.of(data | {"teacher": data["teacher"] | {"sampling": sampling}})
    assert recipe.teacher is not None and recipe.teacher.sampling == sampling


def test_jsonschema_is_not_imported_for_a_recipe_without_a_schema(path: Path) -> None:
    code = (
        f"import sys; from ittgen.recipe import Recipe; Recipe.load({str(path)!r}); print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_recipe_without_stages_is_refused() -> None:
    data = tomllib.loads(TEXT) | {"stage": []}
    with pytest.raises(RecipeError, match=r'recipe recipe\.toml: "stage" must have something in it'):
        Recipe.of(data)
    with pytest.raises(RecipeError, match='"stage" must be a list'):
        Recipe.of(data | {"stage": {"name": "propose"}})


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"name = ", "not TOML in UTF-8: Invalid value"), (b"name = '\xff'", "not TOML in UTF-8: 'utf-8' codec")],
)
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    with pytest.raises(RecipeError) as error:
        Recipe.load(path)
    assert f"recipe {path}: {said}" in str(error.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe .*none\.toml: No such file"):
        Recipe.load(tmp_path / "none.toml")
    with pytest.raises(RecipeError, match=r"Is a directory"):
        Recipe.load(tmp_path)


def test_what_is_left_out_has_the_papers_numbers() -> None:
    assert with_line("dedup = { rouge_l = 0.7", "dedup = {rouge_l = 0.7").stage[0].dedup == DedupTable()
    table = DedupTable()
    assert (table.rouge_l, table.tokens, table.against, table.instances) == (0.7, "unicode", ["seeds", "pool"], False)
    recipe = with_line("seed = 42\n", "")
    assert recipe.seed == 0 and recipe.stage[0].window == 1024
    assert recipe.stage[1].target is None and recipe.stage[1].dedup is None and recipe.stage[1].filter == []
    assert recipe.teacher.options == {"base_url": "http://localhost:8000/v1"}
    assert recipe.stage[0].generator.options == {"human": 6}


def test_the_last_stage_is_published_if_none_says_so() -> None:
    assert with_line("seed = 42", "seed = 4").published == ["instances"]
    assert with_line("target = 20_000", "publish = true").published == ["propose"]


def test_relative_paths_start_from_the_recipes_folder(path: Path) -> None:
    recipe = Recipe.load(path)
    assert recipe.path == path and recipe.folder == path.parent
    assert recipe.set("seed", 1).path == path


def test_a_stage_is_found_by_name(path: Path) -> None:
    assert Recipe.load(path).table("instances").source == "propose"
    with pytest.raises(RecipeError, match=r'recipe .*a\.toml: there is no stage "instance" \(did you mean "instances"'):
        Recipe.load(path).table("instance")


# set


SETTINGS: dict[str, Any] = {
    "seed": 7,
    "teacher.model": "m",
    "teacher.sampling.temperature": 0.0,
    "teacher.sampling.seed": 3,
    "teacher.price.input": 1.0,
    "teacher.timeout": 5.0,
    "stage.propose.target": 500,
    "stage.instances.target": 500,
    "stage.propose.generator.human": 3,
    "stage.propose.filter.0.min_words": 2,
    "stage.propose.filter.2.field": "input",
    "stage.propose.filter.1": {"use": "length"},
    "stage.propose.filter.2": {"use": "length"},
    "stage.propose.dedup.against": ["pool"],
    "stage.propose.dedup.against.0": "other@3",
    "stage.propose.dedup.tokens": "rouge",
    "stage.propose.dedup.instances": True,
    "stage.instances.dedup": {"rouge_l": 0.5},
}


def reach(recipe: Recipe, where: str) -> Any:
    table: Any = recipe.to_json()
    for step in where.split("."):
        if isinstance(table, list) and not step.isdigit():
            table = next(item for item in table if item["name"] == step)
        else:
            table = table[int(step) if isinstance(table, list) else step]
    return table


def leaves(value: Any, place: str = "") -> dict[str, Any]:
    """Every value of a recipe in JSON by its place."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = {k: v for key, item in pairs for k, v in leaves(item, f"{place}.{key}").items()}
    return below or {place: value}


@pytest.mark.parametrize("where", SETTINGS)
def test_set_changes_that_place_and_no_other(path: Path, where: str) -> None:
    recipe = Recipe.load(path)
    before = copy.deepcopy(recipe.to_json())
    changed = recipe.set(where, SETTINGS[where])
    found = reach(changed, where)
    assert found == SETTINGS[where] or found.items() >= SETTINGS[where].items()
    assert recipe.to_json() == before
    place = "." + where.replace("stage.propose", "stage.0").replace("stage.instances", "stage.1")
    was, now = leaves(before), leaves(changed.to_json())
    assert {p for p in was.keys() | now.keys() if was.get(p) != now.get(p)} <= {
        p for p in was.keys() | now.keys() if p.startswith(place)
    }


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("stage.propos.target", 'names nothing: there is no "propos" (did you mean "propose"?)'),
        ("teacher.sampling.stop.7", 'there is no "7"'),
        ("teachr.model", '"teachr.model" names nothing: there is no "teachr" (did you mean "teacher"?)'),
        ("seed.x.y", '"seed.x.y" names nothing: there is nothing below the value 42'),
        ("seed.x", '"seed.x" names nothing: there is nothing below the value 42'),
        ("stage.propose.filter.9.min_words", '"stage.propose.filter.9.min_words" names nothing: there is no "9"'),
        ("stage.propose.filter.9", 'there is no "9" (known: 0, 1, 2)'),
        ("stage.propose.targt", 'stage "propose": unknown key "targt" (did you mean "target"?)'),
        ("stage.propose.target", '"target" must be a whole number, not "many"'),
        ("sed", 'unknown key "sed" (did you mean "seed"?)'),
        ("", 'unknown key ""'),
    ],
)
def test_set_says_where_there_is_no_such_place(path: Path, where: str, said: str) -> None:
    with pytest.raises(RecipeError) as error:
        Recipe.load(path).set(where, "many")
    assert said in str(error.value)


# Round trip


def test_to_json_is_the_recipe_with_its_defaults(path: Path) -> None:
    recipe = Recipe.load(path)
    data = recipe.to_json()
    assert data["stage"][0]["window"] == 1024 and "target" not in data["stage"][1]
    assert Recipe.of(data, path) == recipe and Recipe.of(data, path).to_json() == data


components = st.builds(
    lambda use, options: {"use": use, **options},
    st.sampled_from(["length", "empty", "pkg:Class"]),
    st.dictionaries(st.sampled_from(["min_words", "words", "field"]), st.integers() | st.text(max_size=5), max_size=3),
)
stages = st.builds(
    lambda generator, filters, dedup, target, publish: {
        "generator": generator, "filter": filters, "publish": publish,
        **({"dedup": dedup} if dedup else {}), **({"target": target} if target else {}),
    },
    components,
    st.lists(components, max_size=3),
    st.none() | st.just({"instances": True}) | st.builds(
        lambda limit, against, tokens: {"rouge_l": limit, "against": against, "tokens": tokens}, st.floats(0.1, 0.9),
        st.lists(st.sampled_from(["seeds", "pool", "a@1", "b.jsonl"]), min_size=1, unique=True),
        st.sampled_from(["unicode", "rouge"]),
    ),
    st.none() | st.integers(1, 10**6),
    st.booleans(),
)  # fmt: skip


@settings(deadline=None, derandomize=True, max_examples=60)
@given(seed=st.integers(), tables=st.lists(stages, min_size=1, max_size=4), chained=st.booleans())
def test_any_recipe_survives_the_round_trip(seed: int, tables: list[dict[str, Any]], chained: bool) -> None:
    for number, table in enumerate(tables):
        table["name"] = f"s{number}"
        if chained and number:
            table["source"] = f"s{number - 1}"
    data = {"name": "d", "seed": seed, "seeds": "general", "teacher": {"use": "procedural"}, "stage": tables}
    recipe = Recipe.of(data)
    assert Recipe.of(recipe.to_json()) == recipe
    assert recipe.set("seed", 5).set("seed", seed) == recipe
    assert [stage.name for stage in recipe.stage] == [f"s{n}" for n in range(len(tables))]
