"""The procedural teacher as its users meet it: pure, the same everywhere, and right when it is not careless."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen import resources
from ittgen.calls import Request, Teacher
from ittgen.chance import pick, seeded
from ittgen.prompts import PromptBook
from ittgen.records import Message
from ittgen.teachers.procedural import Procedural, answer, solve
from ittgen.teachers.procedural.families import FAMILIES, find
from ittgen.teachers.procedural.family import instruction
from ittgen.teachers.procedural.heart import edition
from ittgen.text import JSON, rouge_tokens

BOOK = PromptBook(resources.prompts())
SHOWN = ("Name three rivers.", "Is the sentence ironic?", "Write a haiku from 9 to 5.", "Translate into French.")


def ask(
    name: str, *, noise: float = 0.0, seed: int = 0, sampling: Mapping[str, JSON] | None = None, **words: str
) -> str:
    return answer(BOOK[name].render(words), sampling or {}, seed, noise)[0]


def propose(first: int = 9, last: int = 15, **options: object) -> str:
    tasks = "\n".join(f"{i}. {text}" for i, text in enumerate(SHOWN, 1))
    return ask("self-instruct/propose", tasks=tasks, first=str(first), last=str(last), **options)  # type: ignore[arg-type]


def some_instructions(count: int, *, classification: bool | None = None) -> list[str]:
    rng = seeded("instructions", count)
    families = [f for f in FAMILIES if classification in (None, f.is_classification)]
    return [instruction(rng, families[i % len(families)]) for i in range(count)]


def request(text: str = "Name a river.", **fields: object) -> Request:
    return Request("procedural", (Message("user", text),), **fields)  # type: ignore[arg-type]


def test_a_proposal_continues_the_list_to_its_end() -> None:
    for first, last in ((9, 15), (4, 20), (1, 1)):
        numbered = [re.fullmatch(r"(\d+)\. (\S.+)", line) for line in propose(first, last).split("\n")]
        assert [int(item[1]) for item in numbered if item] == list(range(first, last + 1))
        assert all(item and find(item[2]) for item in numbered)


def test_every_own_task_is_classified_rightly() -> None:
    for text in some_instructions(300):
        task = find(text)
        assert task
        assert ask("self-instruct/classify", instruction=text) == ("Yes" if task.family.is_classification else "No")


def test_input_first_instances_are_right_and_differ() -> None:
    for text in some_instructions(300, classification=False):
        reply = ask("self-instruct/input-first", instruction=text)
        examples = re.findall(r"Example \d\nInput: (.*?)\nOutput: (.*?)(?=\n\nExample \d\n|\Z)", reply, re.DOTALL)
        inputs = ["" if shown == "<noinput>" else shown for shown, _ in examples]
        task = find(text)
        assert task and (len(inputs) > 1 if task.family.make else inputs == [""]), reply
        assert len(set(inputs)) == len(inputs) and len(reply.split()) <= 200
        for shown, (_, output) in zip(inputs, examples, strict=True):
            assert output == solve(text, shown) != shown


def test_output_first_instances_show_each_label_once() -> None:
    for text in some_instructions(200, classification=True):
        reply = ask("self-instruct/output-first", instruction=text)
        rows = re.findall(r"Class label: ([^\n]*)\nInput: (.*?)(?=\n\nClass label: |\Z)", reply, re.DOTALL)
        task = find(text)
        assert task and task.family.labels
        assert len(rows) == min(5, len(task.family.labels(task.params)))
        assert len({label for label, _ in rows}) == len(rows)
        assert all(solve(text, shown) == label for label, shown in rows)


def test_alpaca_blocks_are_complete_and_right() -> None:
    tasks = "1. Instruction: Name a river.\n1. Input: <noinput>\n1. Output: The Loire"
    for seed in range(40):
        reply = ask("alpaca/propose", tasks=tasks, first="2", last="8", seed=seed)
        for number, block in enumerate(reply.split("\n###\n"), 2):
            parts = re.fullmatch(r"(\d)\. Instruction: (.*)\n\1\. Input: (.*)\n\1\. Output: (.*)", block, re.DOTALL)
            assert parts and int(parts[1]) == number, block
            assert solve(parts[2], "" if parts[3] == "<noinput>" else parts[3]) == parts[4]
        assert number == 8


def test_a_task_of_its_own_is_answered_where_it_is_asked_outright() -> None:
    text = "Sort the numbers of tickets sold in your head and tell me the one in the centre."
    assert answer([Message("user", f"{text}\n\n8, 1, 5")], {}, 0, 0.0) == ("5", "stop")
    assert answer([Message("user", f"{text}\n\nInput: 8, 1, 5")], {}, 0, 0.0) == ("5", "stop")
    assert "needs a proper input" in answer([Message("user", text)], {}, 0, 0.0)[0]


@pytest.mark.parametrize("name", ["classify", "input-first", "output-first"])
def test_it_says_plainly_that_it_does_not_know_a_task(name: str) -> None:
    reply = ask(f"self-instruct/{name}", instruction="Explain why the sky is blue.")
    assert reply.count(".") == 1 and "never seen a task like this" in reply
    assert not re.search(r"\b(yes|no)\b", reply, re.IGNORECASE)


def test_it_says_plainly_that_it_does_not_know_a_prompt() -> None:
    for messages in ([], [Message("system", "Be kind.")], [Message("user", "What is the weather like?")]):
        assert "does not understand" in answer(messages, {}, 0, 0.0)[0]


def test_its_prompts_may_be_reworded() -> None:
    text = some_instructions(1, classification=True)[0]
    system = Message("system", "Find examples. Write 'Class label:' and the label, then the input.")
    reply, _ = answer([system, Message("user", f"Your turn!\nTask: {text}")], {}, 0, 0.0)
    assert reply.startswith("Class label: ")
    assert answer([Message("user", "Invent more tasks.\n1. Name a tree.\n2.")], {}, 0, 0.0)[0].startswith("2. ")


def test_the_same_question_gets_the_same_reply_in_any_process() -> None:
    program = (
        "from tests.teachers.test_procedural import *\n"
        "print(digest([propose(noise=0.5, seed=s) for s in range(20)]\n"
        "    + [ask('self-instruct/input-first', instruction=t, noise=0.5) for t in some_instructions(150)]))"
    )
    program = f"from ittgen.text import digest\n{program}"
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": salt}, capture_output=True, check=True
        ).stdout
        for salt in ("0", "1", "4242")
    }
    assert len(digests) == 1


def test_seed_noise_and_sampling_seed_change_the_reply_and_the_rest_does_not() -> None:
    assert propose(seed=1) != propose(seed=2) != propose(seed=2, sampling={"seed": 7})
    assert propose(sampling={"temperature": 0.7, "top_p": 0.5}) == propose()
    messages = BOOK["self-instruct/propose"].render({"tasks": "1. Name a tree.", "first": "2", "last": "8"})
    assert answer(messages, {"seed": 7}, 0, 0.0) != answer(messages, {"seed": 8}, 0, 0.0)


def test_the_token_limit_cuts_a_reply_and_says_so() -> None:
    whole = propose()
    messages = BOOK["self-instruct/propose"].render(
        {"tasks": "\n".join(f"{i}. {t}" for i, t in enumerate(SHOWN, 1)), "first": "9", "last": "15"}
    )
    text, reason = answer(messages, {"max_tokens": 20}, 0, 0.0)
    assert reason == "length" and whole.startswith(text) and len(re.findall(r"\w+|[^\w\s]", text)) == 20
    assert answer(messages, {"max_tokens": 5000}, 0, 0.0) == (whole, "stop")
    assert answer(messages, {"max_tokens": None}, 0, 0.0) == (whole, "stop")


async def test_as_a_teacher_it_counts_tokens_and_takes_no_time() -> None:
    teacher: Teacher = Procedural(noise=0.0)
    response = await teacher.ask(request("Invent more tasks.\n1. Name a tree.\n2."))
    assert response.text.startswith("2. ") and response.finish_reason == "stop"
    assert response.usage.prompt_tokens == 12 and not response.usage.estimated
    assert response.usage.completion_tokens > 7 * 10 and response.latency == 0
    await teacher.close()


async def test_another_sample_is_answered_as_the_next_seed() -> None:
    teacher = Procedural(noise=0.3)
    question = "Invent more tasks.\n1. Name a tree.\n2."
    second = await teacher.ask(request(question, sample=2, sampling={"seed": 5}))
    assert second == await teacher.ask(request(question, sampling={"seed": 7}))
    assert second != await teacher.ask(request(question, sampling={"seed": 5}))
    assert await teacher.ask(request(question, sample=1)) != await teacher.ask(request(question))


async def test_model_label_and_identity_do_not_change_the_reply() -> None:
    teacher = Procedural(noise=0.3)
    question = "Invent more tasks.\n1. Name a tree.\n2."
    odd = request(question, label="x", slot=3, schema={"type": "object"}, teacher={"kind": "other"})
    assert await teacher.ask(odd) == await teacher.ask(request(question))


def test_its_identity_names_everything_that_changes_its_answers() -> None:
    identity = {"kind": "procedural", "seed": 3, "noise": 0.5, "revision": 2, "seeds": edition()}
    assert Procedural(3, 0.5).identity == identity
    assert Procedural().noise == 0.15


@pytest.mark.parametrize("noise", [-0.1, 1.1, float("nan")])
def test_noise_is_a_share(noise: float) -> None:
    with pytest.raises(ValueError, match="noise is a share from 0 to 1"):
        Procedural(noise=noise)


def test_a_thousand_different_tasks_come_easily() -> None:
    """At the papers' limit of 0.7, against everything accepted before; a plain LCS, so only some hundreds here."""
    pool: list[list[str]] = []
    proposed = 0
    while len(pool) < 300:
        tasks = "\n".join(f"{i}. {pick(seeded(proposed, i), SHOWN)} {i}" for i in range(1, 9))
        for line in ask("self-instruct/propose", tasks=tasks, first="9", last="15", seed=proposed).split("\n"):
            proposed += 1
            words = rouge_tokens(line.split(". ", 1)[1])
            if all(not alike(words, other) for other in pool):
                pool.append(words)
    assert len(pool) / proposed > 0.75


def alike(a: list[str], b: list[str]) -> bool:
    """ROUGE-L F above 0.7."""
    if len(set(a) & set(b)) * 4 < min(len(a), len(b)):
        return False
    row = [0] * (len(b) + 1)
    for word in a:
        before = 0
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if word == other else max(row[j], row[j - 1])
    return 2 * row[-1] > 0.7 * (len(a) + len(b))


def test_a_reply_takes_well_under_two_milliseconds() -> None:
    texts = some_instructions(200)
    for text in texts[:50]:
        ask("self-instruct/classify", instruction=text)
    started = time.process_time()
    for i, text in enumerate(texts):
        propose(seed=i, noise=0.15)
        ask("self-instruct/input-first", instruction=text, noise=0.15)
    assert (time.process_time() - started) / (2 * len(texts)) < 0.01


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(["system", "user", "assistant"]), st.text())), st.floats(0, 1))
def test_no_conversation_makes_it_fail(turns: list[tuple[str, str]], noise: float) -> None:
    text, reason = answer([Message(role, said) for role, said in turns], {"max_tokens": 50}, 0, noise)  # type: ignore[arg-type]
    assert text and reason in ("stop", "length")


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.sampled_from(some_instructions(150)), st.text())
def test_any_input_is_answered_or_declined(text: str, given: str) -> None:
    assert isinstance(solve(text, given), str | None)
