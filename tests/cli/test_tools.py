"""init, plugins, prompts, seeds and doctor."""

import tomllib
from pathlib import Path

import pytest

from ittgen.recipe import Recipe
from tests.cli.conftest import Done, Run

PROMPT = 'name = "mine/ask"\nversion = {version}\nparser = "text"\nuser = "{text} $task"\n'
SEED = '{"instruction": "Name a river in Peru.", "input": "", "output": "The Ucayali."}\n'


def test_init_writes_a_recipe_that_is_valid_and_needs_no_key(run: Run, folder: Path) -> None:
    done = run("init", "fresh")
    assert done.out.splitlines() == ["fresh/README.md", "fresh/recipe.toml"]
    assert Recipe.load("fresh/recipe.toml").teacher.use == "procedural"
    assert done.err == "now: cd fresh && ittgen grow recipe.toml\n"
    assert run("plan", "fresh/recipe.toml").code == 0


def test_the_starters_other_teacher_is_valid_once_its_comment_signs_are_gone() -> None:
    text = (Path(__file__).parents[2] / "ittgen/cli/starter/recipe.toml").read_text()
    commented = text.split("# A real teacher")[1].split("\n\n")[0].splitlines()[2:]
    table = tomllib.loads("\n".join(line.removeprefix("# ") for line in commented))
    recipe = tomllib.loads(text) | table
    assert Recipe.of(recipe).teacher.use == "openai"


@pytest.mark.parametrize("taken", ["recipe.toml", "README.md"])
def test_init_overwrites_nothing(run: Run, folder: Path, taken: str) -> None:
    (folder / taken).write_text("mine")
    done = run("init")
    assert done.code == 2 and f"{taken} exists already" in done.err
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(taken, "mine")]


def test_init_names_all_that_exist(run: Run, folder: Path) -> None:
    run("init")
    assert "README.md, recipe.toml exist already" in run("init").err


def test_init_below_a_file_is_refused(run: Run, folder: Path) -> None:
    (folder / "file").write_text("")
    done = run("init", "file/project")
    assert done.code == 2 and "cannot be written" in done.err


def test_plugins_lists_components_with_options_and_defaults(run: Run) -> None:
    length = next(line for line in run("plugins").out.splitlines() if line.startswith("filter") and "length" in line)
    assert "min_words = 4" in length and 'field = "instruction"' in length
    components = {(c["kind"], c["name"]): c for c in run("plugins", "--json").json}
    teacher = components["teacher", "openai"]
    assert {"name": "model", "required": True, "default": None} in teacher["options"]
    assert all(not component["error"] for component in components.values())


@pytest.fixture
def prompts(folder: Path) -> Path:
    place = folder / "mine" / "mine"
    place.mkdir(parents=True)
    (place / "ask.toml").write_text(PROMPT.format(version=1, text="Do this:"))
    return place / "ask.toml"


def test_prompts_are_listed_and_shown(run: Run, prompts: Path) -> None:
    assert "self-instruct/propose" in run("prompts", "ls").out
    assert [p["name"] for p in run("prompts", "ls", "--dir", "mine", "--json").json] == ["mine/ask"]
    assert run("prompts", "show", "mine/ask", "--dir", "mine").out == prompts.read_text()
    assert run("prompts", "show", "mine/ask", "--dir", "mine", "--json").json["variables"] == ["task"]
    unknown = run("prompts", "show", "mine/aks", "--dir", "mine")
    assert unknown.code == 2 and 'did you mean "mine/ask"' in unknown.err
    assert run("prompts", "ls", "--dir", "nowhere").code == 2


def test_a_prompt_that_changed_without_a_new_version_fails_the_check(run: Run, prompts: Path) -> None:
    assert run("prompts", "check", "--dir", "mine").code == 1
    assert run("prompts", "lock", "--dir", "mine").code == 0
    assert run("prompts", "check", "--dir", "mine") == Done(0, "", "mine: 1 prompt, as locked\n")
    prompts.write_text(PROMPT.format(version=1, text="Do that:"))
    done = run("prompts", "check", "--dir", "mine")
    assert done.code == 1 and "mine/ask: the text changed" in done.out
    assert len(run("prompts", "check", "--dir", "mine", "--json").json) == 1


def test_the_packaged_prompts_pass_their_check(run: Run) -> None:
    assert run("prompts", "check").code == 0


def test_a_lock_that_cannot_be_written_is_wrong_usage(run: Run, prompts: Path) -> None:
    (prompts.parents[1] / "prompts.lock").mkdir()
    done = run("prompts", "lock", "--dir", "mine")
    assert done.code == 2 and "cannot be written" in done.err


def test_seeds_check_counts_and_finds(run: Run, folder: Path) -> None:
    (folder / "good.jsonl").write_text(SEED)
    good = run("seeds", "check", "good.jsonl")
    assert good.code == 0 and "generation" in good.out
    (folder / "bad.jsonl").write_text(SEED + SEED)
    bad = run("seeds", "check", "bad.jsonl")
    assert bad.code == 1 and "bad.jsonl:2: error: duplicate" in bad.out
    assert run("seeds", "check", "bad.jsonl", "--json").json["errors"] == 1
    assert "[id" not in bad.out and bad.err.splitlines()[0] == "bad.jsonl: 2 seeds, 1 error, 0 notices"
    assert bad.err.splitlines()[1].startswith("error: ") and "notice: " in bad.err.splitlines()[1]
    assert run("seeds", "check", "gone.jsonl").code == 2
    (folder / "empty.jsonl").write_text("")
    assert run("seeds", "check", "empty.jsonl") == Done(2, "", "ittgen: seeds empty.jsonl: the file holds no task\n")


def test_seeds_that_are_much_alike_are_a_notice(run: Run, folder: Path) -> None:
    alike = SEED.replace("Peru", "Chad").replace('"input"', '"id": "x", "input"')
    (folder / "alike.jsonl").write_text(SEED + alike)
    done = run("seeds", "check", "alike.jsonl")
    assert done.code == 0 and "alike.jsonl:2: notice: near-duplicate" in done.out and done.out.count("[id x]") == 1


def test_a_notice_about_seeds_is_not_a_no(run: Run, folder: Path) -> None:
    (folder / "notice.jsonl").write_text(SEED.replace("Name a river in Peru.", "Écris le nom d'un fleuve."))
    done = run("seeds", "check", "notice.jsonl")
    assert done.code == 0 and "notice: first-character" in done.out


def test_doctor_says_yes_by_0_and_no_by_1(run: Run, recipe: Path) -> None:
    done = run("doctor", recipe)
    assert done.code == 0, done.out
    assert all(finding["ok"] for finding in run("doctor", recipe, "--json").json)
    done = run("doctor", recipe, "--set", "teacher.use=nobody")
    assert done.code == 1 and "nobody" in done.out and "was not asked anything" in done.err
