"""plan, try, grow and status, with the procedural teacher."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ittgen import api
from ittgen.cli.common import DATA, JOURNAL
from ittgen.errors import Stopped
from ittgen.events import Event, Stopping
from ittgen.recipe import Recipe
from tests.cli.conftest import Run
from tests.openai_server import OpenAIServer


def listing(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, with its content."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def test_the_defaults_are_those_of_the_python_api() -> None:
    assert (DATA, JOURNAL) == (api.DATA, api.JOURNAL)


def test_plan_says_what_is_needed_and_writes_nothing(run: Run, recipe: Path, folder: Path) -> None:
    before = listing(folder)
    done = run("plan", recipe, "--target", "600")
    assert done.code == 0 and done.err == ""
    assert "propose  self-instruct" in done.out and "assumed: " in done.out
    assert run("plan", recipe, "--target", "600", "--json").json["stages"][0]["rows"] == 600
    assert listing(folder) == before


def test_try_shows_prompts_replies_and_verdicts_and_publishes_nothing(run: Run, recipe: Path, folder: Path) -> None:
    done = run("try", recipe, "-n", "2")
    assert done.code == 0, done.err
    assert "propose, slot 0: " in done.out and "propose, slot 1: " in done.out
    assert "    system:" in done.out and "    user:" in done.out and "    reply (stop, " in done.out
    assert "    accepted:" in done.out
    assert not (folder / "data").exists()
    (first, _) = run("try", recipe, "-n", "2", "--json").json
    assert first["stage"] == "propose" and first["calls"][0]["request"]["messages"][-1]["role"] == "user"
    assert first["calls"][0]["response"]["text"] in json.loads(json.dumps(first["calls"][0]["response"]["text"]))
    assert first["accepted"][0]["instruction"]


def test_grow_prints_the_versions_path_alone_on_stdout_and_talks_on_stderr(run: Run, recipe: Path) -> None:
    done = run("grow", recipe)
    assert (done.code, done.out) == (0, "data/demo/v0001\n")
    assert "propose: begins, 0 of 12 rows" in done.err
    assert done.err.splitlines()[-1].startswith("demo@1, ")
    rows = [json.loads(line) for line in Path("data/demo/v0001/data-00000.jsonl").read_text().splitlines()]
    assert len(rows) >= 12


def test_growing_again_goes_on_and_what_is_there_stays(run: Run, recipe: Path) -> None:
    first = run("grow", recipe, "-q", "--json").json
    assert first == {
        "name": "demo", "version": 1, "path": "data/demo/v0001", "rows": first["rows"], "new": True, "partial": False,
        "calls": first["calls"],
    }  # fmt: skip
    assert first["rows"] >= 12 and first["calls"] >= 1
    again = run("grow", recipe, "-q", "--json").json
    assert again == first | {"new": False}
    more = run("grow", recipe, "-q", "--json", "--target", "20").json
    assert more["version"] == 2 and more["rows"] >= 20 and more["calls"] > first["calls"]


def test_quiet_says_nothing(run: Run, recipe: Path) -> None:
    assert run("grow", recipe, "-q").err == ""


def test_progress_as_json_lines_keeps_stderr_for_programs(run: Run, recipe: Path) -> None:
    events = [json.loads(line) for line in run("grow", recipe, "--progress", "json").err.splitlines()]
    assert events[0]["event"] == "stage-began" and events[-1]["event"] == "froze"


def test_set_changes_the_recipe_as_it_is_kept(run: Run, recipe: Path) -> None:
    values = ["stage.propose.target=5", "name=other", "teacher.noise=0.0", "stage.propose.dedup.rouge_l=0.9"]
    done = run("grow", recipe, "-q", *(part for value in values for part in ("--set", value)))
    assert done.out == "data/other/v0001\n", done.err
    kept = json.loads(Path("data/other/v0001/manifest.json").read_text())["recipe"]
    assert kept["stage"][0]["target"] == 5 and kept["teacher"]["noise"] == 0.0
    assert kept["stage"][0]["dedup"]["rouge_l"] == 0.9


def test_a_value_that_is_no_toml_is_text(recipe: Path) -> None:
    from ittgen.cli.common import load

    changed = load(recipe, ["teacher.model=gpt-4o", "teacher.licence=2024-01-01", "name=a=b"[:6]])
    assert changed.teacher.model == "gpt-4o" and changed.teacher.licence == "2024-01-01"
    assert load(recipe, ['teacher.model="=x"']).teacher.model == "=x"


@pytest.mark.parametrize("wrong", ["stage.propose.target", "=5", "stage.propse.target=5", "stage.propose.target=many"])
def test_a_set_that_makes_no_sense_is_wrong_usage(run: Run, recipe: Path, folder: Path, wrong: str) -> None:
    before = listing(folder)
    done = run("grow", recipe, "--set", wrong)
    assert done.code == 2 and done.err.startswith("ittgen: ") and listing(folder) == before


def test_a_budget_that_is_reached_is_3_and_a_partial_version_only_on_request(run: Run, recipe: Path) -> None:
    done = run("grow", recipe, "--max-calls", "1", "--progress", "none", "--concurrency", "1")
    assert done.code == 3 and done.out == ""
    assert done.err.startswith(
        "ittgen: the budget of 1 call is reached; what was received is stored, run again to go on"
    )
    partial = run("grow", recipe, "--max-calls", "1", "-q", "--freeze-partial", "--json", "--target", "40")
    assert partial.code == 3 and partial.json["partial"] and partial.json["version"] == 1
    whole = run("grow", recipe, "-q", "--json").json
    assert whole["version"] == 2 and not whole["partial"]


ANSWER = """
name = "answered"
seed = 7
seeds = "tasks.jsonl"

[teacher]
use = "openai"
model = "m"
base_url = "{url}"
sampling = {{ max_tokens = 300 }}
price = {{ input = 100.0, output = 200.0 }}

[[stage]]
name = "answer"
generator = {{ use = "distill" }}
"""
TASKS = 30


def answered(folder: Path, url: str) -> str:
    """A recipe that asks one thing about each task."""
    tasks = [{"instruction": f"Say the number {n} in words."} for n in range(TASKS)]
    (folder / "tasks.jsonl").write_text("".join(f"{json.dumps(task)}\n" for task in tasks))
    (folder / "answer.toml").write_text(ANSWER.format(url=url))
    return "answer.toml"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(noise=0.0, hold=threading.Event()) as server:
        yield server


@pytest.mark.parametrize(
    ("option", "most", "message"),
    [
        ("--max-calls", "7", "the budget of 7 calls is reached; what was received is stored, run again to go on"),
        ("--budget-tokens", "1200", "the budget of 1,200 tokens has no room for the next call, which may take "),
        ("--budget-usd", "0.2", "the budget of $0.2 has no room for the next call, which may take "),
    ],
)
def test_a_run_that_a_budget_ended_and_the_next_one_buy_what_one_run_buys(
    run: Run, folder: Path, server: OpenAIServer, option: str, most: str, message: str
) -> None:
    server.hold.set()  # type: ignore[union-attr]  # it has one
    recipe = answered(folder, server.base_url)
    done = run("grow", recipe, option, most, "--progress", "json", "--concurrency", "3")
    last = json.loads(done.err.splitlines()[-1])
    assert (done.code, done.out) == (3, "") and last.keys() == {"event", "message", "exit_code"}
    assert (last["event"], last["exit_code"]) == ("stopped", 3) and last["message"].startswith(message)
    assert "run again to go on" in last["message"] and "raise" not in last["message"]
    first = dict(server.billed)
    meter = json.loads(done.err.splitlines()[-2])["meter"]
    spent = {
        "--max-calls": len(first),
        "--budget-tokens": meter["prompt_tokens"] + meter["completion_tokens"],
        "--budget-usd": meter["dollars"],
    }[option]
    assert 0 < spent <= float(most) and 0 < len(first) < TASKS
    assert run("grow", recipe, "-q").out == "data/answered/v0001\n"
    assert len(server.billed) == TASKS and set(server.billed.values()) == {1} and first.keys() < server.billed.keys()
    assert len(server.requests) == TASKS
    rows = Path("data/answered/v0001/data-00000.jsonl").read_bytes()
    assert run("grow", recipe, "-q", "--data", "alone", "--journal", "alone.sqlite").code == 0
    assert Path("alone/answered/v0001/data-00000.jsonl").read_bytes() == rows
    assert len(server.requests) == 2 * TASKS, "one run alone buys as much"


def test_when_the_minutes_are_over_what_is_in_flight_lands_and_the_next_run_goes_on(
    folder: Path, server: OpenAIServer
) -> None:
    recipe = answered(folder, server.base_url)

    def told(event: Event) -> None:
        """The server answers nobody before the run has been told to stop."""
        if isinstance(event, Stopping):
            server.hold.set()  # type: ignore[union-attr]  # it has one

    with pytest.raises(Stopped, match=r"the 0.01 minutes given are over; .* run again to go on") as caught:
        api.grow(recipe, max_minutes=0.01, concurrency=4, progress="none", on_event=told)
    assert caught.value.exit_code == 3 and not caught.value.interrupted
    first = dict(server.billed)
    assert len(first) == len(server.requests) <= 4, "what was sent was answered"
    version = api.grow(recipe, max_minutes=1e9, progress="none")
    assert len(version) == TASKS
    assert len(server.requests) == TASKS and set(server.billed.values()) == {1}


def test_a_run_whose_time_is_over_before_any_answer_names_the_last_error(run: Run, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    recipe = answered(folder, url)
    done = run("grow", recipe, "-q", "--max-minutes", "0.02", "--concurrency", "1")
    assert done.code == 3
    assert f"given are over, and nothing was answered: {url}: cannot connect: connection refused; " in done.err
    assert "run again to go on" in done.err


def test_an_error_is_json_where_progress_is(run: Run, recipe: Path) -> None:
    wrong = run("grow", recipe, "--progress", "json", "--set", "stage.propse.target=5")
    (line,) = wrong.err.splitlines()
    told = json.loads(line)
    assert wrong.code == told["exit_code"] == 2 and told["event"] == "stopped" and '"propse"' in told["message"]
    assert run("grow", recipe, "--set", "stage.propse.target=5").err.startswith("ittgen: "), "the next is a line again"
    quiet = run("grow", recipe, "-q", "--progress", "json", "--set", "stage.propse.target=5")
    assert quiet.err.startswith("ittgen: ")


def test_a_pace_a_minute_is_kept_and_changes_no_row(run: Run, folder: Path, server: OpenAIServer) -> None:
    server.hold.set()  # type: ignore[union-attr]  # it has one
    recipe = answered(folder, server.base_url)
    limits = ("--requests-per-minute", "60000", "--tokens-per-minute", "6e6", "--max-minutes", "9.5")
    assert run("grow", recipe, "-q", *limits).code == 0
    assert len(server.requests) == TASKS
    slow = run(
        "grow", recipe, "-q", "--journal", "slow.sqlite", "--requests-per-minute", "60", "--max-minutes", "0.002"
    )
    assert slow.code == 3 and "minutes given are over" in slow.err
    assert len(server.requests) <= TASKS + 2, "one request a second, for an eighth of one"


def test_a_recipe_that_gives_hardly_any_row_is_3_and_shows_what_was_rejected(run: Run, recipe: Path) -> None:
    done = run("grow", recipe, "-q", "--set", "stage.propose.filter=[{ use = 'length', min_words = 90 }]")
    assert (done.code, done.out) == (3, "") and not Path("data/demo").exists()
    head, *shown, advice = done.err.splitlines()
    assert head.startswith('ittgen: stage "propose": the first ') and "length " in head
    assert any(line.startswith("  length: ") and line.count('" · "') == 2 for line in shown)
    assert "run again" in advice and "--min-acceptance" not in done.err, "which would not help"


def test_a_short_command_has_a_limit_of_calls_too(run: Run, folder: Path) -> None:
    answered(folder, "http://unused")
    done = run("distill", "tasks.jsonl", "--teacher", "procedural", "--max-calls", "3", "-q")
    assert done.code == 3 and "the budget of 3 calls is reached" in done.err


def test_offline_uses_what_is_stored_and_stops_where_nothing_is(run: Run, recipe: Path) -> None:
    assert run("grow", recipe, "-q").code == 0
    assert run("grow", recipe, "-q", "--offline").code == 0
    done = run("grow", recipe, "-q", "--offline", "--target", "500")
    assert done.code == 3 and "offline, and the journal has no answer for" in done.err
    assert done.err.endswith("Leave out --offline to ask; what was received is stored\n")


def test_status_tells_how_far_it_came_before_and_after(run: Run, recipe: Path, folder: Path) -> None:
    before = listing(folder)
    assert run("status", recipe, "--json").json["stages"][0]["accepted"] == 0
    assert listing(folder) == before
    grown = run("grow", recipe, "-q", "--json").json
    status = run("status", recipe, "--json").json
    assert status["stages"][0]["accepted"] == grown["rows"] and status["stages"][0]["calls"] == grown["calls"]
    line = run("status", recipe).out.splitlines()[1].split()
    assert line[:4] == ["propose", "self-instruct", str(grown["rows"]), "12"]


def test_status_takes_a_target_too(run: Run, recipe: Path) -> None:
    assert run("status", recipe, "--target", "20", "--json").json["stages"][0]["target"] == 20
    assert "there is none yet" in run("status", recipe).err


def test_every_row_grown_has_a_story_and_passes_verification(run: Run, recipe: Path) -> None:
    run("grow", recipe, "-q")
    for row in Path("data/demo/v0001/data-00000.jsonl").read_text().splitlines()[:3]:
        done = run("why", "demo", json.loads(row)["id"])
        assert done.code == 0 and json.loads(row)["instruction"] in done.out and "system: " in done.out
    assert run("verify", "demo").code == 0


def test_a_version_can_be_the_seeds_of_the_next(run: Run, recipe: Path) -> None:
    run("grow", recipe, "-q")
    done = run("grow", recipe, "-q", "--set", "seeds=demo@1", "--set", "name=next")
    assert done.out == "data/next/v0001\n", done.err


def test_the_packaged_example_grows(run: Run, folder: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "self_instruct.toml"
    name = Recipe.load(example).name
    done = run("grow", example, "--target", "10", "-q")
    assert done.out == f"data/{name}/v0001\n", done.err
    assert run("verify", name).code == 0
