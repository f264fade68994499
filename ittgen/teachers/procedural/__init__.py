"""The teacher without a model: `Procedural`, the function `answer` under it, and `solve` to check its tasks."""

from ittgen.teachers.procedural.answers import answer, solve
from ittgen.teachers.procedural.teacher import Procedural

__all__ = ["Procedural", "answer", "solve"]
