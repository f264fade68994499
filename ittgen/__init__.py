"""ittgen grows instruction-tuning datasets: Self-Instruct, Evol-Instruct and distillation.

recipe = ittgen.Recipe.load("examples/self_instruct.toml").set("stage.propose.target", 500)
data = ittgen.grow(recipe)
"""

from typing import TYPE_CHECKING, Any

from ittgen.about import VERSION as __version__

if TYPE_CHECKING:
    from ittgen.api import grow, open_version, plan, try_
    from ittgen.errors import IttgenError, Stopped
    from ittgen.linting.rows import lint
    from ittgen.recipe import Recipe
    from ittgen.records import Example, Message, Provenance, Rejection
    from ittgen.versions.dataset import Dataset


__all__ = [
    "Dataset",
    "Example",
    "IttgenError",
    "Message",
    "Provenance",
    "Recipe",
    "Rejection",
    "Stopped",
    "__version__",
    "grow",
    "lint",
    "open_version",
    "plan",
    "try_",
]

_HOMES = {
    "api": ("grow", "open_version", "plan", "try_"),
    "errors": ("IttgenError", "Stopped"),
    "linting.rows": ("lint",),
    "recipe": ("Recipe",),
    "records": ("Example", "Message", "Provenance", "Rejection"),
    "versions.dataset": ("Dataset",),
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `import ittgen` and `ittgen --help` stay instant."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"ittgen.{module}"), name)
    raise AttributeError(f"module 'ittgen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
