"""The filters that are safe on any dataset, and how a recipe asks for them. Knows their names, not their classes.

A rule is one of them when it drops at most 1 good row in 100, whatever the language: `docs/quality.md` has the figures.
The papers' rules on keywords, lengths, first characters and beginnings are not.
"""

from collections.abc import Sequence

from ittgen.errors import PluginError, nearest
from ittgen.recipe import Component

NAME = "default"
"""What a recipe calls them: `filter = [{ use = "default", without = ["refusal"] }]`."""

DEFAULT = (
    *("control-characters", "mojibake", "stray-escapes", "no-input"),
    *("empty", "output-equals-input", "prompt-echo", "repetition"),
    *("chat-markers", "self-prompting", "merged-instructions", "preamble"),
    *("refusal", "claimed-action", "missing-artefact", "unseen-media", "language-mismatch"),
    *("truncated", "broken-format", "wrong-arithmetic", "wrong-count"),
)
"""Those that mend come first, so that the others see the row mended; of the others the plainest reason comes first."""


def expanded(named: Sequence[Component], where: str) -> list[Component]:
    """The components with each `{ use = "default" }` replaced by what it stands for. Raises PluginError."""
    return [rule for component in named for rule in (_all(component, where) if component.use == NAME else [component])]


def _all(component: Component, where: str) -> list[Component]:
    options = component.options
    without = options.pop("without", [])
    if options:
        raise PluginError(
            f'{where}: filter "{NAME}" has no option "{min(options)}"{nearest(min(options), ["without"])}'
        )
    if not isinstance(without, list) or not all(isinstance(name, str) for name in without):
        raise PluginError(f'{where}: filter "{NAME}": "without" must be a list of names, not {without!r}')
    if unknown := [name for name in without if name not in DEFAULT]:
        raise PluginError(f'{where}: filter "{NAME}" holds no "{unknown[0]}"{nearest(unknown[0], list(DEFAULT))}')
    return [Component(use=name) for name in DEFAULT if name not in without]
