"""Every packaged prompt renders, balances, says what it claims, and is locked; every fault of one has a name."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from string import Template

import pytest

from ittgen import resources
from ittgen.errors import PromptError
from ittgen.generators import parse
from ittgen.generators.evol_instruct import EvolInstruct
from ittgen.generators.evol_rules import growth, leaked, lost, unchanged
from ittgen.generators.parse import evolved_task
from ittgen.prompts import LOCK, Prompt, PromptBook, check_lock, load, lock_text
from ittgen.records import Example

BOOK = PromptBook(resources.prompts())
NAMES = BOOK.names()
SELF_INSTRUCT = [name for name in NAMES if name.startswith(("self-instruct/", "alpaca/"))]
EVOL = [name for name in NAMES if name.startswith(("evol-instruct/", "evol-code/"))]
OPERATIONS = [name for name in EVOL if name not in ("evol-instruct/equal", "evol-instruct/answer")]
VARIABLES = {
    "self-instruct/propose": {"tasks", "first", "last"},
    "self-instruct/classify": {"instruction"},
    "self-instruct/input-first": {"instruction"},
    "self-instruct/output-first": {"instruction"},
    "alpaca/propose": {"tasks", "first", "last"},
}
ANSWERING = {
    "distill/answer": {"instruction", "input"},
    "distill/tagged": {"instruction", "input"},
    "judge/quality": {"instruction", "input", "output"},
    "judge/pair": {"instruction", "input", "first", "second"},
}
"""Prompts for answers and their judges, and the variables they are given."""
MARKERS = {"<noinput>"}
"""What stands in angle brackets and is no tag."""


def texts(prompt: Prompt) -> list[str]:
    return [prompt.system, prompt.user, *(worked.reply for worked in prompt.examples)]


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_renders_with_the_question_last(name: str) -> None:
    prompt = BOOK[name]
    messages = prompt.render({variable: f"<<{variable}>>" for variable in prompt.variables})
    assert [m.role for m in messages[bool(prompt.system) :]] == ["user", "assistant"] * len(prompt.examples) + ["user"]
    assert all(f"<<{variable}>>" in messages[-1].content for variable in prompt.variables)
    assert all(message.content.strip() for message in messages)


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_is_complete_about_itself(name: str) -> None:
    prompt = BOOK[name]
    assert prompt.source.startswith("https://") and prompt.version >= 1
    assert all(set(worked.variables) == prompt.variables for worked in prompt.examples)
    assert name not in SELF_INSTRUCT or hasattr(parse, prompt.parser)


@pytest.mark.parametrize("name", NAMES)
def test_tags_and_fences_balance(name: str) -> None:
    for text in texts(BOOK[name]):
        tags = [tag for tag in re.findall(r"</?[a-zA-Z_-]+>", text) if tag not in MARKERS]
        count = Counter(tags)
        assert all(count[f"<{tag.strip('</>')}>"] == count[f"</{tag.strip('</>')}>"] for tag in tags), tags
        assert text.count("```") % 2 == 0
        assert text.replace("\n", "").isprintable()
        assert not re.search(r"[ \t]$", text, re.MULTILINE), "white space at the end of a line"


@pytest.mark.parametrize("name", NAMES)
def test_no_list_of_requirements_counts_a_number_twice(name: str) -> None:
    for text in (BOOK[name].system, BOOK[name].user):
        numbers = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("name", SELF_INSTRUCT)
def test_a_prompt_takes_the_variables_its_generator_gives(name: str) -> None:
    assert BOOK[name].variables == VARIABLES[name]


@pytest.mark.parametrize("name", SELF_INSTRUCT)
def test_every_worked_example_parses_to_what_it_claims(name: str) -> None:
    prompt = BOOK[name]
    for worked in prompt.examples:
        args = () if prompt.parser == "yes_no" else ("stop",)
        said = getattr(parse, prompt.parser)(worked.reply, *args)
        assert (said if isinstance(said, bool) else [list(pair) for pair in said]) == worked.expect, worked.reply


def test_worked_examples_are_enough_and_no_instruction_is_worked_twice() -> None:
    least = {"classify": 12, "input-first": 4, "output-first": 3}
    for name, enough in least.items():
        asked = [worked.variables["instruction"] for worked in BOOK[f"self-instruct/{name}"].examples]
        assert len(asked) == len(set(asked)) >= enough


def test_the_answers_of_classify_are_balanced_and_show_no_pattern() -> None:
    answers = [worked.expect for worked in BOOK["self-instruct/classify"].examples]
    assert abs(answers.count(True) - answers.count(False)) <= 2
    runs = [len(run) for run in re.findall(r"Y+|N+", "".join("Y" if answer else "N" for answer in answers))]
    assert max(runs) <= 3 and len(set(runs)) > 1
    assert {worked.reply for worked in BOOK["self-instruct/classify"].examples} == {"Yes", "No"}


def test_labels_of_output_first_are_words_of_their_tasks() -> None:
    for worked in BOOK["self-instruct/output-first"].examples:
        task = worked.variables["instruction"].lower()
        labels = [label for _, label in worked.expect]  # type: ignore[union-attr, misc]  # checked above
        assert all(str(label).lower() in task for label in labels) and len(labels) == len(set(labels))


def test_instances_worked_out_stay_within_the_length_the_prompt_asks_for() -> None:
    for name in ("input-first", "output-first"):
        assert all(len(worked.reply.split()) <= 200 for worked in BOOK[f"self-instruct/{name}"].examples)


@pytest.mark.parametrize(
    "name, end", [("self-instruct/propose", "1. a\n2. b\n3."), ("alpaca/propose", "###\n3. Instruction:")]
)
def test_a_proposing_prompt_ends_with_the_number_left_open(name: str, end: str) -> None:
    question = BOOK[name].render({"tasks": "1. a\n2. b", "first": "3", "last": "9"})[-1].content
    assert question.endswith(end) and "from 3 to 9" in question


def test_what_varies_comes_after_everything_that_all_questions_share() -> None:
    for name in SELF_INSTRUCT:
        shared, _, rest = BOOK[name].user.partition("$")
        assert len(shared) > len(Template(f"${rest}").template), name


def test_the_operations_prompts_are_those_the_generator_draws() -> None:
    generators = EvolInstruct(), EvolInstruct(flavour="code")
    assert sorted({name for generator in generators for name in generator.prompts}) == EVOL


@pytest.mark.parametrize("name", EVOL)
def test_an_evolving_prompt_takes_the_variables_its_generator_gives(name: str) -> None:
    both = {"instruction", "input"}
    judged = {f"{which}_{field}" for which in ("first", "second") for field in both}
    assert BOOK[name].variables == (judged if name == "evol-instruct/equal" else both)


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_an_operation_forbids_to_say_is_what_the_rule_finds(name: str) -> None:
    [forbidden] = re.findall(r'The words ("[^\n]*") do not occur', BOOK[name].system)
    for phrase in re.findall(r'"([^"]+)"', forbidden):
        assert leaked(Example(f"Do it as the {phrase} says."), Example("Do it.")), phrase


def test_the_form_that_operations_ask_for_is_the_form_their_parser_reads() -> None:
    for name in OPERATIONS:
        assert BOOK[name].parser == "evolved_task"
        form = BOOK[name].system.partition("after it:\n\n")[2]
        found = evolved_task(form)
        assert found and found[0] == "the whole instruction" and found[1] in form and found[1]


def test_every_evolved_task_worked_out_parses_and_breaks_no_rule() -> None:
    worked = [(name, example) for name in OPERATIONS for example in BOOK[name].examples]
    assert {name for name, _ in worked} == {"evol-instruct/complicate"}
    for _, example in worked:
        found = evolved_task(example.reply)
        assert found and list(found) == example.expect
        given = example.variables["input"]
        parent = Example(example.variables["instruction"], "" if given == "<noinput>" else given)
        child = Example(*found)
        assert not (leaked(child, parent) or unchanged(child, [parent]) or lost(child, parent)) and growth(
            child, parent
        )


def test_the_data_worked_out_has_six_formats() -> None:
    data = " ".join(evolved_task(worked.reply)[1] for worked in BOOK["evol-instruct/complicate"].examples)  # type: ignore[index]
    marks = ("<library>", "CREATE TABLE", "def together", "<td>", "$ df", '{"name": ')
    assert [data.count(mark) > 0 for mark in marks] == [True] * 6
    jsons = [worked.expect[1] for worked in BOOK["evol-instruct/complicate"].examples if '"vorrat"' in worked.reply]  # type: ignore[index]
    assert json.loads(str(jsons[0]))["vorrat"]["Tomaten"] == 6


def test_the_judge_of_equality_is_shown_both_verdicts_alike_and_in_no_pattern() -> None:
    examples = BOOK["evol-instruct/equal"].examples
    assert all(parse.equal(worked.reply) is worked.expect for worked in examples)
    assert [worked.expect for worked in examples].count(True) * 2 == len(examples) >= 6
    runs = re.findall(r"E+|N+", "".join("E" if worked.expect else "N" for worked in examples))
    assert len({len(run) for run in runs}) > 1


@pytest.mark.parametrize("name", ANSWERING)
def test_an_answering_or_judging_prompt_takes_its_variables_and_leaves_no_blank_at_its_end(name: str) -> None:
    assert BOOK[name].variables == ANSWERING[name]
    bare = BOOK[name].render({variable: "" if variable == "input" else "x" for variable in ANSWERING[name]})
    assert bare[-1].content == bare[-1].content.strip() and "\n\n\n" not in bare[-1].content
    assert not BOOK[name].parser or hasattr(parse, BOOK[name].parser)


def test_worked_examples_of_answers_and_judges_parse_to_what_they_claim() -> None:
    for worked in BOOK["distill/tagged"].examples:
        assert parse.tagged(worked.reply, ("reasoning", "answer")) == worked.expect
    for worked in BOOK["judge/quality"].examples:
        assert parse.score(worked.reply, 1, 10) == worked.expect
        assert worked.reply.splitlines()[-1] == f"Score: {worked.expect:.0f}" and worked.reply.count("\n") == 1
    for worked in BOOK["judge/pair"].examples:
        assert list(parse.pair_scores(worked.reply) or ()) == worked.expect


def test_the_judge_is_shown_good_middling_and_bad_answers_in_no_order() -> None:
    scores = [float(str(worked.expect)) for worked in BOOK["judge/quality"].examples]
    assert min(scores) <= 2 and max(scores) >= 9 and any(4 <= score <= 7 for score in scores)
    assert sorted(scores) not in (scores, scores[::-1])


def test_the_packaged_prompts_are_locked() -> None:
    assert check_lock(resources.prompts()) == []
    assert (resources.prompts() / LOCK).read_text() == lock_text(BOOK)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources.prompts(), tmp_path / "prompts"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_text_that_changed_while_its_version_did_not_fails_the_check(copy: Path) -> None:
    path = copy / "self-instruct" / "classify.toml"
    change(path, "You sort", "You put")
    [fault] = check_lock(copy)
    assert "self-instruct/classify" in fault and "raise it" in fault
    change(path, "version = 1", "version = 2")
    assert ["not locked yet" in fault for fault in check_lock(copy)] == [True]
    (copy / LOCK).write_text(lock_text(PromptBook(copy)))
    assert check_lock(copy) == []


def test_the_check_names_a_prompt_that_is_new_gone_or_without_a_lock(copy: Path) -> None:
    (copy / "alpaca" / "propose.toml").rename(copy / "alpaca" / "other.toml")
    change(copy / "alpaca" / "other.toml", 'name = "alpaca/propose"', 'name = "alpaca/other"')
    assert sorted(fault.split(":")[0] for fault in check_lock(copy)) == ["alpaca/other", "alpaca/propose"]
    (copy / LOCK).unlink()
    assert "missing" in check_lock(copy)[0]


@pytest.mark.parametrize(
    "text, fault",
    [
        ('name = "a"\nversion = 1\nuser = "x"\nsytem = "y"', 'unknown key "sytem" (did you mean "system"?)'),
        ('name = "a"\nversion = 1', '"user" is missing'),
        ('name = "b"\nversion = 1\nuser = "x"', 'is named "b"'),
        ('name = "a"\nversion = 1\nuser = "5 $ each"', "lone $"),
        ('name = "a"\nversion = 1\nuser = "x"\n[[example]]\nvariables = {}', 'no "reply"'),
        ("name = a", "not TOML"),
    ],
)
def test_a_wrong_prompt_file_says_what_is_wrong(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(PromptError, match=re.escape(fault)):
        load(tmp_path / "a.toml", "a")


def test_missing_and_unknown_variables_and_names_are_named() -> None:
    with pytest.raises(PromptError, match="variable last is missing"):
        BOOK["self-instruct/propose"].render({"tasks": "", "first": ""})
    with pytest.raises(PromptError, match="variable task does not occur"):
        BOOK["self-instruct/classify"].render({"instruction": "", "task": ""})
    with pytest.raises(PromptError, match='did you mean "self-instruct/classify"'):
        BOOK["self-instruct/clasify"]


def test_a_prompt_of_ones_own_wins_over_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "self-instruct").mkdir()
    own = tmp_path / "self-instruct" / "classify.toml"
    own.write_text('name = "self-instruct/classify"\nversion = 7\nuser = "$instruction?"')
    assert PromptBook(tmp_path, resources.prompts())["self-instruct/classify"].version == 7
