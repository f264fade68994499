"""The whole stack around a run's teachers: `Recorded(Guarded(Patient(Limited(Budgeted(Translated(teacher))))))`.

Read outside in: a known answer is free; an unknown one is patiently retried; only an attempt on the wire holds a place
and reserves its worst case of the budget. The teachers of a run share places, rates, budget, breaker and journal.
"""

import asyncio
from collections.abc import Mapping

from ittgen.budget import Budget, Limits, Price
from ittgen.calls import Response, Teacher
from ittgen.events import Meter
from ittgen.journal import Journal
from ittgen.teachers.gate import Gate
from ittgen.teachers.guarded import Breaker, Guarded
from ittgen.teachers.pace import Pace
from ittgen.teachers.rates import Rates, Throttle
from ittgen.teachers.recorded import Recorded
from ittgen.teachers.wrappers import Budgeted, Limited, Patience, Patient, Translated

NO_LIMIT = Rates()


class Stack:
    """A run's teachers by name, each in its wrappers; and how they are stopped."""

    def __init__(
        self,
        teachers: Mapping[str, tuple[Teacher, Price]],
        journal: Journal,
        limits: Limits,
        meter: Meter,
        *,
        concurrency: int,
        patience: Patience,
        offline: bool = False,
        rates: Rates = NO_LIMIT,
    ) -> None:
        self.gate = Gate(concurrency)
        meter.places = meter.most = concurrency
        pace, throttle, breaker = Pace(concurrency), Throttle(rates, self.gate), Breaker(self.gate)
        budget = Budget(limits, Price())
        asking: dict[str, asyncio.Task[Response]] = {}

        def wrapped(teacher: Teacher, price: Price) -> Recorded:
            budgeted = Budgeted(Translated(teacher), budget.at(price), self.gate, meter)
            limited = Limited(budgeted, self.gate, pace, throttle, meter)
            guarded = Guarded(Patient(limited, patience, self.gate, meter), breaker, journal.trusts)
            return Recorded(guarded, journal, meter, offline, asking)

        self.teachers = {name: wrapped(teacher, price) for name, (teacher, price) in teachers.items()}

    async def land(self) -> None:
        """Send nothing more, and wait for what is on the wire."""
        self.gate.close()
        for teacher in self.teachers.values():
            await teacher.landed()

    async def close(self) -> None:
        """Give up what is on the wire and close the teachers."""
        for teacher in self.teachers.values():
            await teacher.close()
