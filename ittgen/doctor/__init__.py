"""Whether a recipe can run here: `examine(path, data, journal)`. Every part is looked at; a teacher is really asked."""

from ittgen.doctor.finding import Finding
from ittgen.doctor.parts import examine

__all__ = ["Finding", "examine"]
