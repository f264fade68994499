"""Where the tasks take place: people, places, things counted and sold, and the sentences a user ends a request with.

Only words; no task and no answer is known here. The words decide nothing but the wording, so a task is recognised
whatever stands in their places. None of them is a word that the usual filters reject (draw, file, map, picture …).
"""

from typing import NamedTuple


class Scene(NamedTuple):
    """One place with its words; a template's slots are named after these fields."""

    who: str
    """A person, with the article: "the owner of a village bakery"."""
    place: str
    """"a village bakery"."""
    counts: str
    """What is counted there, as the name of a series of whole numbers: "loaves sold per day"."""
    record: str
    """Where it is written down, without article: "order book"."""
    items: str
    """Something one can buy or pack there, plural: "rye loaves"."""


def _scenes(text: str) -> tuple[Scene, ...]:
    return tuple(Scene(*(" ".join(field.split()) for field in line.split("|"))) for line in text.strip().splitlines())


SCENES = _scenes("""
the owner of a village bakery | a village bakery | loaves sold per day | order book | rye loaves
a volunteer at the city library | the city library | novels returned each hour | lending ledger | paperback novels
the coach of a junior swimming club | a junior swimming club | lengths finished by every swimmer | training log | \
  rubber caps
a beekeeper in the hills | a hillside apiary | honey jars filled per hive | hive diary | honey jars
the manager of a bicycle workshop | a bicycle workshop | tyres changed each week | job sheet | inner tubes
a nurse on the night ward | a children's hospital | patients visited in each shift | duty roster | thermometers
a retired lighthouse keeper | an island lighthouse | ships passing every night | watch log | signal lamps
the treasurer of a chess league | a chess league | matches won by each club | tournament table | wooden chess sets
a potter with her own studio | a pottery studio | bowls fired per kiln load | kiln notebook | clay bowls
the caretaker of a primary school | a primary school | chairs repaired every month | maintenance list | light bulbs
a ranger in the nature reserve | a nature reserve | herons spotted each morning | bird survey | trail guides
the conductor of an amateur choir | an amateur choir | singers present at every rehearsal | attendance sheet | song \
  books
the captain of a river ferry | a river ferry | passengers carried per crossing | crossing log | life jackets
a farmer who grows apples | an apple orchard | crates picked from each row | harvest tally | apple crates
a trader with a spice stall | a spice market | saffron bags sold every Saturday | sales slip | saffron bags
the host of a pub quiz | a weekly pub quiz | points scored by each team | score card | answer pads
a student of meteorology | a rooftop weather station | millimetres of rain per month | rain record | rain gauges
the dispatcher of a taxi company | a taxi company | calls answered during every shift | dispatch list | seat covers
the curator of a toy museum | a toy museum | visitors on each weekday | door tally | tin robots
an astronomy teacher | a school observatory | meteors seen per night | observing notes | star globes
the chef of a noodle bar | a noodle bar | soups served at each table | kitchen tickets | soup bowls
an amateur marathon runner | a running club | kilometres covered every week | running diary | water bottles
a pensioner with an allotment | an allotment garden | tomatoes picked from each plant | planting calendar | tomato \
  seedlings
the secretary of a hiking club | a hiking club | metres climbed on every tour | trip register | trail passes
a master carpenter | a furniture workshop | planks cut for each order | cutting list | oak planks
the assistant in a stationery shop | a stationery shop | notebooks bought per customer | stock list | fountain pens
a country veterinarian | an animal clinic | dogs treated every afternoon | appointment book | dog leashes
the director of a puppet theatre | a puppet theatre | tickets sold for each show | box office report | glove puppets
the supervisor of a parcel warehouse | a parcel warehouse | boxes loaded onto every truck | loading sheet | packing \
  crates
a fisherman from the north coast | a fishing harbour | cod landed on each trip | catch report | fishing nets
the florist beside the station | a flower shop | bouquets ordered for every wedding | order pad | rose bouquets
a tester of office software | a software company | bugs reported in each release | issue tracker | spare keyboards
a kindergarten teacher | a kindergarten | stickers earned by every child | sticker board | wooden puzzles
the warden of a mountain hut | a mountain hut | overnight guests per weekend | guest book | wool blankets
the editor of a local newspaper | a local newspaper | letters printed in each issue | mail register | yearly \
  subscriptions
a dentist in a small town | a dental practice | check-ups done each forenoon | patient calendar | soft toothbrushes
the operator of a signal box | a railway junction | trains passing every hour | traffic journal | platform tickets
a cheese maker in the Alps | an alpine dairy | wheels turned each evening | ripening record | cheese wheels
a tailor on the high street | a tailor's shop | buttons sewn onto every coat | fitting notes | silk scarves
the foreman of a recycling yard | a recycling yard | bottles sorted per minute | weighing protocol | glass containers
a clerk at the polling office | a polling office | votes cast in each district | counting form | ballot boxes
the keeper of a city aquarium | a city aquarium | penguins fed at every visit | feeding plan | fish buckets
a lift attendant at a ski resort | a ski resort | riders transported each quarter hour | lift protocol | day passes
the leader of a scout troop | a scout troop | badges handed out per camp | camp journal | canvas tents
an engineer at a wind farm | a wind farm | rotor stops noted each season | inspection report | steel bolts
the receptionist of a youth hostel | a youth hostel | beds occupied per night | booking sheet | bunk mattresses
a baker of wedding cakes | a pastry shop | eggs used in each cake | recipe journal | marzipan figures
the translator of a patent office | a patent office | pages translated every day | work record | legal dictionaries
""")

TAILS = tuple(
    """
Reply with nothing but the result.
I need it for a spreadsheet, so leave out any explanation.
Keep the reply as short as possible.
The answer will be printed on a label, therefore no full sentence.
Skip the working and state only what comes out.
A colleague will paste your reply into the annual report.
Someone else checks it later, so be exact.
Please do not add a comment.
It is for a poster in the entrance hall.
My daughter wants to compare it with her own solution.
This goes straight into our monthly newsletter.
No introduction is needed.
We use the reply in an automatic test, so the form matters.
The board meets tomorrow and wants to see it.
Just the outcome, please.
Treat it as a question in a quiz.
An apprentice did this by hand yesterday and may have slipped.
One line is enough.
Return the bare answer without quotation marks.
Pretend you are filling in a form with a single box.
It helps me to prepare a lesson for Monday.
The reply is read aloud over the telephone, so make it brief.
Leave everything else unsaid.
I promised to have it ready before lunch.
Our auditor asked for precisely this.
Give me the end product and spare me the steps.
It settles a friendly bet between two neighbours.
You may assume that the data contain no mistakes.
That is all I want to know.
We have argued about this for a while, so please decide it.
My screen reader speaks every sign aloud, so waste none.
The trainee who usually does it is on holiday.
Whatever you return ends up on page two of a leaflet.
Insert nothing before or after it.
The office prints it on the back of a receipt.
Several beginners will learn from your reply, so it has to be right.
Think carefully, then commit to a single answer.
My notes got wet and I have to reconstruct this.
A machine reads your reply, so stick to plain text.
""".strip().splitlines()
)

BLOCK_TAILS = tuple(
    """
Leave out any explanation.
No remarks before or after it, please.
A colleague pastes your reply straight into our system.
Keep everything else as it is.
Several beginners will learn from it, so it has to be right.
I have to hand it in before lunch.
Plain text is fine.
Someone reviews it this afternoon.
Our old tool did this, but it was switched off last week.
It becomes part of an exercise for new colleagues.
""".strip().splitlines()
)
"""The same for tasks whose answer is code, a table or JSON."""

PEOPLE = tuple(
    "Amira Bruno Chloe Dmitri Elena Farid Greta Hiro Ines Jonas Kavya Luca Mira Nadia Oscar Priya Quentin Rosa "
    "Stefan Tamsin Ugo Vera Wendell Ximena Yusuf Zelda".split()
)
"""First names with different initials."""

CITIES = tuple(
    "Lisbon Oslo Nairobi Kyoto Toronto Lima Vienna Cairo Dublin Hanoi Quito Riga Sofia Tunis Zagreb Manila".split()
)

NOUNS = tuple(
    "anchor basket candle dragon engine forest garden hammer island jacket kettle lantern market needle orchid "
    "pepper quartz river saddle ticket umbrella valley window yellow zebra button castle desert falcon guitar "
    "harbor insect jungle kitten lemon magnet nugget oyster pencil rabbit shadow tunnel velvet walnut".split()
)
"""Lower-case words of letters a to z, all different."""

ADJECTIVES = tuple(
    "quiet bright narrow ancient gentle hollow crooked silver patient hungry distant frozen golden clumsy "
    "curious faded rapid humble sturdy nervous".split()
)

VERBS = tuple("crosses guards follows repairs admires carries finds leaves paints watches hides moves".split())

PLACES = tuple(
    "near the harbor|behind the old mill|under a stone bridge|after the storm|before sunrise|without a sound|"
    "on the north shore|in early autumn|beside the railway|at the edge of town".split("|")
)
