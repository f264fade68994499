"""What people see while a dataset grows, and the words for it. Knows no recipes, teachers or journals.

words.py   tables, counts, money and durations as text      board.py     what the events told so far
plain.py   plain lines                                      objects.py   JSON lines
live.py    the table that rich draws                        show.py      display: which of them, and where
"""

from ittgen.progress.plain import EVERY
from ittgen.progress.show import Style, display
from ittgen.progress.words import columns, counted, money

__all__ = ["EVERY", "Style", "columns", "counted", "display", "money"]
