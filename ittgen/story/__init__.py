"""One row's whole story: `tell(why(dataset, "3f9a", journal))`. Reads a version and a journal, writes nothing."""

from ittgen.story.account import Exchange, Relative, Story
from ittgen.story.find import why
from ittgen.story.tell import tell

__all__ = ["Exchange", "Relative", "Story", "tell", "why"]
