"""Every kind of bad input: one line that says what is wrong, exit code 2, and nothing written."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import RECIPE, Done, Run
from tests.cli.test_growing import listing

OPENAI = 'use = "openai"\nmodel = "m"'
PROCEDURAL = 'use = "procedural"\nnoise = 0.3'


def refused(run: Run, folder: Path, *options: str) -> Done:
    """Growing is refused in one line, and leaves no trace."""
    before = listing(folder)
    done = run("grow", "recipe.toml", *options)
    assert done.code == 2, done
    assert done.out == "" and done.err.startswith("ittgen: ") and done.err.count("\n") == 1
    assert listing(folder) == before
    return done


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 7", "sede = 7", 'unknown key "sede" (did you mean "seed'),
        ("target = 12", "targt = 12", 'stage "propose": unknown key "targt" (did you mean "target"?)'),
        ("target = 12", 'target = "many"', 'stage "propose": "target"'),
        ("target = 12", "target = -1", '"target"'),
        ("target = 12", "", "give the stage a target"),
        ('name = "demo"', "", '"name" is missing'),
        ('name = "demo"', 'name = "../demo"', '"name"'),
        ("seed = 7", "seed = = 7", "not TOML"),
        ('use = "length"', 'use = "lenght"', 'no filter "lenght" (did you mean "length"?)'),
        ('use = "length"', 'use = "length", min_word = 3', 'no option "min_word" (did you mean "min_words"?)'),
        ('use = "length"', 'use = "length", min_words = "few"', "few"),
        ('"self-instruct"', '"self-instrukt"', 'did you mean "self-instruct"?'),
        (PROCEDURAL, 'use = "opnai"', 'there is no teacher "opnai" (did you mean "openai"?)'),
        (PROCEDURAL, 'use = "openai"', 'needs the option "model"'),
        (PROCEDURAL, OPENAI, "no API key: the environment variable OPENAI_API_KEY is not set"),
        (PROCEDURAL, f'{OPENAI}\nbase_url = "localhost:8000"', "http://"),
        (PROCEDURAL, 'use = "no_such_module:Teacher"', "no_such_module"),
        ('seeds = "general"', 'seeds = "generl"', 'did you mean "general"?'),
        ('seeds = "general"', 'seeds = "gone.jsonl"', "gone.jsonl: no such file"),
        ('seeds = "general"', 'seeds = "demo@1"', 'there is no dataset "demo"'),
    ],
)
def test_a_recipe_that_is_wrong(
    run: Run, recipe: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert old in RECIPE
    recipe.write_text(RECIPE.replace(old, new))
    done = refused(run, folder)
    assert message in done.err
    assert "recipe.toml" in done.err or "seeds" in done.err or "API key" in done.err or "dataset" in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"instruction": "Add 1 and 2."}\n{"instruction": \n', "mine.jsonl, line 2: not JSON"),
        (b'{"instruction": "Add 1 and 2."}\n\n[1]\n', "mine.jsonl, line 3: a seed is a JSON object"),
        (b'{"task": "Add 1 and 2."}\n', 'mine.jsonl, line 1: "instruction" is missing'),
        (b'{"instruction": 5}\n', 'mine.jsonl, line 1: "instruction" must be text'),
        (b'{"instruction": "Na\xefve"}\n', "mine.jsonl, line 1: not UTF-8"),
        (b"", "mine.jsonl: the file holds no task"),
    ],
    ids=["not JSON", "no object", "no instruction", "not text", "not UTF-8", "empty"],
)
def test_seeds_that_are_wrong(run: Run, recipe: Path, folder: Path, content: bytes, message: str) -> None:
    (folder / "mine.jsonl").write_bytes(content)
    recipe.write_text(RECIPE.replace('"general"', '"mine.jsonl"'))
    assert message in refused(run, folder).err


def test_a_recipe_that_is_not_there_or_a_folder(run: Run, folder: Path) -> None:
    assert "recipe recipe.toml: No such file" in refused(run, folder).err
    (folder / "recipe.toml").mkdir()
    assert "Is a directory" in refused(run, folder).err


@pytest.mark.parametrize("option", ["--data", "--journal"])
def test_a_folder_that_cannot_be_written(run: Run, recipe: Path, folder: Path, option: str) -> None:
    (folder / "file").write_text("")
    assert "file" in refused(run, folder, option, "file/below/it").err


@pytest.mark.parametrize("place", [".", "there"])
def test_a_folder_where_a_journal_should_be(run: Run, recipe: Path, folder: Path, place: str) -> None:
    (folder / "there").mkdir()
    assert "is a folder, not a file" in refused(run, folder, "--journal", place).err
    done = run("status", recipe, "--journal", place)
    assert done.code == 2 and "is a folder, not a file" in done.err


def test_a_file_where_a_folder_should_be(run: Run, recipe: Path, folder: Path) -> None:
    (folder / "file").write_text("")
    assert "file: is a file, not a folder" in refused(run, folder, "--data", "file").err


def test_the_status_of_a_journal_in_a_folder_that_is_not_there(run: Run, recipe: Path, folder: Path) -> None:
    done = run("status", recipe, "--journal", "no/journal.sqlite")
    assert done.code == 2 and "there is no folder no" in done.err


WHOLE = ["--budget-tokens", "--max-calls"]
FRACTIONS = ["--budget-usd", "--max-minutes", "--requests-per-minute", "--tokens-per-minute"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *((option, value) for option in WHOLE for value in ("0", "-5")),
        *((option, value) for option in FRACTIONS for value in ("0", "-0.5", "nan", "inf")),
    ],
)
def test_a_limit_that_is_none(run: Run, recipe: Path, folder: Path, option: str, value: str) -> None:
    recipe.write_text(RECIPE.replace(PROCEDURAL, f"{PROCEDURAL}\nprice = {{ input = 1.0, output = 2.0 }}"))
    said = refused(run, folder, option, value).err
    assert f"({option}) must be above 0 and finite, not {value}" in said


@pytest.mark.parametrize("value", ["-0.1", "1", "2", "nan", "inf"])
def test_an_acceptance_that_is_no_share(run: Run, recipe: Path, folder: Path, value: str) -> None:
    assert "(--min-acceptance) is a share of drafts" in refused(run, folder, "--min-acceptance", value).err


@pytest.mark.parametrize("option", ["--concurrency", *WHOLE, *FRACTIONS, "--min-acceptance"])
def test_a_limit_that_is_no_number(run: Run, recipe: Path, folder: Path, option: str) -> None:
    before = listing(folder)
    done = run("grow", recipe, option, "many")
    assert done.code == 2 and option in done.err and listing(folder) == before


def test_a_concurrency_of_nothing(run: Run, recipe: Path, folder: Path) -> None:
    before = listing(folder)
    for value in ("0", "-1"):
        done = run("grow", recipe, "--concurrency", value)
        assert done.code == 2 and "--concurrency" in done.err and listing(folder) == before


def test_a_budget_in_dollars_without_a_price(run: Run, recipe: Path, folder: Path) -> None:
    assert "add price = " in refused(run, folder, "--budget-usd", "1").err


def test_a_short_command_with_a_limit_that_is_none(run: Run, folder: Path) -> None:
    done = run("distill", "general", "--teacher", "procedural", "--max-calls", "0")
    assert done.code == 2 and "(--max-calls) must be above 0" in done.err and listing(folder) == {}


def test_a_journal_that_is_none(run: Run, recipe: Path, folder: Path) -> None:
    (folder / "notes.txt").write_text("no database, " * 100)
    done = run("grow", recipe, "--journal", "notes.txt")
    assert done.code == 2 and "notes.txt" in done.err and "Traceback" not in done.err
    assert (folder / "notes.txt").read_text() == "no database, " * 100
    assert [path.name for path in sorted(folder.iterdir())] == ["notes.txt", "recipe.toml"]


def test_another_programs_database(run: Run, recipe: Path, folder: Path) -> None:
    with closing(sqlite3.connect("other.sqlite")) as db:
        db.execute("CREATE TABLE birds (name TEXT)")
    assert "another program" in refused(run, folder, "--journal", "other.sqlite").err


def test_a_second_process_on_the_same_journal(run: Run, recipe: Path, folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ittgen.journal import Journal\n"
        "with Journal.open(Path('.ittgen/journal.sqlite')): print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout and holder.stdout.readline() == "open\n"
        done = refused(run, folder)
        assert f"process {holder.pid} on " in done.err and "--journal" in done.err
        told = run("status", recipe)
        assert told.code == 0 and f"process {holder.pid} on " in told.err
        assert f"process {holder.pid} on " in run("status", recipe, "--json").json["holder"]
        holder.communicate()
    assert run("grow", recipe, "-q").code == 0
    assert "no process is using it" in run("status", recipe).err
