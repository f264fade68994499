"""Arithmetic in words: every number stands in the instruction, so these tasks need no input."""

from fractions import Fraction

from ittgen.teachers.procedural.families.shared import money, rounded, shortest
from ittgen.teachers.procedural.family import Family, Params, choice, lines, whole
from ittgen.teachers.procedural.topics import PEOPLE


def _of(params: Params, *names: str) -> list[int]:
    return [int(params[name]) for name in names]


def _change(text: str, params: Params) -> str:
    count, price, note = _of(params, "count", "price", "note")
    return f"{note - count * price} euros"


def _boxes(text: str, params: Params) -> str:
    total, size = _of(params, "total", "size")
    return f"{total // size} full, {total % size} left over"


def _distance(text: str, params: Params) -> str:
    speed, minutes = _of(params, "speed", "minutes")
    return f"{shortest(Fraction(speed * minutes, 60))} km"


def _wages(text: str, params: Params) -> str:
    wage, hours, days = _of(params, "wage", "hours", "days")
    return f"{wage * hours * days} euros"


def _saving(text: str, params: Params) -> str:
    start, step, goal = _of(params, "start", "step", "goal")
    return f"{-((start - goal) // step)} months"


def _doubling(text: str, params: Params) -> str:
    start, every, times = _of(params, "start", "every", "times")
    return str(start * 2 ** (times // every))


def _ages(text: str, params: Params) -> str:
    older, total = _of(params, "older", "sum")
    return str((total - older) // 2)


def _reduced(text: str, params: Params) -> str:
    price, percent = _of(params, "price", "percent")
    return money(price * (100 - percent))


def _raised(text: str, params: Params) -> str:
    price, percent = _of(params, "price", "percent")
    return money(price * (100 + percent))


def _shared(text: str, params: Params) -> str:
    bill, tip, guests = _of(params, "bill", "tip", "guests")
    return rounded(Fraction(bill * (100 + tip), 100 * guests), 2)


def _fence(text: str, params: Params) -> str:
    length, width, gap = _of(params, "length", "width", "gap")
    return str(2 * (length + width) // gap)


def _filling(text: str, params: Params) -> str:
    volume, flow, leak = _of(params, "volume", "flow", "leak")
    return f"{rounded(Fraction(volume, flow - leak), 1)} minutes"


_PRICE = {"price": whole(12, 240, 4), "percent": whole(5, 45, 5)}

FAMILIES = (
    Family(
        "change-due",
        lines("""
        {Who} buys {count} {items} at {price} euros each and hands over {note} euros. How much change is due?
        How many euros come back from {note} if somebody pays for {count} {items} costing {price} euros apiece at \
          {place}?
        A customer of {place} takes {count} times {items}, {price} euros every time, and pays with {note} euros; \
          compute the change.
        The till at {place} shows {count} {items} for {price} euros each. What must the cashier return from {note} \
          euros?
        """),
        solve=_change,
        params={"count": whole(2, 9), "price": whole(2, 11), "note": choice("100", "120", "150", "200")},
    ),
    Family(
        "full-boxes",
        lines("""
        {Who} has {total} {items} and puts {size} into each box. How many boxes are full, and how many pieces are \
          left over?
        If {total} {items} are packed in lots of {size} at {place}, state the number of complete lots and the remainder.
        {Total} {items} arrived at {place}. Divide them into groups of {size}: how many complete groups, and what \
          remains?
        Shelves for exactly {size} {items} are to be filled by {who}; with {total} pieces in stock, how many get \
          full and how many pieces stay behind?
        """),
        solve=_boxes,
        params={"total": whole(50, 400), "size": whole(6, 24)},
    ),
    Family(
        "distance",
        lines("""
        A van leaves {place} and drives at {speed} km/h for {minutes} minutes. How far does it get?
        {Who} travels {minutes} minutes at a steady {speed} kilometres an hour; state the distance covered in km.
        What stretch of road, in kilometres, lies behind a courier with {items} who has kept to {speed} km/h for \
          {minutes} minutes?
        At {speed} km/h, which distance separates {place} from a village that is {minutes} minutes away?
        """),
        solve=_distance,
        params={"speed": whole(30, 120, 15), "minutes": whole(8, 116, 4)},
    ),
    Family(
        "wages",
        lines("""
        An assistant at {place} earns {wage} euros an hour and works {hours} hours on each of {days} days. What is \
          the pay?
        {Who} offers {wage} euros hourly for a job of {days} days with {hours} hours each; how much money is that \
          altogether?
        Calculate the earnings of a trainee: {days} days at {place}, {hours} hours a day, {wage} euros per hour.
        How many euros must {who} set aside for a helper who stays {days} days, works {hours} hours daily and costs \
          {wage} euros an hour?
        """),
        solve=_wages,
        params={"wage": whole(11, 29), "hours": whole(3, 9), "days": whole(2, 14)},
    ),
    Family(
        "saving",
        lines("""
        {Who} has {start} euros and puts aside {step} euros every month. After how many months are there at least \
          {goal} euros for new {items}?
        How many monthly deposits of {step} euros does {place} need to get from {start} euros to {goal} euros or more?
        The fund of {place} holds {start} euros and grows by {step} euros a month; when, counted in months, does it \
          reach {goal} euros?
        To buy {items} for {goal} euros, somebody owning {start} euros saves {step} euros monthly. Find the number \
          of months that takes.
        """),
        solve=_saving,
        params={"start": whole(20, 150, 5), "step": whole(15, 85, 5), "goal": whole(300, 900, 10)},
    ),
    Family(
        "doubling",
        lines("""
        The number of followers of {place} doubles every {every} weeks. With {start} at the beginning, how many are \
          there after {times} weeks?
        {Who} starts with {start} cells in a dish, and they double every {every} hours; what is their number after \
          {times} hours?
        Suppose the orders for {items} double each {every} months. How many come in after {times} months if there \
          are {start} now?
        A rumour at {place} is known to {start} people, and every {every} days twice as many know it. How many is \
          that after {times} days?
        """),
        solve=_doubling,
        params={"start": whole(3, 40), "every": choice("2", "3", "4", "6"), "times": choice("12", "24")},
    ),
    Family(
        "ages",
        lines("""
        {A} is {older} years older than a cousin who works at {place}, and their ages add up to {sum}. How old is \
          the cousin?
        Together {a} and {who} are {sum} years old, and {a} is the elder by {older} years. State the age of the \
          younger one.
        Two colleagues at {place} have a combined age of {sum} and differ by {older} years; how many years does the \
          younger count?
        The ages of {who} and a friend sum to {sum} with a difference of {older}. Solve for the smaller age.
        """),
        solve=_ages,
        params={"a": choice(*PEOPLE), "older": whole(2, 18, 2), "sum": whole(50, 110, 2)},
    ),
    Family(
        "discount",
        lines("""
        During the sale at {place}, {items} cost {percent} percent less than {price} euros. What is the reduced \
          price, with two decimals?
        {Who} gets {percent}% off an order of {items} worth {price} euros; how much remains to be paid (two decimals)?
        Take {percent} percent away from a bill of {price} euros issued by {place} and state the amount to the cent.
        Regular customers of {place} pay {percent} percent less. What does a set of {items} listed at {price} euros \
          cost them, in euros and cents?
        """),
        solve=_reduced,
        params=_PRICE,
    ),
    Family(
        "increase",
        lines("""
        After a rise of {percent} percent, what do {items} cost that used to sell for {price} euros at {place}? Use \
          two decimals.
        {Who} adds {percent}% tax to a net price of {price} euros. Give the gross price with two decimals.
        The rent of {place} was {price} euros a week and goes up by {percent} percent; compute the new rent to the cent.
        By {percent} percent more than last year's {price} euros: which sum, written with cents, does {place} now \
          spend on {items}?
        """),
        solve=_raised,
        params=_PRICE,
    ),
    Family(
        "shared-bill",
        lines("""
        {Guests} friends split a bill of {bill} euros from {place} after adding {tip} percent for service. How much \
          does each pay, to the cent?
        A dinner for {who} and others costs {bill} euros; with a {tip}% tip and {guests} people sharing equally, \
          what is one share (two decimals)?
        Divide {bill} euros plus {tip} percent gratuity among {guests} members of {place}, rounding to two decimals.
        Share the price of {items}, {bill} euros plus a fee of {tip} percent, between {guests} buyers and state one \
          part in euros and cents.
        """),
        solve=_shared,
        params={"guests": whole(3, 9), "bill": whole(45, 320), "tip": choice("5", "8", "10", "12", "15")},
    ),
    Family(
        "fence-posts",
        lines("""
        A fence around a yard of {length} by {width} metres at {place} has a post every {gap} metres, all the way \
          round. How many posts are there?
        {Who} puts a lamp every {gap} metres along the edge of a rectangular lawn, {length} m long and {width} m \
          wide; how many lamps are needed?
        Along the closed border of a {length} by {width} metre field near {place}, trees stand {gap} metres apart. \
          Count them.
        """),
        solve=_fence,
        params={"length": whole(24, 96, 12), "width": whole(12, 60, 12), "gap": choice("2", "3", "4", "6")},
    ),
    Family(
        "filling-a-tank",
        lines("""
        A tank at {place} takes {volume} litres. Water runs in at {flow} litres a minute while {leak} litres a \
          minute leak out; when is it full, in minutes with one decimal?
        {Who} fills a {volume}-litre barrel at {flow} litres per minute and loses {leak} litres per minute through a \
          crack. How long does that take (one decimal)?
        Net of a loss of {leak} litres every minute, how many minutes (one decimal) does a hose giving {flow} litres \
          a minute need for the {volume}-litre pool of {place}?
        """),
        solve=_filling,
        params={"volume": whole(150, 900, 25), "flow": whole(20, 45), "leak": whole(2, 11)},
    ),
)
