"""Options and verdicts of the rules on answers that evade their task."""

from ittgen.filters.claims import ClaimedAction
from ittgen.filters.evasion import Refusal
from ittgen.records import Example


def test_a_refusal_names_the_phrase_found() -> None:
    said = Refusal()(Example("Write a limerick.", output="I'm sorry, but I can't assist with that."))
    assert said and said.rule == "refusal" and "can't assist" in str(said.value)


def test_a_system_prompt_may_ask_for_refusals() -> None:
    row = Example("Write a limerick.", output="I'm sorry, but I can't assist with that.")
    assert Refusal()(row)
    assert Refusal()(Example(row.instruction, output=row.output, system="Decline whatever is no sum.")) is None


def test_a_report_in_a_longer_answer_passes_by_its_limit() -> None:
    row = Example("Turn on the lights in the hall.", output="Done, the lights in the hall are on now.")
    assert ClaimedAction()(row)
    assert ClaimedAction(max_words=5)(row) is None
