"""Scenes off the beaten track, for tasks that shall be rarer than their parents. Only words, as in `topics`."""

from ittgen.teachers.procedural.topics import Scene

RARE = tuple(
    Scene(*(" ".join(field.split()) for field in line.split("|")))
    for line in """
the cook of a polar research base | a polar research base | meals thawed per week | galley ledger | dried onions
a restorer of church organs | an organ workshop | pipes tuned every day | restoration log | tin pipes
the pilot of a stratospheric balloon | a balloon launch site | ballast bags dropped on each flight | flight diary | \
helium bottles
a keeper of silkworms | a silk farm | cocoons reeled per tray | rearing notebook | mulberry leaves
the engraver of a banknote printer | a banknote press | plates checked each shift | plate register | copper plates
a diver in a kelp reserve | a kelp reserve | urchins counted on every dive | dive log | mesh bags
the warden of a seed vault | an arctic seed vault | samples stored per delivery | vault index | foil packets
a breeder of carrier pigeons | a pigeon loft | birds back by noon of each race | race card | leg rings
the binder of an atlas club | an atlas club | spines sewn every evening | bindery list | linen threads
a tuner of tower carillons | a carillon tower | bells struck in each recital | recital book | bronze clappers
the driver of a funicular | a funicular railway | ascents made per hour | cable journal | brake shoes
a glassblower for laboratories | a laboratory glassworks | flasks blown each morning | furnace record | glass tubes
an archivist of sound cylinders | a cylinder archive | wax rolls cleaned per month | cleaning sheet | felt brushes
the umpire of a curling rink | a curling rink | stones swept in every end | rink protocol | granite stones
a surveyor of caves | a cave survey | stations measured on each trip | survey notes | carbide lamps
""".replace("\\\n", "")
    .strip()
    .splitlines()
)
