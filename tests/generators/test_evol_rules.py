"""Each rule has a planted case that it catches and one near it that it does not."""

import pytest

from ittgen.generators import evol_rules as rules
from ittgen.generators.evol_answers import SHORT, unanswered
from ittgen.generators.stop_words import STOP_WORDS
from ittgen.records import Example, Rejection

PARENT = Example("Name three rivers in Europe.")


def rule(found: Rejection | None) -> str | None:
    return found.rule if found else None


def answered(output: str) -> Example:
    return Example("Why is the sky blue?", output=output)


@pytest.mark.parametrize(
    "instruction, phrase",
    [
        ("Rewrite the given prompt for Europe.", "given prompt"),
        ("Follow the Rewritten Prompt and name rivers.", "Rewritten Prompt"),
        ("Name rivers, unlike in the original task.", "original task"),
        ("Original task: name rivers.", "Original task"),
        ("Solve a harder form of the task.", "harder form"),
        ("Name three rivers.\n#The Given Instruction#", "#The Given Instruction#"),
        ("Name three rivers.\n# Rewritten Question #", "# Rewritten Question #"),
        ("Name three rivers. <noinput>", "<noinput>"),
        ("<instruction>Name three rivers.", "<instruction>"),
    ],
)
def test_leaked_words_are_caught_wherever_they_stand(instruction: str, phrase: str) -> None:
    found = rules.leaked(Example(instruction), PARENT)
    assert found and (found.rule, found.value) == ("leaked-prompt", phrase)
    assert rule(rules.leaked(Example("Name three rivers.", input=instruction), PARENT)) == "leaked-prompt"


@pytest.mark.parametrize(
    "instruction",
    [
        "Rewrite the given text as a prompt for a painter.",
        "Given a prompt, count its words.",
        "Compare the original painting with its copy.",
        "Write #given and #new as hashtags.",
        "Explain what the HTML tag <input> does.",
        "Name three promptly given answers.",
        "Restore the original task list from the log.",
        "Compare the given prompts of two poets.",
        "Harder form of dance: name one.",
    ],
)
def test_words_near_those_of_the_prompt_are_no_leak(instruction: str) -> None:
    assert rules.leaked(Example(instruction), PARENT) is None


def test_words_that_the_parent_had_already_are_no_leak() -> None:
    parent = Example("Write a story that follows the given prompt.")
    assert rules.leaked(Example("Write a short story that follows the given prompt closely."), parent) is None
    assert rule(rules.leaked(Example("Write the rewritten prompt."), parent)) == "leaked-prompt"


def test_a_copy_of_any_ancestor_is_unchanged_and_one_more_word_is_not() -> None:
    root, child = (
        Example("Name three rivers.", input="in Europe"),
        Example("Name three long rivers.", input="in Europe"),
    )
    for copy in ("name THREE  rivers", '"Name three rivers."', "Name three\nrivers"):
        found = rules.unchanged(Example(copy, input="in Europe"), [root, child])
        assert found and (found.rule, found.near, found.note) == ("unchanged", root.id, root.instruction)
    assert rules.unchanged(Example("Name three rivers now.", input="in Europe"), [root, child]) is None
    assert rules.unchanged(Example("Name three rivers.", input="in Asia"), [root, child]) is None
    assert rules.unchanged(Example("Convert C# to C."), [Example("Convert C to C#.")]) is None


CODE = "Explain this:\n```python\ndef f(x):\n    if x:\n        return 1\n```"


@pytest.mark.parametrize(
    "child, verdict",
    [
        ("Explain why this is slow:\n```python\ndef f(x):\n    if x:\n        return 1\n```\nin two steps", None),
        ("Explain this:\n\n    ```py\n    def f(x):\n        if x:\n            return 1\n    ```", None),
        ("Explain this:\n\ndef f(x):\n\n    if x:\n        return 1\nprint(f(2))", None),
        ("Explain this:\n```python\ndef f(x):\n    if x:\n        return 2\n```", "lost-code"),
        ("Explain this:\n```python\ndef f(x):\n  if x:\n    return 1\n```", "lost-code"),
        ("Explain this: `def f(x): if x: return 1`", "lost-code"),
        ("Explain the function in two steps.", "lost-code"),
    ],
)
def test_a_code_block_of_the_parent_is_still_there_or_lost(child: str, verdict: str | None) -> None:
    assert rule(rules.lost(Example(child), Example(CODE))) == verdict


def test_code_that_moved_to_the_input_is_not_lost_and_inline_code_is_no_block() -> None:
    assert rules.lost(Example("Explain.", input="def f(x):\n    if x:\n        return 1"), Example(CODE)) is None
    assert rules.lost(Example("Explain it."), Example("Explain `x = 1`.")) is None
    assert rules.lost(Example("Explain it."), Example("Explain ``` in Markdown.")) is None


TABLE = "Which sells best?\n\n| fruit | sold |\n|-------|------|\n| pears | 41 |\n| plums | 67 |"


@pytest.mark.parametrize(
    "child, verdict",
    [
        ("Which sells best in May?\n\n| fruit | sold |\n|---|---|\n| pears | 41 |\n| plums | 67 |", None),
        ("Which?\n|fruit|price|sold|\n|-|-|-|\n|plums|2|67|\n|pears|3|41|\n|figs|1|2|", None),
        ("Which sells best?\n\n| fruit | sold |\n|---|---|\n| pears | 41 |\n| plums | 68 |", "lost-table"),
        ("Which sells best, pears with 41 or plums with 67?", "lost-table"),
    ],
)
def test_a_table_of_the_parent_is_still_there_or_lost(child: str, verdict: str | None) -> None:
    assert rule(rules.lost(Example(child), Example(TABLE))) == verdict


def test_columns_between_tabs_are_a_table_and_bars_in_prose_are_none() -> None:
    parent = Example("Add up:\na\tb\n1\t2")
    assert rule(rules.lost(Example("Add up both columns."), parent)) == "lost-table"
    assert rules.lost(Example("Add up with care:\na\tb\n1\t2"), parent) is None
    assert rules.lost(Example("Join them."), Example("Join a|b\nand c|d.")) is None


def test_the_input_of_the_parent_is_still_there_or_lost() -> None:
    parent = Example("Sort.", input="8, 3, 11,\n5")
    assert rules.lost(Example("Sort twice.", input="8, 3, 11,\n5\n\n{}"), parent) is None
    assert rules.lost(Example("Sort 8, 3, 11, 5 twice."), parent) is None
    assert rules.lost(Example("Sort.", input="1, 2,  3"), Example("Sort.", input="1,2,3")) is None
    found = rules.lost(Example("Sort twice.", input="8, 3, 11, 6"), parent)
    assert found and (found.rule, found.note) == ("lost-input", "8, 3, 11,\n5")
    assert rule(rules.lost(Example("Sort the numbers twice."), parent)) == "lost-input"
    assert rules.lost(Example("Sort twice."), Example("Sort.")) is None


def test_only_what_is_to_be_kept_is_looked_for() -> None:
    parent = Example(f"{CODE}\n\n{TABLE}", input="x")
    for keep in ("code", "table", "input"):
        assert rule(rules.lost(Example("Nothing."), parent, (keep,))) == f"lost-{keep}"
    assert rules.lost(Example("Nothing."), parent, ()) is None


def test_growth_is_counted_over_both_fields_and_bounded_at_both_ends() -> None:
    assert rules.growth(Example("Name three rivers", input="in Europe."), PARENT) == 0
    for added, verdict in ((-1, "growth"), (0, None), (20, None), (21, "growth")):
        child = Example(" ".join(["word"] * (5 + added)))
        found = rules.grown(child, PARENT, 0, 20)
        assert rule(found) == verdict
        assert found is None or (found.value, found.limit) == (added, 0 if added < 0 else 20)


def test_a_short_apology_is_caught_and_a_long_answer_or_another_word_is_not() -> None:
    found = rules.apology(answered("I'm Sorry, but I do not know."))
    assert found and (found.rule, found.value, found.limit) == ("apology", 7, 80)
    assert rule(rules.apology(answered("sorry " + "word " * 78))) == "apology"
    assert rules.apology(answered("sorry " + "word " * 79)) is None
    assert rules.apology(answered("A sorrysome word, and sorrow.")) is None
    assert rules.apology(answered("Sorry."), 0) is None


@pytest.mark.parametrize(
    "output", ["", " \n", "...", "It is what it is.", "The!", "So, as for that: it’s here…", "— ? —"]
)
def test_an_answer_of_stop_words_and_punctuation_says_nothing(output: str) -> None:
    assert rule(rules.only_stop_words(answered(output))) == "stop-words"


@pytest.mark.parametrize("output", ["It is blue.", "7", "No.", "Both.", "B", "Да.", "😀", "因为", "C++"])
def test_an_answer_with_one_word_that_tells_something_passes(output: str) -> None:
    assert rules.only_stop_words(answered(output)) is None


def test_stop_words_are_lower_case_words_and_none_is_a_whole_answer() -> None:
    assert all(word == word.lower() and word.strip("'").replace("'", "").isalpha() for word in STOP_WORDS)
    assert len(STOP_WORDS) > 150
    assert not STOP_WORDS & {"yes", "no", "none", "all", "both", "true", "false", "b", "c"}


@pytest.mark.parametrize(
    "output",
    [
        "Understood.",
        "Sure!",
        "Got it. I will write the essay.",
        "Certainly! I'd be happy to help you with that.",
        "Thank you for the clarification. I'll keep that in mind.",
        "Okay, I will provide a detailed analysis. Let me know when you are ready.",
    ],
)
def test_an_answer_that_merely_acknowledges_is_caught(output: str) -> None:
    assert rule(unanswered(answered(output))) == "acknowledged"


@pytest.mark.parametrize(
    "output",
    [
        "Could you please provide the text you want me to summarise?",
        "Sure, I'd be happy to help! Please provide the article.",
        "I need more information about your budget.",
        "Please share more details, such as the size of the room.",
        "Which language would you like me to use?",
    ],
)
def test_an_answer_that_asks_for_more_is_caught(output: str) -> None:
    assert rule(unanswered(answered(output))) == "asks-for-more"


@pytest.mark.parametrize(
    "output",
    [
        "You haven't provided the table.",
        "It looks like you forgot to include the text. Please provide it.",
        "Unfortunately, no data was provided.",
        "There is no input given in your message.",
        "The code is missing, so I cannot say.",
        "I don't see any attached file.",
        "Without more context, I cannot answer this.",
        "The passage you mentioned was not included.",
    ],
)
def test_an_answer_that_says_what_is_missing_is_caught(output: str) -> None:
    assert rule(unanswered(answered(output))) == "missing-information"


@pytest.mark.parametrize(
    "output",
    [
        "Light of short waves is scattered more. Could you tell me more about your experiment?",
        "Dear Ms Ito,\n\ncould you please provide your order number?\n\nYours,\nBen",
        "The missing value is 7.",
        "The sentence is missing a comma.",
        "There is no list that names them all.",
        "Sure signs are dark clouds.",
        "Certainly not: it scatters.",
        "Thank you.",
        "Yes.",
        "I will be there at nine.",
        "Please stir until the sugar has melted.",
        "Would you like some tea?",
        "Is it the air?",
        "Okay, here is the list: air, light, dust.",
        "You did not water the plants, so they dried.",
        "Without salt, the dough does not rise well.",
    ],
)
def test_an_answer_that_only_sounds_like_one_of_these_passes(output: str) -> None:
    assert unanswered(answered(output)) is None


def test_a_long_answer_has_answered_whatever_its_first_words() -> None:
    first = "Could you please provide the text?"
    assert unanswered(answered(first + " word" * (SHORT - 7))) is not None
    assert unanswered(answered(first + " word" * (SHORT - 6))) is None
