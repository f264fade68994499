"""`{ use = "default" }`: every safe rule, in order, in a recipe's filters."""

from typing import Any

import pytest

from ittgen import plugins
from ittgen.errors import PluginError
from ittgen.filters.defaults import DEFAULT, expanded
from ittgen.prompts import PromptBook
from ittgen.recipe import Component, Recipe
from ittgen.resources import prompts
from ittgen.stages import Stage, assemble, teachers_of


def named(*rules: dict[str, Any]) -> list[Component]:
    return expanded([Component(**rule) for rule in rules], "recipe r.toml")


def stage(*rules: dict[str, Any]) -> Stage:
    table = {"name": "answer", "generator": {"use": "distill"}, "filter": list(rules)}
    recipe = Recipe.of({"name": "d", "seeds": "general", "teacher": {"use": "procedural"}, "stage": [table]})
    (found,) = assemble(recipe, [], PromptBook(prompts()), teachers_of(recipe), {})
    return found


def test_default_stands_for_every_safe_rule_in_its_place() -> None:
    rules = named({"use": "length"}, {"use": "default"}, {"use": "keywords"})
    assert [rule.use for rule in rules] == ["length", *DEFAULT, "keywords"]


def test_the_papers_blunt_rules_are_not_among_them() -> None:
    blunt = {"keywords", "length", "starts-with", "first-character", "ends-with-colon", "personal-data", "score"}
    assert not blunt & set(DEFAULT) and set(DEFAULT) <= plugins.available("filter").keys()


def test_some_can_be_left_out() -> None:
    rules = named({"use": "default", "without": ["refusal", "empty"]})
    assert [rule.use for rule in rules] == [name for name in DEFAULT if name not in ("refusal", "empty")]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"whithout": []}, 'filter "default" has no option "whithout" \\(did you mean "without"\\?\\)'),
        ({"without": "refusal"}, '"without" must be a list of names'),
        ({"without": ["refusl"]}, 'holds no "refusl" \\(did you mean "refusal"\\?\\)'),
    ],
)
def test_what_is_wrong_with_it_is_told(options: dict[str, Any], message: str) -> None:
    with pytest.raises(PluginError, match=f"recipe r.toml: .*{message}"):
        named({"use": "default", **options})


def test_a_stages_identity_lists_the_rules_that_it_stands_for() -> None:
    default, spelt = stage({"use": "default"}), stage(*({"use": name} for name in DEFAULT))
    assert default.identity == spelt.identity != stage({"use": "default", "without": ["refusal"]}).identity
    assert [rule["use"] for rule in default.what["filter"]] == list(DEFAULT)  # type: ignore[index, union-attr, call-overload]
