"""Families about dates, times of day and durations; every date is in the Gregorian calendar."""

from datetime import date, timedelta
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import between, numbers, pair
from ittgen.teachers.procedural.family import Family, Param, Params, always, choice, lines, whole
from ittgen.teachers.procedural.topics import CITIES

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _any_date(rng: Random) -> date:
    return date(2001, 1, 1) + timedelta(days=between(rng, 0, 12_000))


def _iso(rng: Random, params: Params, label: str) -> str:
    return _any_date(rng).isoformat()


def _iso_on(rng: Random, params: Params, label: str) -> str:
    day = _any_date(rng)
    wanted = DAYS.index(label) if label else day.weekday()
    return (day + timedelta(days=wanted - day.weekday())).isoformat()


def _weekday(text: str, params: Params) -> str:
    return DAYS[date.fromisoformat(text).weekday()]


def _later(text: str, params: Params) -> str:
    return (date.fromisoformat(text) + timedelta(days=int(params["n"]))).isoformat()


def _earlier(text: str, params: Params) -> str:
    return (date.fromisoformat(text) - timedelta(weeks=int(params["n"]))).isoformat()


def _period(rng: Random, params: Params, label: str) -> str:
    start = _any_date(rng)
    return f"{start.isoformat()} to {(start + timedelta(days=between(rng, 9, 400))).isoformat()}"


def _days_between(text: str, params: Params) -> str:
    start, end = map(date.fromisoformat, text.split(" to "))
    return str((end - start).days)


def _long_date(rng: Random, params: Params, label: str) -> str:
    day = _any_date(rng)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _to_iso(text: str, params: Params) -> str:
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()


def _from_iso(text: str, params: Params) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _last_day(text: str, params: Params) -> str:
    month, year = text.split()
    number = MONTHS.index(month) + 1
    following = date(int(year) + number // 12, number % 12 + 1, 1)
    return str((following - timedelta(days=1)).day)


def _month(rng: Random, params: Params, label: str) -> str:
    return f"{pick(rng, MONTHS)} {between(rng, 1950, 2049)}"


def _clock_after(text: str, params: Params) -> str:
    return _clock(*pair(params["time"]), int(params["n"]))


def _clock(hour: int, minute: int, more: int) -> str:
    total = (hour * 60 + minute + more) % 1440
    return f"{total // 60:02d}:{total % 60:02d}"


def _elsewhere(text: str, params: Params) -> str:
    hours = int(params["n"])
    return _clock(*pair(params["time"]), 60 * (hours if params["way"].lower() == "ahead of" else -hours))


def _shift(rng: Random, params: Params, label: str) -> str:
    start = between(rng, 5 * 12, 13 * 12) * 5
    end = start + between(rng, 8, 96) * 5
    return f"{start // 60:02d}:{start % 60:02d} to {end // 60:02d}:{end % 60:02d}"


def _lasting(text: str, params: Params) -> str:
    hours, minutes, to_hours, to_minutes = numbers(text)
    total = (to_hours - hours) * 60 + to_minutes - minutes
    return f"{total // 60} h {total % 60} min"


def _minutes(rng: Random, params: Params, label: str) -> str:
    return f"{between(rng, 61, 1400)} minutes"


def _hours_and_minutes(text: str, params: Params) -> str:
    (total,) = numbers(text)
    return f"{total // 60} h {total % 60} min"


def _twelve(text: str, params: Params) -> str:
    hour, minute = pair(text)
    return f"{(hour + 11) % 12 + 1}:{minute:02d} {'PM' if hour >= 12 else 'AM'}"


def _time_of_day(rng: Random, params: Params, label: str) -> str:
    return f"{between(rng, 0, 23):02d}:{between(rng, 0, 59):02d}"


_TIME = Param(r"\d\d:\d\d", lambda rng: f"{between(rng, 0, 23):02d}:{between(rng, 0, 11) * 5:02d}")

FAMILIES = (
    Family(
        "weekday",
        lines("""
        On which day of the week, Monday to Sunday, does the given date fall? {Who} fills in the {record}.
        Name the weekday (Monday, Tuesday and so on) of a date on which {place} was open.
        Classify the date by its day of the week, from Monday to Sunday, to plan the duty at {place}.
        Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday: which fits the delivery date of the {items}?
        """),
        solve=_weekday,
        make=_iso_on,
        labels=always(*DAYS),
    ),
    Family(
        "days-later",
        lines("""
        Add {n} days to the date and write the result as year-month-day; that is when {place} expects the {items}.
        {Who} borrowed something for {n} days. Given the first day, on which date (YYYY-MM-DD) is it due?
        An entry in the {record} expires {n} days after the date given. Name the day of expiry in ISO form.
        Which calendar date comes {n} days after the given one? Use the format 2031-05-09 as {place} does.
        """),
        solve=_later,
        make=_iso,
        params={"n": whole(8, 120)},
    ),
    Family(
        "weeks-earlier",
        lines("""
        Invitations from {place} go out {n} weeks before the event. From the date of the event, find the sending \
          date in ISO form.
        Count back {n} weeks from the given day, as {who} has to start that early, and answer with YYYY-MM-DD.
        Which date lies exactly {n} weeks before the one in the {record}? Write it year first.
        """),
        solve=_earlier,
        make=_iso,
        params={"n": whole(2, 20)},
    ),
    Family(
        "days-between",
        lines("""
        How many days pass from the first date to the second? It is the time during which {place} stays closed.
        {Who} counts the nights between arrival and departure; compute their number from both dates.
        Subtract the earlier date from the later one, both in the {record}, and give the difference in days.
        """),
        solve=_days_between,
        make=_period,
    ),
    Family(
        "date-to-iso",
        lines("""
        Bring a date such as 3 May 2019 into the form 2019-05-03 for the {record}.
        {Who} sorts documents by ISO dates. Rewrite the given day accordingly, year first and with leading zeros.
        The computer at {place} accepts YYYY-MM-DD only; translate the date written with the name of the month.
        """),
        solve=_to_iso,
        make=_long_date,
    ),
    Family(
        "iso-to-date",
        lines("""
        Write the ISO date with day, name of the month and year, without leading zero, for an invitation to {place}.
        {Who} finds 2019-05-03 hard to read and prefers 3 May 2019. Rephrase the given date like that.
        Spell out the month of a numeric date from the {record} in the order day, month, year.
        """),
        solve=_from_iso,
        make=_iso,
    ),
    Family(
        "days-in-month",
        lines("""
        How many days does the month have in that year? {Who} prepares the {record}.
        Rent for {place} is charged by the day. State how many days are in the given month, leap years considered.
        Which number does the last day of the named month carry on the calendar of {place}?
        """),
        solve=_last_day,
        make=_month,
    ),
    Family(
        "clock-later",
        lines("""
        A shift at {place} begins at {time} and lasts {n} minutes. At what time does it end, on the 24-hour clock?
        {Who} puts bread into the oven at {time}; {n} minutes later it is done. Which time does the clock show then \
          (hh:mm)?
        It is {time} now. Tell me the time in {n} minutes, when {place} locks its doors, in 24-hour form.
        The parcel with the {items} left at {time} and was under way for {n} minutes. When did it arrive (hh:mm)?
        """),
        solve=_clock_after,
        params={"time": _TIME, "n": whole(25, 280)},
    ),
    Family(
        "time-zones",
        lines("""
        The clocks in {city} are {n} hours {way} those at {place}. If it is {time} here, how late is it there \
          (24-hour form)?
        {Who} wants to ring a friend in {city}, whose local time is {n} hours {way} ours. What does the friend's \
          clock say at {time} our time?
        A meeting about {items} starts at {time} for us. In {city}, {n} hours {way} us, which time goes on the \
          invitation (hh:mm)?
        """),
        solve=_elsewhere,
        params={
            "city": choice(*CITIES),
            "n": whole(2, 11),
            "way": choice("ahead of", "behind"),
            "time": _TIME,
        },
    ),
    Family(
        "duration",
        lines("""
        How long is the interval, in the form 2 h 15 min, during which {place} was open?
        {Who} noted when the work began and ended on one day. State the length as hours and minutes, like 1 h 5 min.
        Work out the time elapsed between the two clock times in the {record} and write it as 3 h 0 min would be \
          written.
        """),
        solve=_lasting,
        make=_shift,
    ),
    Family(
        "hours-and-minutes",
        lines("""
        Split the total of minutes into hours and minutes, for example 1 h 20 min; it is the running time of a show \
          at {place}.
        {Who} adds up minutes all week. How many hours and minutes, written 4 h 7 min, is the given sum?
        Nobody reads large numbers of minutes in the {record}. Restate them in the style 2 h 45 min.
        """),
        solve=_hours_and_minutes,
        make=_minutes,
    ),
    Family(
        "twelve-hour-clock",
        lines("""
        Change the time from the 24-hour clock to AM or PM for visitors of {place}.
        How would {who}, who grew up with AM and PM, write the given time of day?
        Rewrite a time in the {record} for the twelve-hour clock, such as 5:45 PM.
        """),
        solve=_twelve,
        make=_time_of_day,
    ),
)
