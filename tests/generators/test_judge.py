"""A judge scores an answer from its reply, or does not score it at all."""

from typing import Any

import pytest

from ittgen.calls import Response
from ittgen.generators.judge import Judge, set_apart
from ittgen.records import Example

ROW = Example("Add.", "2\n3", "5", reasoning="Count on.", scores={"other": 1.0})


class Canned:
    """A judge's voice with one response, which remembers what it was asked."""

    def __init__(self, text: str, finish_reason: str = "stop", error: str = "") -> None:
        self.response = Response(text, finish_reason, error=error)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def __call__(self, prompt: str, /, **given: Any) -> Response:
        self.asked.append((prompt, given))
        return self.response


async def test_the_judge_sees_task_and_answer_and_nothing_else() -> None:
    ask = Canned("Right.\nScore: 9")
    assert await Judge("strong")(ROW, ask) == {"quality": 9.0}
    assert ask.asked == [
        (
            "judge/quality",
            {
                "teacher": "strong",
                "sampling": {"temperature": 0},
                "instruction": "Add.",
                "input": "\n\n2\n3",
                "output": "5",
            },
        )
    ]


async def test_options_name_the_score_and_replace_the_sampling() -> None:
    ask = Canned("Score: 2")
    assert await Judge(name="help", sampling={"max_tokens": 9})(ROW, ask) == {"help": 2.0}
    assert ask.asked[0][1]["sampling"] == {"max_tokens": 9} and ask.asked[0][1]["teacher"] == ""
    with pytest.raises(ValueError, match="max_tokens must be a number"):
        Judge(sampling={"max_tokens": "9"})


@pytest.mark.parametrize(
    "text, finish_reason, error, said",
    [
        ("It is good.", "stop", "", "It is good."),
        ("Score: 12", "stop", "", "Score: 12"),
        ("Score: 7 or 8", "stop", "", "Score: 7 or 8"),
        ("", "stop", "", ""),
        ("Two of 8", "length", "", "broken off: Two of 8"),
        ("Score: 9", "refusal", "", "refusal: Score: 9"),
        ("", "content_filter", "", "content_filter: "),
        ("", "error", "too long", "error: too long"),
    ],
)
async def test_a_reply_without_a_certain_score_scores_nothing_and_says_why(
    text: str, finish_reason: str, error: str, said: str
) -> None:
    ask = Canned(text, finish_reason, error)
    assert await Judge()(ROW, ask) == {}
    found = await Judge().verdict(ROW, ask)
    assert (found.score, found.said) == (None, said)


def test_an_empty_input_leaves_no_blank_lines() -> None:
    assert (set_apart(""), set_apart(" \n"), set_apart("x")) == ("", "", "\n\nx")
