"""English words that say nothing by themselves. A list and no code."""

STOP_WORDS = frozenset(
    """
    a an the this that these those such here there then thus so
    i me my mine myself we us our ours ourselves you your yours yourself yourselves
    he him his himself she her hers herself it its itself they them their theirs themselves
    who whom whose which what when where why how
    am is are was were be been being do does did doing done have has had having
    will would shall should can could may might must ought cannot
    isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't
    i'm i've i'll i'd you're you've you'll you'd he's she's it's we're we've we'll they're they've they'll
    that's there's let let's s t d ll m re ve
    and or but nor if because as until while although though unless since whether than
    of at by for with about against between into through during before after above below to from up down in out on off
    over under again further once upon via per within without toward towards among across along around
    any each few more most other some own same only very too just also even still yet ever now well quite rather
    not
    """.split()
)
"""Left out, unlike in the usual lists: "no", "none", "all", "both" and their like, which can be whole answers."""
