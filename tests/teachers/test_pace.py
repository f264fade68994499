"""Places go down for a server that is too busy or gets slower for nothing, come back slowly, and never collapse."""

from itertools import pairwise

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


def block(pace: Pace, latency: float, beside: int, kind: str = "k", times: int = 16) -> None:
    for _ in range(times):
        pace.answered(pace.sent(), kind, latency, beside)


def test_it_begins_with_what_was_asked_for() -> None:
    assert Pace(64).places == 64


@pytest.mark.parametrize("turned_away", [14, 20, 64])
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


def test_a_teacher_in_this_process_has_no_latency_to_look_at() -> None:
    pace = Pace(64)
    block(pace, 0.0, beside=63, times=1000)
    assert pace.places == 64


def test_what_was_sent_before_a_decrease_says_nothing_about_it() -> None:
    pace = Pace(64)
    before = pace.sent()
    burst(pace, 14)
    for _ in range(500):
        pace.failed(before, busy=True)
    assert pace.places == 38
