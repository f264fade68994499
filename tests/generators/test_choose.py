"""What an answer comes to, who agrees, and which answer is taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.generators.choose import best, final_answer, shares


@pytest.mark.parametrize(
    "text, final",
    [
        ("42", "42"),
        ("7 x 6 is\n**42**", "42"),
        ("So the answer is 42. I added 7 six times.", "42"),
        ("The answer is 41.\nNo: the answer is 42.", "42"),
        ("6 x 7 = \\boxed{42}, as 40 + 2.", "42"),
        ("Steps: 3.\n#### 42", "42"),
        ("#### Result in 3 steps\nIt is 42.", "42"),
        ("**Final answer:** 1,200.50 euros", "1200.5"),
        ("It is 042.0", "42"),
        ("It is -0.0", "0"),
        ("It is −5", "-5"),
        ("It is 3/4.", "3/4"),
        ("B", "B"),
        ("(b)", "B"),
        ("**B.** Paris", "B"),
        ("- B) Paris, since 1871", "B"),
        ("The answer is option B - Paris", "B"),
        ("A good idea", "a good idea"),
        ("I am sure", "i am sure"),
        ("*Yes*!", "yes"),
        ("The final answer is: **Paris**.", "paris"),
        ("Paris.\n\nLet me know if you need more examples!", "paris"),
        ("写诗。", "写诗"),
        (r"The answer is $\frac{1}{2}$.", "1/2"),
        (r"So \boxed{\frac{1}{2}} it is", "1/2"),
        (r"\boxed{2\frac{1}{2}}", "2 1/2"),
        (r"\boxed{\sqrt{2}}", r"\sqrt{2}"),
        (r"The answer is $\boxed{42}$.", "42"),
        ("Answer: 12:30", "12:30"),
        ("The answer is 1.5e3", "1500"),
        ("It is 2^10", "2^10"),
        ("It is 1.2.3", "it is 1.2.3"),
        ("Answer: 5 apples and 3 pears", "5 apples and 3 pears"),
        ("So x = 3 and y = 4", "so x = 3 and y = 4"),
        ("So 2 + 2 = 4", "4"),
        ("It takes 2 hours 30 minutes", "it takes 2 hours 30 minutes"),
        ("The answer is not 5.", "not 5"),
        ("The answer is 10 dollars (20% of 50)", "10 dollars (20% of 50)"),
        ("", ""),
        ("\n---\n", ""),
    ],
)
def test_an_answer_comes_to_one_comparable_thing(text: str, final: str) -> None:
    assert final_answer(text) == final


@given(st.text(max_size=60))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_no_text_raises_and_a_marked_answer_agrees_with_itself_bare(text: str) -> None:
    assert final_answer(final_answer(text)) == final_answer(final_answer(final_answer(text)))
    assert shares([text, text, text]) == [1.0, 1.0, 1.0]


def test_shares_count_who_comes_to_the_same() -> None:
    assert shares(["It is 4.", "2 + 2 = 4.0", "So: 5", "four"]) == [0.5, 0.5, 0.25, 0.25]
    assert shares([]) == []


def test_the_best_score_wins_and_the_earliest_of_equals() -> None:
    assert best([3, 9, 9]) == 1
    assert best([None, -2, None, -1]) == 3
    assert best([0, 0]) == 0
    assert best([None, None]) is None and best([]) is None
