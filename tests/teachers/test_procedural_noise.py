"""The procedural teacher errs as models do: every kind of mistake occurs, none at noise 0, and none crashes it."""

import re
from collections import Counter

import pytest

from ittgen import resources
from ittgen.chance import seeded
from ittgen.prompts import PromptBook
from ittgen.records import Message
from ittgen.teachers.procedural import answer, noise
from ittgen.teachers.procedural.families import FAMILIES
from ittgen.teachers.procedural.family import instruction
from ittgen.teachers.procedural.noise import Slips

BOOK = PromptBook(resources.prompts())
SHOWN = ("Name three rivers that cross a border.", "Decide whether the sentence below is ironic.")


def replies(name: str, level: float, count: int, **words: str) -> list[tuple[str, str]]:
    messages: tuple[Message, ...] = BOOK[name].render(words)
    return [answer(messages, {"seed": seed}, 0, level) for seed in range(count)]


def proposals(level: float, count: int) -> list[tuple[str, str]]:
    tasks = "\n".join(f"{i}. {text}" for i, text in enumerate(SHOWN, 1))
    return replies("self-instruct/propose", level, count, tasks=tasks, first="3", last="9")


def instances(level: float, count: int, kind: str) -> list[str]:
    """Replies about as many different tasks, some with input and some without."""
    rng = seeded("noise", kind)
    families = [family for family in FAMILIES if family.is_classification == (kind == "output-first")]
    texts = [instruction(rng, families[i % len(families)]) for i in range(count)]
    return [replies(f"self-instruct/{kind}", level, 1, instruction=text)[0][0] for text in texts]


def kinds_of_proposal(text: str, reason: str) -> set[str]:
    lines = [line for line in text.split("\n") if line]
    items = [re.sub(r"^\W*(?:Task )?\d+\W+", "", line) for line in lines]
    found = {
        "refusal": text == noise.REFUSAL,
        "cut": reason == "length",
        "preamble": text.startswith(noise.PREAMBLES),
        "chatter": text.endswith(noise.CHATTER),
        "odd marks": any(re.match(r"\d+\)|\*\*\d|Task \d|\(\d|\d+ -", line) for line in lines),
        "from 1": bool(re.search(r"^\W*(?:Task )?1\b", text, re.MULTILINE)),
        "repeated": len(set(items)) < len(items),
        "near copy": any(item not in SHOWN and overlap(item, shown) >= 5 for item in items for shown in SHOWN),
        "too short": any(item in noise.TOO_SHORT for item in items),
        "unsuitable": bool(re.search(r"picture|image|plot|video", text)),
    }
    return {kind for kind, is_there in found.items() if is_there}


def overlap(a: str, b: str) -> int:
    return sum((Counter(a.split()) & Counter(b.split())).values())


def test_every_kind_of_mistake_in_a_list_occurs() -> None:
    seen = Counter(kind for text, reason in proposals(0.5, 150) for kind in kinds_of_proposal(text, reason))
    assert len(seen) == 10 and min(seen.values()) >= 2, seen


def test_a_clean_teacher_makes_none_of_them() -> None:
    assert not any(kinds_of_proposal(text, reason) for text, reason in proposals(0.0, 100))


@pytest.mark.parametrize("kind", ["input-first", "output-first"])
def test_every_kind_of_mistake_in_instances_occurs(kind: str) -> None:
    text = "\n\n".join(instances(0.7, 250, kind))
    label = "Output" if kind == "input-first" else "Class label"
    assert re.search(rf"^{label}: not ", text, re.MULTILINE), "contradicting output"
    assert re.search(rf"^{label}: $", text, re.MULTILINE), "empty output"
    assert re.search(rf"^Input: (.+)\n{label}: \1$|^{label}: (.+)\nInput: \2$", text, re.MULTILINE), "echo"
    assert text.count(noise.REFUSAL) and any(preamble in text for preamble in noise.ANSWER_PREAMBLES)
    if kind == "input-first":
        assert len(set(re.findall(r"^Input: (\W?no\W?input\W?|None|N/A|<noinput>|)$", text, re.M | re.I))) >= 4


def test_verdicts_are_adorned_or_hedged() -> None:
    rng = seeded("verdicts")
    said = Counter(noise.verdict(Slips(rng, 1.0), "Yes") for _ in range(300))
    assert set(noise.HEDGES) <= said.keys() and {"Yes", "Yes.", "**Yes**", "yes", "Answer: Yes"} <= said.keys()
    assert not any(re.search(r"\b(yes|no)\b", hedge, re.IGNORECASE) for hedge in noise.HEDGES)


def test_blocks_with_mistakes_stay_text() -> None:
    tasks = "1. Instruction: Name a river.\n1. Input: <noinput>\n1. Output: The Loire"
    texts = replies("alpaca/propose", 0.6, 120, tasks=tasks, first="2", last="6")
    assert {reason for _, reason in texts} == {"stop", "length"}
    assert any(re.search(r"^\d+\. Output: $", text, re.MULTILINE) for text, _ in texts)
    assert any("1. Instruction: " in text for text, _ in texts)


def test_at_full_noise_nothing_crashes_and_replies_stay_different() -> None:
    texts = [text for text, _ in proposals(1.0, 200)] + instances(1.0, 200, "input-first")
    texts += instances(1.0, 60, "output-first")
    assert len(set(texts)) > 300


def test_more_noise_makes_more_mistakes() -> None:
    means = [sum(len(kinds_of_proposal(*reply)) for reply in proposals(level, 120)) for level in (0.0, 0.15, 0.5, 1.0)]
    assert means == sorted(means) and means[0] == 0 < means[1] < means[2]


def test_a_near_copy_differs_in_a_word_or_two() -> None:
    for seed in range(50):
        copy = noise.near_copy(seeded(seed), SHOWN[0])
        assert copy != SHOWN[0] and overlap(copy, SHOWN[0]) >= len(SHOWN[0].split()) - 1
