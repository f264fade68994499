"""What may be asked of any task at all: sentences for a task that the procedural teacher does not know.

It cannot carry them out either, and says so when asked; they are here so that every task can be evolved.
"""

from collections.abc import Mapping

ANY_TASK: Mapping[str, tuple[str, ...]] = {
    "constraints": (
        "Keep the answer below one hundred words, and use no word that a twelve-year-old would not know.",
        "Every sentence of the answer has to be shorter than fifteen words and must not begin with an article.",
        "Write for readers who are in a hurry, with the most important point in the first sentence.",
    ),
    "deepen": (
        "Also say what the most important cause behind this is, and what usually follows from it later on.",
        "Go on to compare the answer with the nearest alternative, and say when that would be preferable.",
        "Discuss in addition where the answer reaches its limits, with one example of such a case.",
    ),
    "concretize": (
        "Suppose that it is meant for a night nurse in Lisbon who has ten minutes before her shift.",
        "Assume that the reader runs a small bicycle workshop in Oslo with two apprentices and no office.",
        "Take the case of a retired teacher in Nairobi who asks this for the first time.",
    ),
    "reasoning": (
        "Weigh at least two ways to go about it, decide on one, and give the reason for the decision.",
        "Derive the answer in numbered steps, each of which builds on the one before, and check the last.",
        "First say what is known and what is sought, then reason from one to the other step by step.",
    ),
    "complicate": (
        "How does the answer change for the case that the data below describe? Refer to them by name.",
        "Take the data below into account, and name the entry that matters most for the answer.",
    ),
    "rarer": (
        "Instead of the usual choice, rely on the least common approach that still works, and name it.",
        "It has to work on a machine without network access and with a very old standard library.",
    ),
    "misleading": (
        "A colleague's short draft takes the shortest way; compare it with yours, and make sure that yours is right.",
        "An earlier solution passed all checks so far; start from its idea and give a version that is right.",
    ),
    "complexity": (
        "The time needed must not grow faster than the size of what it works on, sorting excluded.",
        "Use no more additional memory than a handful of variables, however large the data become.",
    ),
}
"""Operation -> sentences of about 10 to 20 words."""
