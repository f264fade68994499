"""Components are found by name, by entry point or by "module:Class", and what is wrong with their options is said."""

import dataclasses
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ittgen import plugins
from ittgen.errors import PluginError, UsageError
from ittgen.filters.heuristics import Length
from ittgen.plugins import BUILT_IN, available, build, find, options_of
from ittgen.text import JSON

WHERE = 'recipe a.toml, stage "s"'

STRANGER = """
from dataclasses import dataclass, field
from typing import Literal
from ittgen.errors import SeedError

@dataclass(frozen=True)
class Short:
    most: int
    words: tuple[str, ...] = ()
    share: float = 0.5
    tags: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        if self.most < 1:
            raise ValueError(f"most must be above 0, not {self.most}")
        if self.most > 99:
            raise SeedError("too many seeds")

@dataclass(frozen=True, slots=True)
class Place:
    url: str
    weight: float = 1.0

    def __post_init__(self):
        if self.weight <= 0:
            raise ValueError("weight must be above 0")

@dataclass(frozen=True)
class Travels:
    places: tuple[Place, ...] = ()
    home: Place | None = None
    by_name: dict[str, Place] = field(default_factory=dict)
    steps: int = 1
    share: float = 0.5
    loud: bool = False
    either: int | str = 0
    pair: tuple[float, float] = (0.0, 1.0)
    way: Literal["up", "down"] = "up"

class Plain:
    pass

def function():
    pass
"""


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed package with a component of its own, "short", and one that cannot be imported, "broken"."""
    (tmp_path / "strangers_own.py").write_text(STRANGER)
    (tmp_path / "strangers_broken.py").write_text("import nothing_of_the_kind")
    info = tmp_path / "strangers-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strangers\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[ittgen.filters]\nshort = strangers_own:Short\nlength = strangers_own:Short\nbroken = strangers_broken:Any\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in ("strangers_own", "strangers_broken"):
        sys.modules.pop(name, None)


def refused(kind: str, use: str, options: dict[str, object]) -> str:
    with pytest.raises(PluginError) as error:
        build(kind, use, options, WHERE)  # type: ignore[arg-type]  # options no recipe could hold either
    assert str(error.value).startswith(f"{WHERE}: ")
    return str(error.value)


def test_a_built_in_is_built_with_its_options() -> None:
    assert build("filter", "length", {"min_words": 2}, WHERE) == Length(min_words=2)
    assert build("filter", "length", {}, WHERE) == Length()


def test_a_name_that_is_close_is_suggested() -> None:
    assert 'there is no filter "lenght" (did you mean "length"?)' in refused("filter", "lenght", {})
    assert 'there is no teacher "xyz" (known: ' in refused("teacher", "xyz", {})
    assert 'there is no generator "length"' in refused("generator", "length", {})


def test_an_option_that_is_close_is_suggested() -> None:
    said = refused("filter", "length", {"min_word": 2})
    assert 'filter "length" has no option "min_word" (did you mean "min_words"?)' in said


def test_a_value_of_the_wrong_type_names_its_option() -> None:
    said = refused("filter", "length", {"max_words": 9, "min_words": "four"})
    assert (
        'filter "length"' in said
        and '"min_words" must be a whole number, not "four"' in said
        and "max_words" not in said
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps": 1.5}, '"steps" must be a whole number, not 1.5'),
        ({"steps": "1"}, '"steps" must be a whole number, not "1"'),
        ({"steps": True}, '"steps" must be a whole number, not true'),
        ({"share": "0.5"}, '"share" must be a number, not "0.5"'),
        ({"loud": 1}, '"loud" must be true or false, not 1'),
        ({"either": 1.5}, '"either" must be a whole number or text in quotes, not 1.5'),
        ({"pair": [1, 2, 3]}, '"pair" must have at most 2 in it, not [1, 2, 3]'),
        ({"way": "left"}, '"way" must be "up" or "down", not "left"'),
        ({"places": {"url": "a"}}, '"places" must be a list in brackets, not {"url": "a"}'),
        ({"places": ["a"]}, '"places.0" must be a table, not "a"'),
        ({"places": [{"url": "a"}, {"url": 2}]}, '"places.1.url" must be text in quotes, not 2'),
        ({"places": [{"url": "a"}, {"ulr": "b"}]}, '"places.1" has no key "ulr" (did you mean "url"?)'),
        ({"places": [{"weight": 2}]}, '"places.0" needs the key "url"'),
        ({"places": [{"url": "a", "weight": 0}]}, '"places.0": weight must be above 0'),
        ({"home": {"url": "a", "wieght": 2}}, '"home" has no key "wieght" (did you mean "weight"?)'),
        ({"by_name": {"x": {"url": "a", "weight": "2"}}}, '"by_name.x.weight" must be a number, not "2"'),
    ],
)
def test_a_value_is_read_strictly_and_what_it_must_be_is_said(
    stranger: Path, options: dict[str, object], said: str
) -> None:
    assert refused("filter", "strangers_own:Travels", options).endswith(f'"strangers_own:Travels": {said}')


def test_tables_among_the_options_become_what_their_types_say(stranger: Path) -> None:
    options = {"places": [{"url": "a"}, {"url": "b", "weight": 2}], "home": {"url": "c"}, "share": 1, "pair": [1, 2]}
    built = build("filter", "strangers_own:Travels", options, WHERE)  # type: ignore[arg-type]
    assert [(place.url, place.weight) for place in built.places] == [("a", 1.0), ("b", 2.0)]
    assert isinstance(built.places, tuple) and built.home.url == "c"
    assert (built.share, built.pair) == (1.0, (1.0, 2.0)) and isinstance(built.share, float)


def test_what_the_constructor_refuses_is_said_in_its_words() -> None:
    assert "min_words and max_words let nothing pass: 9 to 3" in refused(
        "filter", "length", {"min_words": 9, "max_words": 3}
    )


def test_a_stranger_comes_in_by_entry_point(stranger: Path) -> None:
    short = build("filter", "short", {"most": 3, "words": ["a", "b"], "share": 1}, WHERE)
    assert dataclasses.asdict(short) == {"most": 3, "words": ("a", "b"), "share": 1.0, "tags": {}}
    assert isinstance(short.words, tuple)
    assert available("filter")["short"] == "strangers_own:Short"
    assert 'did you mean "short"' in refused("filter", "shrt", {})


def test_a_stranger_cannot_take_a_built_ins_name(stranger: Path) -> None:
    assert find("filter", "length", WHERE) is Length


def test_a_stranger_comes_in_by_module_and_class(stranger: Path) -> None:
    assert build("filter", "strangers_own:Short", {"most": 3}, WHERE).most == 3
    assert 'needs the option "most"' in refused("filter", "strangers_own:Short", {})


def test_a_strangers_own_error_keeps_its_kind_and_gets_the_place(stranger: Path) -> None:
    with pytest.raises(UsageError, match=r'^recipe a\.toml, stage "s": too many seeds'):
        build("filter", "short", {"most": 100}, WHERE)
    assert "most must be above 0, not 0" in refused("filter", "short", {"most": 0})


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("nothing_of_the_kind:Class", "No module named 'nothing_of_the_kind'"),
        ("broken", "No module named 'nothing_of_the_kind'"),
        ("strangers_own:Missing", "no attribute 'Missing'"),
        ("strangers_own:", 'cannot load the filter "strangers_own:"'),
        (":Short", 'there is no filter ":Short"'),
        (".strangers_own:Short", 'there is no filter ".strangers_own:Short"'),
        ("strangers_own:Plain", "strangers_own:Plain is not a dataclass"),
        ("strangers_own:function", "is not a dataclass"),
    ],
)
def test_what_cannot_be_loaded_says_why(stranger: Path, use: str, said: str) -> None:
    assert said in refused("filter", use, {})


def test_options_have_their_defaults() -> None:
    @dataclass(frozen=True)
    class Three:
        must: int
        may: str = "x"
        many: list[int] = dataclasses.field(default_factory=list)
        made: int = dataclasses.field(default=1, init=False)

    assert options_of(Three) == {"must": dataclasses.MISSING, "may": "x", "many": []}


NEEDED: dict[str, dict[str, float]] = {"score": {"at_least": 0.5}}
"""One of several options, each of which may be left out."""


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in BUILT_IN.items() for name in names])
def test_every_built_in_is_a_frozen_dataclass_whose_options_all_have_types_a_recipe_can_give(
    kind: str, name: str
) -> None:
    found = find(kind, name, WHERE)
    assert found.__dataclass_params__.frozen  # type: ignore[attr-defined]  # what @dataclass leaves behind
    options = {option: value for option, value in options_of(found).items() if value is not dataclasses.MISSING}
    must = {option: "m" for option in options_of(found).keys() - options.keys()}
    missing: dict[str, JSON] = {**must, **NEEDED.get(name, {})}
    options = {option: value for option, value in options.items() if option not in missing}
    assert build(kind, name, {**options, **missing}, WHERE) == build(kind, name, missing, WHERE)


def test_nothing_is_imported_before_it_is_named() -> None:
    assert available("filter") and plugins.BUILT_IN is BUILT_IN
    assert all(isinstance(target, str) for names in BUILT_IN.values() for target in names.values())
