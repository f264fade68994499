"""What is supposed to be a format is read by its own reader; what nobody can decide is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen.filters.fences import glued
from ittgen.filters.formats import BrokenFormat
from ittgen.filters.parsed import broken_csv, broken_html, broken_json, broken_xml
from ittgen.filters.pythonic import broken_python, is_python, wide_signs
from ittgen.records import Example


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (broken_json, "[" * 100_000),
        (broken_json, '{"a": 1, ...}'),
        (broken_json, '"a": {"b": 1}'),
        (broken_python, "(" * 5_000 + ")" * 5_000),
        (broken_python, "x = '\\d'"),
        (broken_python, "def f(x):"),
        (broken_python, "class A:\n    def f(self):\n\n    def g(self):\n        # later"),
        (broken_python, "pip install this"),
        (broken_xml, "<a>" + "&nbsp;" + "</a>"),
        (broken_html, "<ul><li>One<li>Two</ul>"),
        (broken_html, "<html><script>if (a < b) { x = '</div>' }</script></html>"),
        (broken_csv, ""),
        (broken_csv, "a,b\n1,2"),
    ],
)
def test_what_nobody_can_decide_parses(check: object, text: str) -> None:
    assert callable(check) and check(text) == ""


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (broken_json, '{"a": "https://b.org", "c": }'),
        (broken_python, "def f(x):\nreturn x"),
        (broken_python, "x = “a”"),
        (broken_xml, "<a>Salt & Pepper</a>"),
        (broken_xml, "<a><b>c</a>"),
        (broken_html, "<html><body></div></body></html>"),
        (broken_html, "<html><头></头></html>"),
        (broken_csv, "a,b\n1,2\n3"),
    ],
)
def test_what_does_not_parse_is_said_in_words(check: object, text: str) -> None:
    assert callable(check) and check(text) != ""


def test_only_the_formats_named_are_read() -> None:
    row = Example("Return a JSON object.", output='{"a": 1,}')
    assert BrokenFormat()(row) is not None
    assert BrokenFormat(formats=("xml",))(row) is None
    with pytest.raises(ValueError, match='no "yaml"; there are json, xml, html, csv, python, fence'):
        BrokenFormat(formats=("yaml",))


def test_python_shows_by_itself_and_other_languages_are_not_taken_for_it() -> None:
    assert is_python("def f(x):\n    return x") and is_python("import os\nfor x in os.environ:\n    print(x)")
    assert not is_python("def f(x)\n  x\nend") and not is_python("import React from 'react';")
    assert wide_signs("如果（x > 1）：\n    打印(x)") and not wide_signs("优点（Advantages）：\n- 快")


def test_code_on_the_line_of_its_fence_is_no_fence() -> None:
    assert glued("```python def f(): return 1 ```") and glued("```php\nphp\necho 1;\n```")
    assert not glued('```python title="a.py"\nx = 1\n```')


@given(st.text(), st.text())
def test_no_text_is_too_odd(instruction: str, output: str) -> None:
    example = Example(instruction, output=output)
    assert BrokenFormat()(example) == BrokenFormat()(example)


@pytest.mark.parametrize(
    "piece", ["{", "```json\n", "<a>", "<a ", '"', "（", "def f(", "def f():\n", "a,", "a:\n", " "]
)
def test_long_texts_are_read_once(piece: str) -> None:
    BrokenFormat()(Example("Return JSON in Python, XML, HTML and CSV.", output=piece * (300_000 // len(piece))))
