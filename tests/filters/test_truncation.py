"""How an answer shows that it breaks off."""

from ittgen.filters.truncation import Truncated
from ittgen.records import Example


def test_truncated_believes_the_teachers_limit_before_the_text() -> None:
    said = Truncated()(Example("Say it.", output="All is well.", meta={"truncated": True}))
    assert said and said.value == "stopped at the limit"


def test_a_missing_full_stop_counts_in_long_answers_only() -> None:
    row = Example("Explain rain.", output="Warm air rises and cools. Then the water falls dow")
    assert Truncated()(row) is None
    assert Truncated(min_words=5)(row)
