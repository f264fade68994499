"""Rules by their names, and what all of them say of one example. Knows examples and filters, not rows or files.

An example is mended first, by every rule that mends, until none of them changes anything; then every rule is asked
about the example mended. So a row that was mended and found good is found good, and left alone, ever after.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ittgen import plugins
from ittgen.errors import PluginError, nearest
from ittgen.filters.base import Filter, Step, measures, mended, mends, verdict
from ittgen.filters.defaults import DEFAULT, NAME
from ittgen.filters.later import LATER, later
from ittgen.records import Example, Rejection
from ittgen.text import JSON

ROUNDS = 8
"""Menders may make work for each other, once or twice; who is not done by then never will be."""

_TEXTS = ("system", "instruction", "input", "output", "reasoning", "turns")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of a row: the value it measured, the limit that it broke."""

    rule: str
    value: JSON = None
    limit: JSON = None
    note: str = ""
    mended: bool = False
    """The rule mended what it found."""

    def to_json(self) -> dict[str, JSON]:
        note = f"mended: {self.note}" if self.mended else self.note
        return {"rule": self.rule, "value": self.value, "limit": self.limit, "note": note}


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules with their names; `Rules.named(["refusal", "default"])` builds them."""

    every: Sequence[tuple[str, Filter]]
    menders: Sequence[tuple[str, Filter]]
    """Those of them that mend."""
    later: Sequence[tuple[str, Filter]]
    """Those of them that judge the later turns of a conversation as well."""

    @classmethod
    def named(cls, names: Iterable[str | Filter] | None = None) -> "Rules":
        """The rules with these names or "module:Class"; filters that are built already stand for themselves.

        None or "default" means the safe ones. Raises PluginError where there is no such rule.
        """
        wanted = list(DEFAULT if names is None else [names] if isinstance(names, str) else names)
        every = [one for name in wanted for one in (DEFAULT if name == NAME else (name,))]
        if not every:
            raise PluginError("no rule to ask; name some, or leave them out for the default ones")
        built = [(_name(one), _built(one)) for place, one in enumerate(every) if one not in every[:place]]
        return cls(built, [one for one in built if mends(one[1])], [one for one in built if one[0] in LATER])

    def judge(self, example: Example) -> tuple[list[Finding], Example]:
        """What every rule says, and the example mended; the same object where nothing was."""
        better, found = self._mended(example)
        found += [_finding(said) for said in _verdicts(self.every, better)]
        for place, turn in later(better):
            found += [_finding(said, f"turn {place}") for said in _verdicts(self.later, turn)]
        return found, better

    def _mended(self, example: Example) -> tuple[Example, list[Finding]]:
        found: dict[str, Finding] = {}
        better = example
        for _ in range(ROUNDS):
            before = better
            for name, rule in self.menders:
                after = mended(rule, better)
                if after is not better and after != better:
                    found.setdefault(name, _mending(name, rule, better, after))
                    better = after
            if better is before:
                return better, [*found.values()]
        raise PluginError(f"rules that mend a row never come to an end: {', '.join(found)}; ask them one by one")


def _verdicts(rules: Sequence[tuple[str, Filter]], example: Example) -> Iterator[Rejection]:
    for name, rule in rules:
        try:
            said = verdict(rule, example)
        except Exception as error:
            error.add_note(f'the rule "{name}" raised')
            raise
        if said:
            yield said


def _finding(said: Rejection, where: str = "") -> Finding:
    return Finding(said.rule, said.value, said.limit, ": ".join(filter(None, (where, said.note))))


def _mending(name: str, rule: Filter, before: Example, after: Example) -> Finding:
    changed = " and ".join(text for text in _TEXTS if getattr(before, text) != getattr(after, text)) or "the row"
    said = verdict(rule, before)
    if said is None:
        return Finding(name, note=changed, mended=True)
    return Finding(said.rule, said.value, said.limit, f"{changed}, {said.note}" if said.note else changed, mended=True)


def _name(rule: str | Filter) -> str:
    return rule if isinstance(rule, str) else type(rule).__name__


def _built(rule: str | Filter) -> Filter:
    if not isinstance(rule, str):
        return rule
    if ":" not in rule and rule not in (known := plugins.available("filter")):
        raise PluginError(f'there is no rule "{rule}"{nearest(rule, [*known, NAME])}')
    found: Step = plugins.build("filter", rule, {}, "rules")
    if measures(found):
        raise PluginError(f'"{rule}" is no rule: it measures and judges nothing; it belongs in a recipe')
    return cast(Filter, found)
