"""What a filter is, and how a row of them is applied: the first reason wins."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol, TypeGuard, cast, runtime_checkable

from ittgen.errors import PluginError
from ittgen.records import Example, Rejection


class Filter(Protocol):
    """A frozen dataclass whose fields are its options; calling it gives the reason to reject, or None.

    Pure: the same example always gets the same verdict, so a changed limit is applied again without a call.
    """

    def __call__(self, example: Example) -> Rejection | None: ...


@runtime_checkable
class Mender(Filter, Protocol):
    """A filter that can mend what it finds, where what was meant is certain: an input "N/A" becomes no input."""

    def mend(self, example: Example) -> Example:
        """The example mended; the same object where there is nothing that it can mend."""
        ...


@runtime_checkable
class Measuring(Protocol):
    """A step among filters that judges nothing: it gives numbers, which stay with the row for a later filter."""

    def measure(self, example: Example) -> Mapping[str, float]: ...


Step = Filter | Measuring


def screen(draft: Example | Rejection, steps: Sequence[Step]) -> Example | Rejection:
    """The draft when every filter lets it pass, mended and measured on its way; else the first filter's rejection."""
    for step in steps:
        if isinstance(draft, Rejection):
            return draft
        draft = _after(step, draft)
    return draft


def _after(step: Step, draft: Example) -> Example | Rejection:
    if measures(step):
        return measured(draft, [step])
    rule = cast(Filter, step)
    draft = mended(rule, draft)
    return verdict(rule, draft) or draft


def measured(example: Example, steps: Sequence[Measuring]) -> Example:
    """The example with what the steps measure among its scores; a score that is there already is kept."""
    found = {name: value for step in steps for name, value in step.measure(example).items()}
    return replace(example, scores={**found, **example.scores})


def measures(step: Step) -> TypeGuard[Measuring]:
    """Whether a step measures, and judges nothing."""
    return _measures(type(step))


@cache
def _measures(kind: type) -> bool:
    return issubclass(kind, Measuring)


def mends(rule: Filter) -> TypeGuard[Mender]:
    """Whether a filter is one that mends."""
    return _mends(type(rule))


@cache
def _mends(kind: type) -> bool:
    return issubclass(kind, Mender)  # a protocol's look at a class takes longer than most rules need for a row


def mended(rule: Filter, draft: Example) -> Example:
    """The draft as this filter mends it; the same object where it does not. Raises PluginError for what is no row."""
    found: object = rule.mend(draft) if mends(rule) else draft
    if not isinstance(found, Example):
        raise PluginError(f"the filter {type(rule).__name__} mended a row into {found!r}; it must be an Example")
    return found


def verdict(rule: Filter, draft: Example) -> Rejection | None:
    """What this filter says of the draft. Raises PluginError for what is no verdict."""
    said = rule(draft)
    if said is not None and not isinstance(said, Rejection):
        raise PluginError(f"the filter {type(rule).__name__} returned {said!r}; it must be a Rejection or None")
    return said
