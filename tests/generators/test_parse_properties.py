"""What holds for every reply: parsers raise on none, invent nothing, and give back what was put in."""

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.generators.parse import (
    alpaca_blocks,
    instances_input_first,
    instances_output_first,
    instruction_list,
    yes_no,
)
from ittgen.generators.parse_alpaca import alpaca_pieces
from ittgen.generators.parse_classes import output_first_pieces
from ittgen.generators.parse_instances import input_first_pieces
from ittgen.generators.parse_list import list_pieces

quick = settings(deadline=None, derandomize=True, max_examples=100)

BITS = (
    "9. |10. |1. |2) |Task 9:|#10 |(9) |**|\n|\n\n|\r\n|Input: |Output:|Example 1\n|Example 2:|Class label: |```"
    "|```python\n|~~~|###\n|4. Instruction: |5. Output: |- |<noinput>|<think>|</think>\n|$20."
    "|Sure! Here are 7 tasks:\n|---\n|a b c|é写| |\t|Let me know if you want more tasks!|Task: |yes|No|{|\u2028|\x00"
).split("|")
scraps = st.lists(st.sampled_from(BITS), max_size=25).map("".join)
replies = st.one_of(scraps, st.text(max_size=80))
plain_replies = scraps.map(lambda text: text.replace("**", ""))
reasons = st.sampled_from(["stop", "length", "content_filter", "tool_calls", ""])
firsts = st.integers(min_value=1, max_value=12)

words = st.sampled_from(
    "Write NASA's C++ 16. 20. ### Output: Input: Example Class label: $20. 3.14 é写 **bold** `x` Instruction: none "
    "<noinput> 10. (9) #9 Task 9:".split()
)
lines = st.lists(words, min_size=1, max_size=8).map(lambda found: "Say " + " ".join(found))
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
fenced = st.lists(scraps.filter(lambda text: "`" not in text and "~" not in text), max_size=3).map(
    lambda found: "Run this:\n```\n" + "\n".join(found).replace("\r", "") + "\n```\nnow"
)
contents = st.one_of(texts, fenced)


@given(replies, reasons, firsts)
@quick
def test_no_reply_raises(reply: str, reason: str, first: int) -> None:
    instruction_list(reply, reason, first)
    instances_input_first(reply, reason)
    instances_output_first(reply, reason)
    alpaca_blocks(reply, reason, first)
    assert yes_no(reply) in (True, False, None)


@given(plain_replies, st.sampled_from(["stop", "length"]), firsts)
@quick
def test_no_parser_invents_or_changes_text(reply: str, reason: str, first: int) -> None:
    said = reply.replace("\r\n", "\n")
    tasks, blocks = list_pieces(reply, reason, first), alpaca_pieces(reply, reason, first)
    found = [*tasks.items, *tasks.odd, tasks.cut, *chain(*blocks.items), *blocks.odd, blocks.cut]
    for pieces in (input_first_pieces(reply, reason), output_first_pieces(reply, reason)):
        found += [*chain(*pieces.items), *pieces.odd, pieces.cut]
    assert all(text in said for text in found)


@given(plain_replies, firsts)
@quick
def test_no_item_is_empty(reply: str, first: int) -> None:
    assert all(text.strip() for text in instruction_list(reply, "stop", first))
    assert all(output.strip() for _, output in instances_input_first(reply, "stop"))
    assert all(output.strip() for _, output in instances_output_first(reply, "stop"))
    assert all(what.strip() and output.strip() for what, _, output in alpaca_blocks(reply, "stop", first))


@given(
    st.lists(contents, min_size=1, max_size=7),
    st.sampled_from(["{}. ", "{}) ", "**{}.** ", "Task {}: ", "### {}. "]),
    firsts,
)
@quick
def test_a_list_comes_back_as_it_was_put_in(items: list[str], mark: str, first: int) -> None:
    reply = "\n".join(mark.format(first + i) + item for i, item in enumerate(items))
    assert instruction_list(reply, "stop", first) == items
    assert instruction_list(reply, "length", first) == items[:-1]


@given(st.lists(contents, min_size=2, max_size=7), st.integers(min_value=4, max_value=12))
@quick
def test_a_list_begun_in_the_prompt_comes_back_as_it_was_put_in(items: list[str], first: int) -> None:
    reply = f" {items[0]}\n" + "\n".join(f"{first + i}. {item}" for i, item in enumerate(items[1:], 1))
    assert instruction_list(reply, "stop", first) == items
    assert instruction_list(reply, "length", first) == items[:-1]


@given(st.lists(st.tuples(st.one_of(st.just(""), contents), contents), min_size=1, max_size=5))
@quick
def test_instances_come_back_as_they_were_put_in(pairs: list[tuple[str, str]]) -> None:
    blocks = [
        f"Example {i}\nInput: {said or '<noinput>'}\nOutput: {output}" for i, (said, output) in enumerate(pairs, 1)
    ]
    reply = "\n\n".join(blocks)
    assert instances_input_first(reply, "stop") == pairs
    assert instances_input_first(reply, "length") == pairs[:-1]


@given(st.lists(st.tuples(contents, st.sampled_from(["yes", "no", "B", "3"])), min_size=1, max_size=5))
@quick
def test_labelled_inputs_come_back_as_they_were_put_in(pairs: list[tuple[str, str]]) -> None:
    reply = "\n\n".join(f"Class label: {label}\nInput: {said}" for said, label in pairs)
    assert instances_output_first(reply, "stop") == pairs
    assert instances_output_first(reply, "length") == pairs[:-1]


@given(st.lists(st.tuples(texts, st.one_of(st.just(""), contents), contents), min_size=1, max_size=5), firsts)
@quick
def test_blocks_come_back_as_they_were_put_in(triples: list[tuple[str, str, str]], first: int) -> None:
    blocks = [
        f"{n}. Instruction: {what}\n{n}. Input: {said or '<noinput>'}\n{n}. Output: {output}"
        for n, (what, said, output) in enumerate(triples, first)
    ]
    reply = "\n###\n".join(blocks)
    assert alpaca_blocks(reply, "stop", first) == triples
    assert alpaca_blocks(reply.removeprefix(f"{first}. Instruction:"), "stop", first) == triples
    assert alpaca_blocks(reply, "length", first) == triples[:-1]
