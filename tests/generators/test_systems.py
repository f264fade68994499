"""The library of system prompts, its sets, and what is drawn by weight."""

from collections import Counter

import pytest

from ittgen.chance import seeded
from ittgen.generators.systems import ANY, fingerprint, library, suited, weights_of
from ittgen.generators.weights import check_weights, draw
from ittgen.records import Example
from ittgen.text import rouge_tokens

KINDS = (
    "classification open_qa closed_qa translation mathematics code rewriting creative_writing summarization reasoning "
    "extraction data_formatting brainstorming role_play planning"
).split()


def test_there_are_at_least_16_system_prompts_and_no_two_are_alike() -> None:
    texts = [text for text in library().prompts.values() if text]
    assert len(texts) >= 16 and library().prompts["none"] == ""
    words = [frozenset(rouge_tokens(text)) for text in texts]
    alike = [(a, b) for a in words for b in words if a is not b and len(a & b) / len(a | b) > 0.5]
    assert not alike
    assert all(text == text.strip() and len(text.split()) <= 80 for text in texts)


def test_every_set_names_known_prompts_and_every_prompt_is_in_a_set() -> None:
    for weights in library().sets.values():
        assert weights_of(dict(weights)) == weights
    named = {name for weights in library().sets.values() for by_name in weights.values() for name in by_name}
    assert named == library().prompts.keys()


def test_orca_has_a_mixture_for_every_kind_of_the_packaged_seeds() -> None:
    orca = weights_of("orca")
    assert set(KINDS) <= orca.keys()
    assert all(len(by_name) >= 2 for by_name in orca.values())


def test_a_task_gets_the_weights_of_its_kind() -> None:
    weights = {"code": {"check": 1.0}, "classification": {"choices": 1.0}, ANY: {"none": 1.0}}
    for meta, name in (
        ({"kind": "code"}, "check"),
        ({"kind": "code", "is_classification": True}, "check"),
        ({"kind": "poems", "is_classification": True}, "choices"),
        ({"is_classification": False}, "none"),
        ({"kind": ["code"]}, "none"),
        ({}, "none"),
    ):
        assert suited(weights, Example("Do it.", meta=meta)) == {name: 1.0}
    assert suited({ANY: {"none": 1.0}}, Example("Do it.", meta={"is_classification": True})) == {"none": 1.0}


@pytest.mark.parametrize(
    "systems, fault",
    [
        ("orka", 'there is no set "orka" \\(did you mean "orca"'),
        ({"any": {"stepz": 1}}, 'there is no "stepz" \\(did you mean "steps"'),
        ({"any": {"steps": -1, "none": 2}}, 'systems.any: the weight of "steps" must be 0 or more'),
        ({"any": {"steps": float("nan")}}, "must be 0 or more"),
        ({"any": {"steps": 0}}, "all weights are 0"),
        ({"any": {}}, "all weights are 0"),
        ({"code": {"steps": 1}}, '"any" are missing'),
    ],
)
def test_a_wrong_choice_of_systems_says_what_is_wrong(systems: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        weights_of(systems)


def test_the_fingerprint_changes_with_weights_and_with_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = {"any": {"steps": 1.0, "none": 1.0}}
    before = fingerprint(weights)
    assert fingerprint({"any": {"none": 1.0, "steps": 1.0}}) == before
    assert fingerprint({"any": {"steps": 2.0, "none": 1.0}}) != before
    monkeypatch.setitem(library().prompts, "child", "Other words.")  # type: ignore[arg-type]  # a dict underneath
    assert fingerprint(weights) == before
    monkeypatch.setitem(library().prompts, "steps", "Other words.")  # type: ignore[arg-type]  # a dict underneath
    assert fingerprint(weights) != before


def test_names_are_drawn_as_often_as_they_weigh_and_in_no_order_of_their_own() -> None:
    weights = {"c": 3.0, "a": 1.0, "never": 0.0, "b": 0.5}
    drawn = [draw(seeded(1, i), weights) for i in range(4500)]
    count = Counter(drawn)
    assert count["never"] == 0
    for name in "abc":
        assert abs(count[name] - 1000 * weights[name]) < 150
    assert drawn == [draw(seeded(1, i), dict(sorted(weights.items()))) for i in range(4500)]


def test_weights_that_cannot_be_drawn_from_are_refused() -> None:
    check_weights("x", {"a": 0, "b": 0.1})
    for weights in ({"a": float("inf")}, {"a": -0.1}, {"a": 0}, {}):
        with pytest.raises(ValueError, match=r"^x: "):
            check_weights("x", weights)
