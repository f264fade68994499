"""Where the tiny teacher is kept: a folder named by the digest of all that it is made of, trained when it is not there.

    ready()        # Path(".cache/tiny-teacher-1f0c…"), for `use = "vllm", model = …`

Training needs torch, transformers and tokenizers.
"""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from ittgen import resources
from ittgen.text import digest, sha256
from tests.tiny_teacher.lessons import BOOK, LESSONS, SEEDS

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"
SOURCES = ("grammar.py", "lessons.py", "tokenizer.py", "training.py", "tasks.toml", "words.toml")
LIBRARIES = ("torch", "transformers", "tokenizers")


def _train(folder: Path) -> None:
    from tests.tiny_teacher.training import train

    train(folder)


def ready(cache: Path = CACHE, train: Callable[[Path], None] = _train) -> Path:
    """The model's folder; the first time that takes about three minutes. A training that is interrupted leaves nothing.

    Raises PackageNotFoundError where a library is missing.
    """
    folder = cache / f"tiny-teacher-{fingerprint()[:12]}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".unfinished-", dir=cache) as scratch:
            train(Path(scratch) / "model")
            _move(Path(scratch) / "model", folder)
    return folder


def fingerprint(here: Path = HERE) -> str:
    """The digest of everything that decides the weights, but for the processor."""
    sources = {name: sha256((here / name).read_bytes()) for name in SOURCES}
    prompts = {name: BOOK[name].sha256 for name in LESSONS}
    seeds = sha256((resources.seeds() / SEEDS).read_bytes())
    return digest([sources, prompts, seeds, {name: version(name) for name in LIBRARIES}])


def _move(finished: Path, folder: Path) -> None:
    """The finished model to its place; where another process was faster, its model stays."""
    try:
        finished.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
