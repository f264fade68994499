"""Places go down for a server that is too busy or gets slower for nothing, come back slowly, and never collapse."""

import heapq
from collections import deque
from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from ittgen.chance import seeded
from ittgen.teachers.pace import FLOOR, Pace


def burst(pace: Pace, busy: int, fine: int = 0) -> None:
    """That many requests sent together: so many turned away as too many, then so many answered."""
    when = pace.sent()
    for _ in range(busy):
        pace.failed(when, busy=True)
    for _ in range(fine):
        pace.answered(when, "k", 0.0, beside=0)


def block(pace: Pace, latency: float, beside: int, kind: str = "k", times: int = 64) -> None:
    for _ in range(times):
        pace.answered(pace.sent(), kind, latency, beside)


def test_it_begins_with_what_was_asked_for() -> None:
    assert Pace(64).places == 64


@pytest.mark.parametrize("turned_away", [23, 30, 64])
def test_a_burst_of_busy_replies_counts_once(turned_away: int) -> None:
    pace = Pace(64)
    burst(pace, turned_away)
    assert pace.places == 38


def test_a_second_burst_after_the_first_counts_again() -> None:
    pace = Pace(64)
    burst(pace, 64)
    burst(pace, 64)
    assert pace.places == 23


def test_a_few_busy_replies_at_random_change_nothing() -> None:
    rng, pace = seeded("busy at random"), Pace(64)
    for _ in range(20_000):
        if rng.random() < 0.05:
            pace.failed(pace.sent(), busy=True)
        else:
            pace.answered(pace.sent(), "k", 0.2, beside=pace.places - 1)
        assert pace.places == 64


def test_a_server_that_is_always_busy_still_gets_an_eighth() -> None:
    pace = Pace(64)
    for _ in range(50):
        burst(pace, 64)
    assert pace.places == 64 // FLOOR
    alone = Pace(1)
    burst(alone, 100)
    assert alone.places == 1


def test_other_failures_are_no_reason_to_ask_less() -> None:
    pace = Pace(64)
    for _ in range(1000):
        pace.failed(pace.sent(), busy=False)
    assert pace.places == 64


def test_places_come_back_a_few_a_round_and_no_further_than_asked_for() -> None:
    pace = Pace(64)
    burst(pace, 64)
    seen = [pace.places]
    for _ in range(40):
        burst(pace, 0, fine=pace.places)
        seen.append(pace.places)
    assert seen == sorted(seen) and seen[-1] == 64
    assert max(b - a for a, b in pairwise(seen)) <= 4


def test_a_server_that_slows_down_at_the_same_load_is_asked_less() -> None:
    pace = Pace(64)
    block(pace, 0.2, beside=63)
    block(pace, 0.39, beside=63)
    assert pace.places == 64
    block(pace, 0.9, beside=63)
    assert pace.places == 51


def test_more_in_flight_that_wait_in_a_line_are_too_many() -> None:
    """Eight at a time is all this server does; with 64 in flight each waits for seven others."""
    pace = Pace(64)
    block(pace, 0.2, beside=7)
    block(pace, 1.6, beside=63)
    assert pace.places == 51


def test_batching_that_pays_for_its_latency_is_left_alone() -> None:
    """An engine that batches answers 64 at a time three times as slowly as 8, and so much more in all."""
    pace = Pace(64)
    block(pace, 0.2, beside=7)
    for _ in range(20):
        block(pace, 0.6, beside=63)
    assert pace.places == 64


def test_each_kind_of_request_has_its_own_latency() -> None:
    pace = Pace(64)
    block(pace, 0.1, beside=63, kind="m classify")
    block(pace, 5.0, beside=63, kind="m answer")
    assert pace.places == 64


def test_a_server_that_is_slower_for_good_becomes_the_measure() -> None:
    pace = Pace(64)
    block(pace, 0.2, beside=63)
    for _ in range(400):
        block(pace, 0.6, beside=63)
    assert pace.places == 64


def closed(latency: Callable[[int, Random], float], answers: int) -> list[int]:
    """Places after each answer of a server that takes so long for the n-th, whatever else it is asked."""
    rng, pace, flying, places, now = seeded("closed"), Pace(64), list[tuple[float, float, int, int]](), list[int](), 0.0
    for number in range(answers):
        while len(flying) < pace.places:
            seconds = latency(number, rng)
            heapq.heappush(flying, (now + seconds, seconds, pace.sent(), len(flying)))
        now, seconds, when, beside = heapq.heappop(flying)
        pace.answered(when, "k", seconds, beside)
        places.append(pace.places)
    return places


@pytest.mark.parametrize("sigma", [0.3, 0.6, 0.8, 1.0])
def test_answers_of_very_different_lengths_are_no_slow_server(sigma: float) -> None:
    places = closed(lambda _, rng: rng.lognormvariate(0, sigma), 20_000)
    assert sum(places) / len(places) > 63


@pytest.mark.parametrize("times", [2.5, 4, 8])
def test_longer_answers_from_some_point_on_are_no_slow_server(times: float) -> None:
    places = closed(lambda n, rng: (1 if n < 1000 else times) * rng.lognormvariate(0, 0.5), 8000)
    assert sum(places) / len(places) > 60 and places[-1] == 64


def test_a_line_that_grows_longer_makes_places_fewer_until_it_is_gone() -> None:
    """From 64 at a time a server goes down to 8, as when somebody else uses it; what is left waits in line."""
    rng, pace, now = seeded("line"), Pace(64), 0.0
    line, serving, places = deque[tuple[float, int, int]](), list[tuple[float, float, int, int]](), list[int]()
    for number in range(12_000):
        while len(line) + len(serving) < pace.places:
            line.append((now, pace.sent(), len(line) + len(serving)))
        while line and len(serving) < (8 if 2000 <= number < 8000 else 64):
            began, when, beside = line.popleft()
            heapq.heappush(serving, (now + 0.2 * rng.lognormvariate(0, 0.5), began, when, beside))
        now, began, when, beside = heapq.heappop(serving)
        pace.answered(when, "k", now - began, beside)
        places.append(pace.places)
    assert min(places) < 24 and places[1999] == places[-1] == 64


def test_a_teacher_in_this_process_has_no_latency_to_look_at() -> None:
    pace = Pace(64)
    block(pace, 0.0, beside=63, times=1000)
    assert pace.places == 64


def test_what_was_sent_before_a_decrease_says_nothing_about_it() -> None:
    pace = Pace(64)
    before = pace.sent()
    burst(pace, 23)
    for _ in range(500):
        pace.failed(before, busy=True)
    assert pace.places == 38
