"""Classification by rules about dates and times; every label is named in the instruction and is drawn as often."""

from datetime import date
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.calendar import DAYS, MONTHS
from ittgen.teachers.procedural.families.shared import between, numbers, pair
from ittgen.teachers.procedural.family import Family, Params, always, lines, whole

_SEASONS = ("spring", "summer", "autumn", "winter")


def _day_in(rng: Random, params: Params, label: str) -> str:
    first = 3 * _SEASONS.index(label) + 2 if label else between(rng, 0, 11)
    return f"{between(rng, 1, 28)} {MONTHS[(first + between(rng, 0, 2)) % 12]}"


def _season(text: str, params: Params) -> str:
    return _SEASONS[(MONTHS.index(text.split()[1]) - 2) % 12 // 3]


def _leap(rng: Random, params: Params, label: str) -> str:
    if label == "leap year":
        return str(pick(rng, [2000, 2400, *range(1904, 2099, 4)]))
    return str(pick(rng, [1800, 1900, 2100, 2200, *(year for year in range(1901, 2099) if year % 4)]))


def _year_kind(text: str, params: Params) -> str:
    (year,) = numbers(text)
    return "leap year" if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else "common year"


def _workday(rng: Random, params: Params, label: str) -> str:
    number = between(rng, 730_500, 739_000)
    day = date.fromordinal(number - number % 7 + (between(rng, 1, 5) if label == "working day" else between(rng, 6, 7)))
    return day.isoformat()


def _day_kind(text: str, params: Params) -> str:
    return "weekend" if DAYS[date.fromisoformat(text).weekday()] in ("Saturday", "Sunday") else "working day"


def _moment(rng: Random, params: Params, label: str) -> str:
    opens, closes = int(params["low"]), int(params["high"])
    hour = between(rng, opens, closes - 1)
    if label == "closed":
        hour = pick(rng, [*range(opens), *range(closes, 24)])
    return f"{hour:02d}:{between(rng, 1, 59):02d}"


def _opening(text: str, params: Params) -> str:
    hour, _ = pair(text)
    return "open" if int(params["low"]) <= hour < int(params["high"]) else "closed"


FAMILIES = (
    Family(
        "season",
        lines("""
        Which meteorological season of the northern hemisphere (spring, summer, autumn, winter) does the date belong \
          to? {Who} decorates accordingly.
        Spring from March, summer from June, autumn from September, winter from December: sort the date in the \
          {record} into its season.
        Label the day on which {place} reopened as spring, summer, autumn or winter, with seasons of three whole \
          months beginning in March.
        """),
        solve=_season,
        make=_day_in,
        labels=always(*_SEASONS),
    ),
    Family(
        "leap-year",
        lines("""
        Does the anniversary of {place} fall in a leap year or a common year? Decide for the given year.
        Leap year or common year: how does {who} have to mark the given year in the calendar?
        Classify a Gregorian year from the {record} as "leap year" or "common year".
        """),
        solve=_year_kind,
        make=_leap,
        labels=always("leap year", "common year"),
    ),
    Family(
        "working-day",
        lines("""
        Is the date a working day (Monday to Friday) or part of the weekend? {Who} ignores public holidays. Answer \
          "working day" or "weekend".
        Tell from the date alone whether {place} has a working day or a weekend.
        Sort an appointment in the {record} into "working day" or "weekend" by its date.
        """),
        solve=_day_kind,
        make=_workday,
        labels=always("working day", "weekend"),
    ),
    Family(
        "opening-hours",
        lines("""
        Doors at {place} open at {low}:00 and close at {high}:00. At the given time, are they open or closed?
        {Who} is on duty from {low}:00 until {high}:00. Say open or closed for a visitor arriving at the stated time.
        Between {low}:00 and {high}:00 the counter that sells {items} is open, otherwise closed. Which of the two \
          holds at the given time?
        """),
        solve=_opening,
        make=_moment,
        params={"low": whole(7, 11), "high": whole(15, 21)},
        labels=always("open", "closed"),
    ),
)
