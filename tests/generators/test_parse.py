"""The parsers against what models really write: each case is a reply, and what must come of it."""

import pytest

from ittgen.generators.parse import (
    alpaca_blocks,
    instances_input_first,
    instances_output_first,
    instruction_list,
    yes_no,
)

ABC = ["Write a poem.", "Explain tides.", "List rivers."]
PREAMBLES = ["", "Sure! Here are 7 more tasks:\n\n", "Here's the continuation of the list:\n", "## New tasks\n\n"]
ITEM_MARKS = (
    "{}. |{}) |Task {}: |**{}.** |{}: |#{} |({}) |{} - |**Task {}:** |**Task {}**: |### {}. |### Task {}: |{}\\. "
    "|- {}. |  {}. |* **{}.** |## Task {}\n|**Task {}**\n|{}.\n|{}、|Instruction {}: |{}.) |[{}] |**{}** |Tarea {}: "
    "|Task {} (new): "
).split("|")


@pytest.mark.parametrize("mark", ITEM_MARKS)
@pytest.mark.parametrize("preamble", PREAMBLES)
@pytest.mark.parametrize("number", [9, 1])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n\n---\n\n"])
def test_a_list_is_read_in_every_way_of_writing_its_numbers(
    mark: str, preamble: str, number: int, between: str
) -> None:
    reply = preamble + between.join(mark.format(number + i) + text for i, text in enumerate(ABC))
    assert instruction_list(reply, "stop", 9) == ABC
    assert instruction_list(reply + "\n\nLet me know if you want more!", "stop", 9) == ABC
    assert instruction_list(reply, "length", 9) == ABC[:2]


LISTS = {
    "begun in the prompt": (" Name a.\n10. Name b.", ["Name a.", "Name b."]),
    "only the open item": (" Write a poem about 16. and 20. things.", ["Write a poem about 16. and 20. things."]),
    "other mark after the open item": ("Name a.\n(10) Name b.", ["Name a.", "Name b."]),
    "numbers on from the last": ("16. a b\n17. c\n18. d", ["a b", "c", "d"]),
    "sub-list at the margin": ("9. Do this:\n1. x\n2. y\n10. Next", ["Do this:\n1. x\n2. y", "Next"]),
    "sub-list in the open item": (" Do this:\n1. x\n2. y\n10. Next", ["Do this:\n1. x\n2. y", "Next"]),
    "sub-list and nothing else": (" Sort the steps.\n1. Boil\n2. Pour", ["Sort the steps.\n1. Boil\n2. Pour"]),
    "sub-list in a list from 1": (
        "1. A:\n1. x\n2. y\n2. B:\n1. x\n2. y\n3. C",
        ["A:\n1. x\n2. y", "B:\n1. x\n2. y", "C"],
    ),
    "sub-list as long as the list": ("1. A\n2. B:\n1. x\n2. y\n3. C\n4. D", ["A", "B:\n1. x\n2. y", "C", "D"]),
    "indented sub-list": ("1. A\n   1. x\n   2. y\n2. B\n   - z\n3. C", ["A\n   1. x\n   2. y", "B\n   - z", "C"]),
    "sub-list past the open number": (
        "1. A\n2. Sort:\n" + "".join(f"   {i}. x\n" for i in range(1, 12)) + "3. C",
        ["A", "Sort:\n" + "\n".join(f"   {i}. x" for i in range(1, 12)), "C"],
    ),
    "sub-list of another style": ("9. A:\n1) x\n2) y\n10. B", ["A:\n1) x\n2) y", "B"]),
    "numbers of another style": ("Task 9: Sort.\n10. x\n11. y\nTask 10: Next", ["Sort.\n10. x\n11. y", "Next"]),
    "years": ("9. When?\n2020. was a good year\n10. Next", ["When?\n2020. was a good year", "Next"]),
    "amounts": (
        "9. Add\n16.5 kg\n$20. and\n3.14\n10:30 x\n10. Next",
        ["Add\n16.5 kg\n$20. and\n3.14\n10:30 x", "Next"],
    ),
    "a sum": ("9. Compute:\n10 - 3\n10. Next", ["Compute:\n10 - 3", "Next"]),
    "code": ("9. Fix:\n```\n10. print\n```\n10. Next", ["Fix:\n```\n10. print\n```", "Next"]),
    "a fence never closed": ("9. Fix:\n```python\n10. A\n11. B", ["Fix:\n```python", "A", "B"]),
    "paragraphs": ("9. One.\n\nMore of it.\n\n10. Two.", ["One.\n\nMore of it.", "Two."]),
    "a number twice": ("9. A\n10. B\n10. C\n11. D", ["A", "B", "C", "D"]),
    "a number left out": ("9. A\n11. B\n12. C", ["A", "B", "C"]),
    "one number for all": ("1. A\n1. B\n1. C", ["A", "B", "C"]),
    "bullets": ("- Name a.\n- Name b.\n  still b", ["Name a.", "Name b.\n  still b"]),
    "all in a fence": ("Sure:\n```text\n9. A\n10. B\n```", ["A", "B"]),
    "all in bold": ("**9. Name a.**\n**10. Name b.**", ["Name a.", "Name b."]),
    "bold titles": ("**9. Title** – do it\n10. **Other:** do that", ["**Title** – do it", "**Other:** do that"]),
    "headings between": ("9. A\n\n### Coding\n\n10. B\n\n**Other**\n11. C", ["A", "B", "C"]),
    "labels": ("9. **Instruction:** A b\n10. Task: C d", ["A b", "C d"]),
    "thinking aloud": ("<think>9. perhaps\n10. or</think>\n9. A\n10. B", ["A", "B"]),
    "only thinking": ("<think>9. perhaps\n10. or", []),
    "two sign-offs": ("9. A\n10. B\n\nThese tasks cover much.\n\nLet me know if you'd like more!", ["A", "B"]),
    "sign-off on the next line": ("9. A\n10. B\nLet me know if you want more tasks!", ["A", "B"]),
    "an unknown preamble": (
        "As asked, fresh ones\n\n" + "\n".join(f"{i}. A task of some length" for i in range(1, 8)),
        ["A task of some length"] * 7,
    ),
    "spelling kept": ("9. Convert NASA's C++ to iPhone ### C#\n10. b", ["Convert NASA's C++ to iPhone ### C#", "b"]),
    "a refusal": ("I'm sorry, but I can't help with that.", []),
    "only a preamble": ("Sure! Here are 7 more tasks:", []),
    "JSON": ('["Write a poem.", "Explain tides."]', []),
    "a table": ("| # | Task |\n|---|---|\n| 9 | Name a |", []),
    "nothing": (" \n ", []),
}


@pytest.mark.parametrize("reply, items", LISTS.values(), ids=LISTS)
def test_a_list_keeps_its_items_whole_and_apart(reply: str, items: list[str]) -> None:
    assert instruction_list(reply, "stop", 9) == items


@pytest.mark.parametrize("tail", ["11. List ri", "11.", "11. Print:\n```\n12. x", "11. Put in order:\n1. a\n2. b"])
def test_a_truncated_list_loses_only_its_last_item(tail: str) -> None:
    assert instruction_list(f"9. {ABC[0]}\n10. {ABC[1]}\n{tail}", "length", 9) == ABC[:2]


PAIRS = [("17:45", "5:45 PM"), ("00:10", "12:10 AM"), ("a\n\nb", "x\n  y")]
EXAMPLE_MARKS = (
    "Example {}\n|Example {}:\n|### Example {}\n|**Example {}**\n|**Example {}:**\n|## Example {}: Title\n|{}.\n|{}. "
    "|{}) |Example {}: |Instance {}\n|Example #{}\n|[Example {}]\n|Example:\n|- Example {}\n|"
).split("|")
FIELD_LABELS = [
    ("Input: ", "Output: "), ("**Input:** ", "**Output:** "), ("**Input**: ", "**Output**: "), ("INPUT: ", "OUTPUT: "),
    ("input:\n", "output:\n"), ("### Input:\n", "### Output:\n"), ("- Input: ", "- Output: "), ("Input：", "Output："),
    ("**Input**\n", "**Output**\n"), ("Input (text): ", "Expected output: "), ("   Input: ", "   Output: "),
]  # fmt: skip


@pytest.mark.parametrize("mark", EXAMPLE_MARKS)
@pytest.mark.parametrize("labels", FIELD_LABELS)
@pytest.mark.parametrize("between", ["\n\n", "\n", "\n\n---\n\n"])
def test_instances_are_read_in_every_way_of_marking_them(mark: str, labels: tuple[str, str], between: str) -> None:
    blocks = [f"{mark.format(i)}{labels[0]}{said}\n{labels[1]}{output}" for i, (said, output) in enumerate(PAIRS, 1)]
    reply = between.join(blocks)
    for text in (reply, "Sure! Here are some examples:\n\n" + reply, reply.replace("\n", "\r\n")):
        assert instances_input_first(text, "stop") == PAIRS
        assert instances_input_first(text + "\n\nLet me know if you want more examples!", "stop") == PAIRS
        assert instances_input_first(text, "length") == PAIRS[:2]


LEETCODE = "Write a function.\n\nExample 1:\nInput: [1]\nOutput: 1\n\nExample 2:\nInput: [2]\nOutput: 2"
LETTER = "Dear Ann,\n\nLet me know if you can come.\n\nBest,\nBob"
LOG = "```\nInput: 5\nOutput: 6\nExample 2\n```"
INSTANCES = {
    "a single pair": ("Input: a\nOutput: b", [("a", "b")]),
    "swapped": ("Example 1\nOutput: b\nInput: a\n\nExample 2\nOutput: d\nInput: c", [("a", "b"), ("c", "d")]),
    "swapped, unmarked": ("Output: b\nInput: a\n\nOutput: d\nInput: c", [("a", "b"), ("c", "d")]),
    "no input": ("Example 1\nOutput: b", [("", "b")]),
    "two without input": ("Output 1: a\nOutput 2: b", [("", "a"), ("", "b")]),
    "a field of another name": ("Example 1\nSentence: foo\nOutput: b", [("Sentence: foo", "b")]),
    "several inputs": ("Example 1\nInput 1: 3\nInput 2: 5\nOutput: 8", [("Input 1: 3\nInput 2: 5", "8")]),
    "a label in the output": ("Example 1\nInput: x\nOutput: It says\nOutput: ok", [("x", "It says\nOutput: ok")]),
    "labels in a line": (
        "Input: x\nOutput: Output: and Input: in Example 1",
        [("x", "Output: and Input: in Example 1")],
    ),
    "labels in code": (f"Example 1\nInput: {LOG}\nOutput: ok", [(LOG, "ok")]),
    "examples in the output": (f"Example 1\nInput: <noinput>\nOutput: {LEETCODE}", [("", LEETCODE)]),
    "the word Example": ("Example 1\nInput: a\nOutput: b\nExample 2: a cat", [("a", "b\nExample 2: a cat")]),
    "a list in the output": (
        "1. Input: a\nOutput: 1. x\n2. y\n2. Input: c\nOutput: d",
        [("a", "1. x\n2. y"), ("c", "d")],
    ),
    "no output": ("Example 1\nInput: a\nOutput: b\n\nExample 2\nInput: c", [("a", "b")]),
    "a number left out": ("Example 1\nInput: a\nOutput: b\nExample 3\nInput: c\nOutput: d", [("a", "b"), ("c", "d")]),
    "indented code": ("Input: a\nOutput:\n    x = 1\n    y = 2", [("a", "    x = 1\n    y = 2")]),
    "white space inside": ("Input: a\nOutput: b\n  c\n\n\nd", [("a", "b\n  c\n\n\nd")]),
    "a letter": (f"Input: a\nOutput: {LETTER}", [("a", LETTER)]),
    "Markdown": ("Input: a\nOutput: # H\n\n### I\n16. 20. ###", [("a", "# H\n\n### I\n16. 20. ###")]),
    "an underlined title": ("Input: a\nOutput: Title\n====", [("a", "Title\n====")]),
    "all in a fence": ("```\nExample 1\nInput: a\nOutput: b\n```", [("a", "b")]),
    "all in bold": ("**Input: foo**\n**Output: bar**", [("foo", "bar")]),
    "going on by itself": ("Input: a\nOutput: b\n\nTask: More.\n\nExample 1\nInput: c\nOutput: d", [("a", "b")]),
    "a task in the output": ("Input: a\nOutput: Plan\nTask: rest", [("a", "Plan\nTask: rest")]),
    "no fields": ("Roses are red.", []),
    "a refusal": ("I'm sorry, I can't do that.", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("reply, pairs", INSTANCES.values(), ids=INSTANCES)
def test_an_instance_keeps_its_text_and_nothing_else(reply: str, pairs: list[tuple[str, str]]) -> None:
    assert instances_input_first(reply, "stop") == pairs


@pytest.mark.parametrize(
    "tail", ["Example 2\nInput: c\nOutput: d", "Example 2\nInput: c", "Example 2", "Example 2\nInp"]
)
def test_a_truncated_reply_loses_only_its_last_instance(tail: str) -> None:
    assert instances_input_first(f"Example 1\nInput: a\nOutput: b\n\n{tail}", "length") == [("a", "b")]


NO_INPUT = (
    "<noinput>|<No Input>|None|none|N/A|n/a|NA|(no input)|no input|No input.|no input required|No input needed.|-|—"
    "|[no input]|*No input*|`<noinput>`|\\<noinput\\>|<no_input>|Not applicable|No additional input required.|**None**"
    "|<none>|NoInput|No input (self-contained)|(empty)|sin entrada"
).split("|")


@pytest.mark.parametrize("said", NO_INPUT)
def test_every_spelling_of_no_input_is_no_input(said: str) -> None:
    assert instances_input_first(f"Example 1\nInput: {said}\nOutput: x", "stop") == [("", "x")]
    assert alpaca_blocks(f"4. Instruction: do\n4. Input: {said}\n4. Output: x", "stop", 4) == [("do", "", "x")]


@pytest.mark.parametrize("said", ["none of them", "Na", "()", "[]", '""', "nonesuch", "noinput: a study", "null", "0"])
def test_an_input_that_only_resembles_no_input_stays(said: str) -> None:
    assert instances_input_first(f"Example 1\nInput: {said}\nOutput: x", "stop") == [(said, "x")]


CLASSES = {
    "as asked": "Class label: yes\nInput: x y\n\nClass label: no\nInput: z",
    "bold": "**Class label:** yes\n**Input:** x y\n\n**Class Label:** no\n**Input:** z",
    "bold lines": "**Class label: yes**\nInput: x y\n\n**Class label: no**\nInput: z",
    "headings": "### Class label: yes\nInput: x y\n\n---\n\n### Class label: no\nInput: z",
    "examples": "Example 1\nClass label: yes\nInput: x y\n\nExample 2\nClass label: no\nInput: z",
    "numbers": "1. Class label: yes\n   Input: x y\n\n2. Class label: no\n   Input: z",
    "numbers above": "1.\nClass label: yes\nInput: x y\n\n2.\nClass label: no\nInput: z",
    "numbered labels": "Class label 1: yes\nInput: x y\n\nClass label 2: no\nInput: z",
    "no word Input": "Class label: yes\nx y\n\nClass label: no\nz",
    "swapped": "Input: x y\nClass label: yes\n\nInput: z\nClass label: no",
    "input first": "Example 1\nInput: x y\nOutput: yes\n\nExample 2\nInput: z\nOutput: no",
    "another name": "Label: yes\nInput: x y\n\nLabel: no\nInput: z",
    "talk around": "Sure:\n\nClass label: yes\nInput: x y\n\nClass label: no\nInput:\nz\n\nHope these labels help!",
    "in a fence": "```\nClass label: yes\nInput: x y\n\nClass label: no\nInput: z\n```",
}


@pytest.mark.parametrize("reply", CLASSES.values(), ids=CLASSES)
def test_labels_and_inputs_are_read_in_every_way_of_writing_them(reply: str) -> None:
    assert instances_output_first(reply, "stop") == [("x y", "yes"), ("z", "no")]


def test_one_label_may_have_several_inputs_and_only_the_last_is_lost_when_cut() -> None:
    reply = "Class label: yes\nInput: a\nInput: b\n\nClass label: no\nInput 1: c\nInput 2: d"
    assert instances_output_first(reply, "stop") == [("a", "yes"), ("b", "yes"), ("c", "no"), ("d", "no")]
    assert instances_output_first(reply, "length") == [("a", "yes"), ("b", "yes"), ("c", "no")]


def test_a_label_inside_code_or_a_line_is_content_and_one_without_input_is_none() -> None:
    content = "a Class label: x\n```\nClass label: z\nInput: q\n```"
    assert instances_output_first(f"Class label: yes\nInput: {content}", "stop") == [(content, "yes")]
    assert instances_output_first("Class label: yes", "stop") == []
    assert instances_output_first("Class label: no\nInput: <noinput>", "stop") == [("", "no")]


YES_NO = {
    True: "Yes|yes.|**Yes**|Answer: Yes|- Yes|YES!|Is it one? Yes|{\"answer\": \"yes\"}|I think: Yes|True|是",
    False: "No| No, because|The answer is no.|Label: No\nTask: x|No\n\nTask: x|<think>yes</think>No|Nein|否。|NO",
    None: "|Maybe|Yes and no|Yes/No|Yes or No|No idea|Nothing|Yesterday|Not a|I have no|It is a classification task.",
}  # fmt: skip


@pytest.mark.parametrize("reply, said", [(reply, said) for said, all_ in YES_NO.items() for reply in all_.split("|")])
def test_only_a_clear_yes_or_no_is_one(reply: str, said: bool | None) -> None:
    assert yes_no(reply) is said
