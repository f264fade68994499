"""`python -m tests.tiny_teacher` prints the tiny teacher's folder, and trains it when it is not there."""

import sys
from importlib.metadata import PackageNotFoundError

from tests.tiny_teacher.keep import LIBRARIES, ready

try:
    print(ready())
except PackageNotFoundError as error:
    needed = f"{', '.join(LIBRARIES[:-1])} and {LIBRARIES[-1]}"
    print(f"{error.name} is missing: the tiny teacher is trained with {needed}, as vLLM brings them", file=sys.stderr)
    sys.exit(2)
