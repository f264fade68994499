"""What a filter is, and how a row of them is applied: the first reason wins."""

from collections.abc import Sequence
from typing import Protocol

from ittgen.errors import PluginError
from ittgen.records import Example, Rejection


class Filter(Protocol):
    """A frozen dataclass whose fields are its options; calling it gives the reason to reject, or None.

    Pure: the same example always gets the same verdict, so a changed limit is applied again without a call.
    """

    def __call__(self, example: Example) -> Rejection | None: ...


def screen(draft: Example | Rejection, filters: Sequence[Filter]) -> Example | Rejection:
    """The draft itself when every filter lets it pass, else the first filter's rejection."""
    if isinstance(draft, Rejection):
        return draft
    return next((verdict for rule in filters if (verdict := _verdict(rule, draft))), draft)


def _verdict(rule: Filter, draft: Example) -> Rejection | None:
    verdict = rule(draft)
    if verdict is not None and not isinstance(verdict, Rejection):
        raise PluginError(f"the filter {type(rule).__name__} returned {verdict!r}; it must be a Rejection or None")
    return verdict
