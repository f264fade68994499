"""The shape of the package: who may import whom, what is public, and what is not imported before it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import ittgen

PACKAGE = Path(ittgen.__file__).parent

ROWS = {
    0: "about errors text chance records calls",
    1: "resources prompts formats seeds duplicates recipe journal accounts schema locks steps budget events interrupts "
    "plugins",
    2: "ask teachers generators filters dedup",
    3: "stages commit engine versions workshop publishing running planning progress status story doctor seedcheck "
    "spending extent saturation control elsewhere neighbours dedupfile linting",
    4: "__init__ api",
    5: "cli __main__",
}
ROW = {name: row for row, names in ROWS.items() for name in names.split()}
STRANGERS = set(ROWS[2].split()) - {"ask"}
"""Packages that never import each other: they meet in the engine."""


@cache
def modules() -> dict[str, Path]:
    """Dotted name below `ittgen` -> file: {"teachers.openai": …}."""
    files = PACKAGE.rglob("*.py")
    return {".".join(f.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): f for f in files}


def imports(path: Path) -> Iterator[str]:
    """Modules of ours that a file imports, whether at the top or inside a function: "records", "teachers.openai"."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ittgen":
            package = (node.module or "").removeprefix("ittgen").removeprefix(".")
            below = {alias.name: f"{package}.{alias.name}".removeprefix(".") for alias in node.names}
            yield from (full if full in modules() or not package else package for full in below.values())
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("ittgen.") for a in node.names if a.name.startswith("ittgen."))


def room(module: str) -> str:
    return module.split(".")[0]


def test_every_module_has_a_row() -> None:
    assert {room(module) for module in modules()} == ROW.keys()


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_from_its_row_or_lower(module: str) -> None:
    upward = [other for other in imports(modules()[module]) if ROW[room(other)] > ROW[room(module)]]
    assert room(module) == "__init__" or not upward


@pytest.mark.parametrize("module", sorted(modules()))
def test_generators_teachers_filters_and_dedup_are_strangers(module: str) -> None:
    met = {room(other) for other in imports(modules()[module])} & STRANGERS - {room(module)}
    assert room(module) not in STRANGERS or not met


def test_row_0_imports_nothing_above_itself_and_there_is_no_cycle() -> None:
    graph = {module: {o for o in imports(path) if o in modules()} for module, path in modules().items()}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in graph[module]:
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_no_file_is_longer_than_an_evening_allows() -> None:
    long = {module: n for module, path in modules().items() if (n := len(path.read_text().splitlines())) > 300}
    assert not long


def test_public_names_exist_and_are_all_there_is() -> None:
    homes = {name for names in ittgen._HOMES.values() for name in names}
    assert homes | {"__version__"} == set(ittgen.__all__)
    assert all(getattr(ittgen, name) is not None for name in ittgen.__all__)
    with pytest.raises(AttributeError, match="grwo"):
        ittgen.grwo  # noqa: B018


HEAVY = (
    *("openai", "aiohttp", "vllm", "datasets", "numba", "ray"),
    *("pydantic", "numpy", "rouge_score", "pandas", "pyarrow"),
)


@pytest.mark.parametrize("statement", ["import ittgen", "import ittgen.cli", "import ittgen.engine"])
def test_heavy_packages_are_not_imported_before_they_are_used(statement: str) -> None:
    allowed = {"pydantic", "numpy"} if "engine" in statement else {"pydantic"} if "cli" in statement else set()
    code = f"import sys; {statement}; print(*{{m.split('.')[0] for m in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not (set(HEAVY) - allowed) & set(loaded)
