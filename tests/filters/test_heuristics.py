"""Planted cases are caught, near misses are kept, in several languages."""

import inspect
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.filters import heuristics
from ittgen.filters.base import Filter
from ittgen.filters.heuristics import (
    ALPACA,
    FIELDS,
    SELF_INSTRUCT,
    Empty,
    EndsWithColon,
    FirstCharacter,
    Keywords,
    Length,
    StartsWith,
)
from ittgen.records import Example, Rejection

ALL = (Length, Empty, Keywords, StartsWith, FirstCharacter, EndsWithColon)
WITH_FIELD = (Length, Empty, Keywords, StartsWith, FirstCharacter)


def task(instruction: str) -> Example:
    return Example(instruction, input="some text", output="an answer")


def verdict(rule: Filter, example: Example) -> tuple[object, ...] | None:
    """What the rejection says, after making sure that it keeps the example."""
    said = rule(example)
    if said is None:
        return None
    assert said.draft is example
    return (said.rule, said.value, said.limit, said.note)


@pytest.mark.parametrize(
    ("words", "broken"),
    [(0, 4), (1, 4), (3, 4), (4, None), (5, None), (149, None), (150, None), (151, 150), (2_000, 150)],
)
def test_length_has_the_papers_bounds(words: int, broken: int | None) -> None:
    example = task("  ".join(["word"] * words) + "\n")
    assert verdict(Length(), example) == (None if broken is None else ("length", words, broken, ""))


def test_length_counts_what_white_space_separates_in_any_language() -> None:
    assert Length()(task("Назови три реки Европы.")) is None
    assert Length()(task("اذكر ثلاثة أنهار طويلة")) is None
    assert verdict(Length(), task("写一首关于春天的诗。")) == ("length", 1, 4, "")
    assert Length(min_words=1)(task("写一首关于春天的诗。")) is None


def test_length_looks_where_it_is_pointed() -> None:
    example = Example("Name one very long river.", output="Nile")
    assert verdict(Length(min_words=2, field="output"), example) == ("length", 1, 2, "")
    assert Length(min_words=0, field="input")(example) is None


@pytest.mark.parametrize(("least", "most"), [(5, 4), (-1, 10), (151, 150)])
def test_bounds_that_let_nothing_pass_are_refused(least: int, most: int) -> None:
    with pytest.raises(ValueError, match=f"{least} to {most}"):
        Length(min_words=least, max_words=most)


BLANK = ["", " ", "\n\t \r\n", "\u00a0\u3000\u2028", "\x00\x07"]
WITHOUT_WIDTH = [
    "\u200b",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u00ad",
    "\u200e\u202a\u202c",
    "\ufe0f",
    " \u200b\n\u200b ",
]
FILLERS = ["\u3164", "\u2800\u2800", "\u115f\u1160\uffa0", "\u034f"]


@pytest.mark.parametrize("output", BLANK + WITHOUT_WIDTH + FILLERS)
def test_an_output_that_shows_nothing_is_empty(output: str) -> None:
    assert verdict(Empty(), Example("Say something nice.", output=output)) == ("empty", 0, 1, "")


@pytest.mark.parametrize(
    "output", ["0", ".", "\u200b-", "是", "é", "e\u0301", "👩\u200d👧", "❤\ufe0f", "\u0301", "\ue000"]
)
def test_an_output_that_shows_anything_is_not_empty(output: str) -> None:
    assert Empty()(Example("Say something nice.", output=output)) is None


@pytest.mark.parametrize(
    ("instruction", "word"),
    [
        ("Describe the image below.", "image"),
        ("Compare these IMAGES in a line.", "IMAGES"),
        ("Explain the graph, please.", "graph"),
        ("Draw a cat on a mat.", "Draw"),
        ("Summarize the plot of Hamlet.", "plot"),
        ("I have to go to a job interview.", "go to"),
        ("I have to go  to a job interview.", "go  to"),
        ("How do I read a CSV file?", "file"),
        ("Use Python's map() on a list.", "map"),
        ("Which maps/files matter?", "maps"),
        ("Traduis « picture » en français.", "picture"),
    ],
)
def test_keywords_are_found_as_whole_words_in_any_case(instruction: str, word: str) -> None:
    assert verdict(Keywords(), task(instruction)) == ("keywords", word, None, "")


@pytest.mark.parametrize(
    "instruction",
    [
        "Imagine a graphic novel about a photographer.",
        "Write a paragraph on drawing conclusions.",
        "Outline a plotless, profiled, mapped story.",
        "Where did you go together?",
        "Rename my_file in the code.",
        "Décris le paragraphe suivant.",
        "Explain the video and the music.",
        "Опиши карту и файл.",
    ],
)
def test_keywords_inside_other_words_are_not_found(instruction: str) -> None:
    assert Keywords()(task(instruction)) is None


def test_alpacas_list_finds_what_self_instructs_does_and_five_words_more() -> None:
    assert set(ALPACA) - set(SELF_INSTRUCT) == {"video", "audio", "music", "flowchart", "diagram"}
    assert set(SELF_INSTRUCT) < set(ALPACA)
    for word in ALPACA:
        assert verdict(Keywords(words=ALPACA), task(f"Now {word} it.")) == ("keywords", word, None, "")


def test_own_keywords_may_hold_any_characters() -> None:
    rule = Keywords(words=("c++", "a.b", "naïve"))
    assert verdict(rule, task("Write C++ code.")) == ("keywords", "C++", None, "")
    assert rule(task("Write c code for axb.")) is None
    assert verdict(rule, task("A NAÏVE question.")) == ("keywords", "NAÏVE", None, "")


@pytest.mark.parametrize(
    ("instruction", "caught"),
    [
        ("Write a program that sorts numbers.", True),
        ("\n Write a program.", True),
        ("Write a programme of events.", True),
        ("write a program that sorts.", False),
        ("Please Write a program.", False),
        ("Write an essay.", False),
        ("", False),
    ],
)
def test_a_beginning_is_compared_letter_for_letter(instruction: str, caught: bool) -> None:
    expected = ("starts-with", "Write a program", None, "") if caught else None
    assert verdict(StartsWith(), task(instruction)) == expected


def test_the_prefix_found_is_named() -> None:
    rule = StartsWith(prefixes=("As an AI", "Напиши программу"))
    assert verdict(rule, task("Напиши программу на C.")) == ("starts-with", "Напиши программу", None, "")
    assert rule(task("Write a program.")) is None


@pytest.mark.parametrize("instruction", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
def test_ascii_punctuation_is_an_odd_first_character(instruction: str) -> None:
    expected = ("first-character", instruction, None, "punctuation")
    assert verdict(FirstCharacter(), task(instruction + " and so on")) == expected
    assert FirstCharacter(punctuation=False)(task(instruction + " and so on")) is None


@pytest.mark.parametrize("instruction", ["¿Qué es esto?", "«Oui»", "Élan vital", "写一首诗", "Назови", "🙂 hello"])
def test_what_is_beyond_ascii_is_odd_only_when_asked_for(instruction: str) -> None:
    assert FirstCharacter()(task(instruction)) is None
    strict = FirstCharacter(punctuation=False, non_ascii=True)
    assert verdict(strict, task(instruction)) == ("first-character", instruction[0], None, "not ASCII")


@pytest.mark.parametrize("instruction", ["Name it", "3 rivers", "  a river", "", "   "])
def test_letters_digits_and_nothing_at_all_are_no_odd_beginning(instruction: str) -> None:
    assert FirstCharacter(non_ascii=True)(task(instruction)) is None


@pytest.mark.parametrize(
    ("given", "output", "field"),
    [
        ("Text:", "fine", "input"),
        ("text", "Here is the list:\n", "output"),
        ("text", "以下是答案：", "output"),
        ("both:", "both:", "input"),
        ("text", "a: b", None),
        ("text", "12:30", None),
        (":)", "Smile :-)", None),
        ("", "", None),
    ],
)
def test_a_text_that_stops_at_a_colon_is_caught_in_input_and_output(given: str, output: str, field: str | None) -> None:
    example = Example("A list of things:", input=given, output=output)
    assert verdict(EndsWithColon(), example) == (("ends-with-colon", field, None, "") if field else None)


def test_a_colon_is_looked_for_where_told() -> None:
    example = Example("A list of things:", input="x:", output="y:")
    assert verdict(EndsWithColon(fields=("instruction",)), example) == ("ends-with-colon", "instruction", None, "")


@pytest.mark.parametrize("component", WITH_FIELD)
@pytest.mark.parametrize("field", ["instrution", "", "turns", "meta", "id"])
def test_an_unknown_field_is_refused_and_the_known_ones_named(component: Any, field: str) -> None:
    with pytest.raises(ValueError, match=f'"{field}"; it has {", ".join(FIELDS)}'):
        component(field=field)
    with pytest.raises(ValueError, match="it has instruction"):
        EndsWithColon(fields=("input", field or "text"))


@pytest.mark.parametrize("component", WITH_FIELD)
@pytest.mark.parametrize("field", FIELDS)
def test_every_text_of_an_example_can_be_looked_at(component: Any, field: str) -> None:
    planted = {Length: "one", Empty: "", Keywords: "a map", StartsWith: "Write a program", FirstCharacter: "- x"}
    good = dict.fromkeys(FIELDS, "Name four of the rivers")
    assert component(field=field)(Example(**good)) is None
    assert component(field=field)(Example(**(good | {field: planted[component]}))) is not None


@pytest.mark.parametrize("texts", ["plot", (), [], ("a", ""), (" ",), ["a", 3], [None]])
def test_lists_of_texts_are_lists_of_texts(texts: Any) -> None:
    with pytest.raises(ValueError, match="words must be a list of texts"):
        Keywords(words=texts)
    with pytest.raises(ValueError, match="prefixes must be a list of texts"):
        StartsWith(prefixes=texts)
    with pytest.raises(ValueError, match="fields must be a list of texts"):
        EndsWithColon(fields=texts)


def test_a_list_from_a_recipe_is_as_good_as_a_tuple() -> None:
    from_recipe: Any = ["map", "draw"]
    assert Keywords(words=from_recipe) == Keywords(words=("map", "draw"))
    assert hash(Keywords(words=from_recipe)) == hash(Keywords(words=("map", "draw")))


@pytest.mark.parametrize("component", ALL)
def test_a_component_is_frozen_built_without_arguments_and_names_its_paper(component: Any) -> None:
    rule = component()
    assert rule == component()
    assert "arxiv.org/abs/2212.10560" in inspect.getdoc(component)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        rule.field = "output"


def test_every_filter_of_the_module_is_tested_here() -> None:
    defined = {
        value
        for value in vars(heuristics).values()
        if inspect.isclass(value) and value.__module__ == heuristics.__name__
    }
    assert defined == set(ALL)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_any_text_gets_a_verdict_and_the_same_one_twice(instruction: str, given_input: str, output: str) -> None:
    example = Example(instruction, given_input, output)
    for component in ALL:
        said = component()(example)
        assert said is None or isinstance(said, Rejection)
        assert said == component()(example)
