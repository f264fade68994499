"""What the rule on languages says, and from how many letters on."""

from ittgen.filters.scripts import LanguageMismatch
from ittgen.records import Example


def test_value_and_limit_are_the_two_scripts() -> None:
    said = LanguageMismatch()(
        Example("Explain why leaves fall.", output="秋天气温下降，树木为了减少水分的消耗而落叶。")
    )
    assert said and (said.value, said.limit) == ("Han", "Latin")


def test_a_short_answer_is_not_judged() -> None:
    row = Example("Give a tip for better sleep.", output="Ложитесь спать в одно время каждый день.")
    assert LanguageMismatch()(row)
    assert LanguageMismatch(min_letters=60)(row) is None
