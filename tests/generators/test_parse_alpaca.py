"""Alpaca's blocks against what models really write: each case is a reply, and what must come of it."""

import pytest

from ittgen.generators.parse import alpaca_blocks

CODE = "```python\n# 5. Output: x\nprint(1)\n```"
TASKS = [
    ("Name a river.", "", "The Po."),
    ("Add the numbers.", "2 and 3", "It is 5.\n\nYes."),
    ("Write code.", "", CODE),
]
STYLES = [
    ("{n}. Instruction: ", "{n}. Input: ", "{n}. Output: "),
    ("**{n}. Instruction:** ", "**{n}. Input:** ", "**{n}. Output:** "),
    ("{n}. **Instruction:** ", "{n}. **Input:** ", "{n}. **Output:** "),
    ("Instruction: ", "Input: ", "Output: "),
    ("{n}. Instruction: ", "Input: ", "Output: "),
    ("{n}. Instruction: ", "   Input: ", "   Output: "),
    ("Instruction {n}: ", "Input {n}: ", "Output {n}: "),
    ("{n}) Instruction: ", "{n}) Input: ", "{n}) Output: "),
    ("### {n}. Instruction:\n", "### {n}. Input:\n", "### {n}. Output:\n"),
    ("### Instruction:\n", "### Input:\n", "### Output:\n"),
    ("{n}. instruction:\n", "{n}. input:\n", "{n}. output:\n"),
    ("**Instruction:** ", "**Input:** ", "**Output:** "),
    ("{n}. Instruction: ", "- Input: ", "- Output: "),
    ("{n}. ", "{n}. Input: ", "{n}. Output: "),
    ("{n}. ", "Input: ", "Output: "),
]


def written(style: tuple[str, str, str], between: str, number: int) -> str:
    blocks = [
        style[0].format(n=n)
        + what
        + "\n"
        + style[1].format(n=n)
        + (said or "<noinput>")
        + "\n"
        + style[2].format(n=n)
        + out
        for n, (what, said, out) in enumerate(TASKS, number)
    ]
    return between.join(blocks)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("between", ["\n###\n", "\n\n", "\n", "\n\n###\n\n", "\n\n---\n\n"])
@pytest.mark.parametrize("number", [4, 1])
def test_blocks_are_read_in_every_way_of_labelling_them(style: tuple[str, str, str], between: str, number: int) -> None:
    whole = written(style, between, number)
    inside = " " + whole[len(style[0].format(n=number)) :]
    for reply in (whole, inside, "Sure! Here are more tasks:\n\n" + whole, whole.replace("\n", "\r\n")):
        for end in ("", "\n###", "\n\nLet me know if you want more tasks!", "\n###\n\nI hope these tasks help!"):
            assert alpaca_blocks(reply + end, "stop", 4) == TASKS
        assert alpaca_blocks(reply, "length", 4) == TASKS[:2]


ONE = "Instruction: a\n4. Input: b\n4. Output: c"
NEXT = "\n###\n5. Instruction: d\n5. Input: e\n5. Output: f"
BLOCKS = {
    "no input field": ("4. Instruction: a\n4. Output: c", [("a", "", "c")]),
    "swapped": ("4. Instruction: a\n4. Output: c\n4. Input: b", [("a", "b", "c")]),
    "a number left out": ("4. " + ONE + NEXT.replace("5.", "6."), [("a", "b", "c"), ("d", "e", "f")]),
    "a wrong number": ("4. " + ONE + NEXT.replace("5. Input", "4. Input"), [("a", "b", "c"), ("d", "e", "f")]),
    "numbers in the output": (
        "4. " + ONE + "\n14. Input: x\n20. $20. ###",
        [("a", "b", "c\n14. Input: x\n20. $20. ###")],
    ),
    "a list in the output": ("4. " + ONE + "\n5. x\n6. y" + NEXT, [("a", "b", "c\n5. x\n6. y"), ("d", "e", "f")]),
    "labels in the output": (
        "4. " + ONE + "\nOutput: x\nInput: y\nInstruction: z" + NEXT,
        [("a", "b", "c\nOutput: x\nInput: y\nInstruction: z"), ("d", "e", "f")],
    ),
    "labels in the instruction": (
        "4. Instruction: Fill in:\n1. Input: volts\n2. Output: amps\n4. Input: x\n4. Output: y",
        [("Fill in:\n1. Input: volts\n2. Output: amps", "x", "y")],
    ),
    "headings in the output": (
        "4. " + ONE + "\n## H\n### I\ntext" + NEXT,
        [("a", "b", "c\n## H\n### I\ntext"), ("d", "e", "f")],
    ),
    "no output": ("4. Instruction: a\n4. Input: b" + NEXT, [("d", "e", "f")]),
    "an empty block at the end": ("4. " + ONE + "\n###\n5. Instruction:", [("a", "b", "c")]),
    "all in a fence": ("```\n4. " + ONE + NEXT + "\n```", [("a", "b", "c"), ("d", "e", "f")]),
    "a refusal": ("I'm sorry, I can't.", []),
    "only a preamble": ("Sure! Here are the tasks:", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("reply, triples", BLOCKS.values(), ids=BLOCKS)
def test_a_block_keeps_its_fields_and_nothing_else(reply: str, triples: list[tuple[str, str, str]]) -> None:
    assert alpaca_blocks(reply, "stop", 4) == triples


@pytest.mark.parametrize("tail", ["5. Instruction: d\n5. Input: e\n5. Output: f", "5. Instruction: d", "5. Instr", ""])
def test_a_truncated_reply_loses_only_the_block_it_broke_off_in(tail: str) -> None:
    assert alpaca_blocks(f"4. {ONE}\n###\n{tail}", "length", 4) == [("a", "b", "c")]
