"""The teacher `vllm` with the real engine: grown end to end, killed, interrupted, asked for what it cannot do."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ittgen.interrupts import MOMENT
from tests.vllm import tiny
from tests.vllm.conftest import DISTILLED, GROWN, GUIDANCE, PROPOSE, SETTINGS, Project, ended, teacher

TASKS = [f"Name {n} things that begin with the letter {'abcdefghijklm'[n % 13]}." for n in range(48)]
SAMPLED = "temperature = 1.0, max_tokens = 32, seed = 4"


def grown(model: Path, *, use: str = "vllm", temperature: float = 1.0, target: int = 24) -> str:
    return GROWN.format(
        teacher=teacher(model, use, engine=GUIDANCE), propose=PROPOSE, temperature=temperature, target=target
    )


def test_self_instruct_and_distillation_grow_and_every_row_is_explained(model: Path, project: Project) -> None:
    done = project.write(grown(model)).grow()
    assert done.out.strip() == "data/grown/v0001", "stdout is for data"
    assert "vllm" not in done.err.lower().replace("vllm-tiny.log", ""), "vLLM's own words belong into its log"
    rows = project.rows()
    assert len(rows) == 24 and all(row["output"] for row in rows)
    (told,) = {json.dumps(t, sort_keys=True) for t in project.manifest()["teachers"] if t.pop("name")}
    assert re.search(r'"builds": \["vllm-\d+\.\d+', told) and '"served": ["tiny"]' in told
    assert "builds" not in json.dumps(rows) and str(model) not in json.dumps(rows)
    assert re.search(r"answered: .*model tiny, build vllm-\d", _why(project, rows[0]["id"]))


def _why(project: Project, row: str) -> str:
    command = [sys.executable, "-m", "ittgen", "why", "grown", row]
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=True).stdout


def test_the_prompts_shared_part_is_computed_once(model: Path, project: Project) -> None:
    project.write(grown(model, target=24)).grow("--concurrency", "2")
    usage = [answer["usage"] for answer in project.answers() if "numbered list" in json.dumps(answer["request"])]
    assert len(usage) > 4 and sum(u["cached_tokens"] >= 256 for u in usage) >= len(usage) - 2, "all but the first ones"
    assert not any(u["estimated"] for u in usage)


def test_killed_and_run_again_nothing_is_asked_twice_and_the_rows_are_the_same(model: Path, project: Project) -> None:
    alone = Project(project.folder / "alone", project.environment).write(grown(model))
    whole = alone.grow().sent
    again = Project(project.folder / "again", project.environment).write(grown(model))
    for answers in (3, 12):
        process = again.start("--min-acceptance", "0", "--concurrency", "4")
        again.wait_for_answers(answers, process)
        process.kill()
        process.communicate()
    had = {answer["key"]: answer["created"] for answer in again.answers()}
    done = again.grow("--concurrency", "4")
    now = {answer["key"]: answer["created"] for answer in again.answers()}
    assert had.items() <= now.items(), "what was stored is neither asked nor stored anew"
    assert done.sent == len(now) - len(had) < whole
    assert again.manifest()["digest"] == alone.manifest()["digest"]


def test_a_request_that_is_too_long_fails_alone(model: Path, project: Project) -> None:
    project.tasks(*TASKS[:8], "word " * 3000, *TASKS[8:16]).write(
        DISTILLED.format(teacher=teacher(model), sampling=SAMPLED)
    )
    project.grow()
    assert len(project.rows()) == 16
    (rejected,) = project.rows("rejected")
    assert rejected["draft"]["instruction"].startswith("word")
    (answer,) = [a for a in project.answers() if a["finish_reason"] == "error"]
    assert "context length" in answer["error"]


def test_a_context_that_no_prompt_fits_into_is_told_and_leaves_nothing(model: Path, project: Project) -> None:
    tight = DISTILLED.format(teacher=teacher(model, context=64), sampling=SAMPLED)
    done = project.tasks(*TASKS).write(tight).run("--progress", "none")
    assert done.code == 2
    assert "context length" in done.err and "64" in done.err and "Traceback" not in done.err
    assert not project.journal.exists() and not (project.folder / "data").exists()


def test_an_engine_that_dies_stops_the_run_and_stores_nothing_of_it(fatal: Path, project: Project) -> None:
    project.tasks(*TASKS[:4]).write(DISTILLED.format(teacher=teacher(fatal), sampling=SAMPLED))
    done = project.run("--progress", "none")
    assert done.code == 3
    assert "vLLM's engine died" in done.err and "Run again to go on" in done.err and "Traceback" not in done.err
    assert "Traceback" in project.log(), "its own traceback is in its log"
    assert not project.answers()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model": "/no/such/folder"}, "there is no such folder"),
        ({"engine": "max_num_sequences = 3"}, 'did you mean "max_num_seqs"?'),
        ({"more": 'device = "gpu"'}, "runs on the CPU alone"),
        ({"more": 'lora = "/no/adapter"'}, "lora /no/adapter: there is no such folder"),
        ({"more": 'chat_template = "/no/such.jinja"'}, "chat_template /no/such.jinja"),
        ({"more": "data_parallel_size = 2"}, "vllm-server"),
    ],
)
def test_what_can_be_seen_at_once_is_told_at_once(
    model: Path, project: Project, change: dict[str, str], said: str
) -> None:
    table = teacher(change.get("model", model), engine=change.get("engine", ""), more=change.get("more", ""))
    done = project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED)).run()
    assert (done.code, said in done.err) == (2, True), done.err
    assert not (project.folder / ".ittgen").exists() and not (project.folder / "data").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"engine": "block_size = 16, num_gpu_blocks_override = 2"}, "cannot start"),
        ({"context": 999_999}, "max_model_len is more than the model was made for"),
    ],
)
def test_what_only_vllm_can_tell_is_one_sentence_and_its_traceback_only_with_v(
    model: Path, project: Project, change: dict[str, object], said: str
) -> None:
    table = teacher(model, **change)  # type: ignore[arg-type]
    project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED))
    done = project.run("--progress", "none")
    assert (done.code, said in done.err, "Traceback" in done.err) == (2, True, False), done.err
    assert not project.journal.exists() and not (project.folder / "data").exists()
    command = [sys.executable, "-m", "ittgen", "-v", "grow", "recipe.toml", "--progress", "none"]
    loud = subprocess.run(command, cwd=project.folder, env={**os.environ, **SETTINGS}, capture_output=True, text=True)
    assert loud.returncode == 2 and "Traceback" in loud.stderr


def test_a_kv_cache_without_room_is_not_enough_memory(model: Path, project: Project) -> None:
    table = teacher(model).replace("kv_cache_memory_bytes = 268435456", "kv_cache_memory_bytes = 65536")
    done = project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED)).run("--progress", "none")
    assert (done.code, "not enough memory for the model and its KV cache" in done.err) == (2, True), done.err
    assert not project.journal.exists()


def test_an_unknown_sampling_name_is_told_before_the_model_is_loaded(model: Path, project: Project) -> None:
    project.tasks(*TASKS).write(DISTILLED.format(teacher=teacher(model), sampling="temprature = 1.0"))
    done = project.run("--progress", "none")
    assert done.code == 2 and 'did you mean "temperature"?' in done.err
    assert not project.log() and not project.journal.exists()


LONG = "temperature = 1.0, max_tokens = 900, ignore_eos = true"


def test_one_ctrl_c_lands_what_is_in_flight(model: Path, project: Project) -> None:
    project.tasks(*TASKS).write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED))
    process = project.start("--progress", "none", "--concurrency", "4", "--min-acceptance", "0")
    project.wait_for_answers(4, process)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert done.code == 130 and "Traceback" not in done.err
    assert 4 <= len(project.answers()) < len(TASKS)
    done = project.grow()
    assert len(project.rows()) == len(TASKS)


def test_two_ctrl_c_leave_at_once(model: Path, project: Project) -> None:
    slow = teacher(model).replace("max_num_seqs = 64", "max_num_seqs = 1")
    project.tasks(*TASKS).write(DISTILLED.format(teacher=slow, sampling=LONG))
    process = project.start("--progress", "none", "--concurrency", "48", "--min-acceptance", "0")
    _wait_for_log(project, process, "init engine")
    process.send_signal(signal.SIGINT)
    time.sleep(2 * MOMENT)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:  # the first was heard late, and the second taken for its echo
        process.send_signal(signal.SIGINT)
    done = ended(process)
    assert done.code == 130 and "Traceback" not in done.err and "interrupted at once" in done.err
    assert len(project.answers()) < len(TASKS)


def test_sigterm_is_ctrl_c_with_another_code(model: Path, project: Project) -> None:
    project.tasks(*TASKS).write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED))
    process = project.start("--progress", "none", "--concurrency", "4", "--min-acceptance", "0")
    project.wait_for_answers(4, process)
    process.terminate()
    done = ended(process)
    assert done.code == 143 and "Traceback" not in done.err


def _wait_for_log(project: Project, process: "subprocess.Popen[str]", words: str) -> None:
    while process.poll() is None and words not in project.log():
        time.sleep(0.05)


SCHEMA = (
    'response_format = { type = "json_schema", json_schema = { name = "a", schema = { type = "object", properties = '
    '{ word = { type = "string", maxLength = 8 }, number = { type = "integer", maximum = 99, minimum = 0 } }, '
    'required = ["word", "number"], additionalProperties = false } } }'
)


def test_structured_output_is_what_its_schema_says(model: Path, project: Project) -> None:
    sampling = f"temperature = 1.0, max_tokens = 200, seed = 4, {SCHEMA}"
    project.tasks(*TASKS).write(DISTILLED.format(teacher=teacher(model, engine=GUIDANCE), sampling=sampling)).grow()
    replies = [json.loads(answer["text"]) for answer in project.answers()]
    assert len(replies) == len(TASKS) and all(reply.keys() == {"word", "number"} for reply in replies)


def test_seeded_answers_are_the_same_alone_and_in_a_batch(model: Path, project: Project) -> None:
    told = []
    for concurrency in ("1", "48"):
        here = Project(project.folder / concurrency, project.environment).tasks(*TASKS[:16])
        here.write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED)).grow("--concurrency", concurrency)
        told.append(here.rows())
    assert told[0] == told[1]
    assert len({row["output"] for row in told[0]}) > 8, "one seed, and yet the prompt counts"


GREEDY = "temperature = 0, max_tokens = 24"


def answered(project: Project, place: str, table: str, sampling: str = GREEDY) -> list[str]:
    """The outputs of a few tasks by a teacher."""
    here = Project(project.folder / place, project.environment).tasks(*TASKS[:6])
    here.write(DISTILLED.format(teacher=table, sampling=sampling)).grow()
    return [row["output"] for row in here.rows()]


def test_an_adapter_and_a_template_of_ones_own_change_what_is_answered(model: Path, project: Project) -> None:
    adapter = tiny.adapter(project.folder / "adapter")
    template = project.folder / "chat.jinja"
    template.write_text("{{ messages[-1]['content'] }}\n")
    plain = answered(project, "plain", teacher(model))
    adapted = answered(project, "adapted", teacher(model, more=f'lora = "{adapter}"'))
    templated = answered(project, "templated", teacher(model, more='chat_template = "../chat.jinja"'))
    assert plain != adapted and plain != templated
    assert len(plain) == len(adapted) == len(templated) == 6


THINKS = 'temperature = 1.0, max_tokens = 60, structured_outputs = { regex = "<think>[a-z ]{3,12}</think>[a-z]{3,9}" }'


def test_thoughts_are_kept_apart_by_vllms_own_parser(model: Path, project: Project) -> None:
    formed = "structured_outputs_config = { enable_in_reasoning = true }"
    table = teacher(model, engine=formed, more='reasoning_parser = "deepseek_r1"')
    answered(project, "thinking", table, THINKS)
    here = Project(project.folder / "thinking")
    for answer in here.answers():
        assert re.fullmatch("[a-z ]+", answer["reasoning"]) and re.fullmatch("[a-z]+", answer["text"])
        assert answer["usage"]["reasoning_tokens"] > 0


def test_the_doctor_asks_the_model_and_leaves_nothing(model: Path, project: Project) -> None:
    project.tasks(*TASKS).write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED))
    done = project.run(verb="doctor")
    assert done.code == 0, done.out + done.err
    assert re.search(r"answer +model tiny, finish_reason \w+", done.out)
    assert re.search(r"answer: logprobs +honoured", done.out)
    assert not project.journal.exists()


AGAIN = """
import ittgen
for name in ("one", "two"):
    recipe = ittgen.Recipe.load("recipe.toml").set("name", name).set("seed", len(name) if name == "one" else 9)
    print(len(ittgen.grow(recipe, journal=f".ittgen/{name}.sqlite", min_acceptance=0, progress="none")))
"""


def test_one_program_may_grow_twice(model: Path, project: Project) -> None:
    project.tasks(*TASKS[:8]).write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED))
    told = {**os.environ, **SETTINGS, **project.environment}
    done = subprocess.run([sys.executable, "-c", AGAIN], cwd=project.folder, env=told, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split()) == (0, ["8", "8"]), done.stderr


def test_two_models_in_one_process_are_refused_at_once(model: Path, fatal: Path, project: Project) -> None:
    done = project.write(grown(model).replace(f'model = "{model}"', f'model = "{fatal}"', 1)).run()
    assert done.code == 2 and "teachers.writer and teachers.teacher are different models" in done.err
    assert not (project.folder / ".ittgen").exists()
