"""What is hidden, by examples that can be done by hand; the minimum is 5 throughout."""

from __future__ import annotations

from collections.abc import Callable

from cxmaturity.anonymity.release import Release, open_release, release
from cxmaturity.responses.model import Responses

People = Callable[..., Responses]


def shown(result: Release, attribute: str, question: str = "q") -> str:
    """The names of the groups whose answers are shown, in a row."""
    grouping = result.responses.attributes[attribute]
    return "".join(
        name for number, name in enumerate(grouping.names) if result.shown(attribute, [question])[number]
    )


def sizes(result: Release, attribute: str) -> str:
    """The names of the groups of which it is shown how many people they have."""
    names = result.responses.attributes[attribute].names
    return "".join(name for name, seen in zip(names, result.sizes[attribute].tolist(), strict=True) if seen)


def of(responses: Responses) -> Release:
    """What may be shown with a minimum of 5."""
    return release(responses, 5, free_text=None)


def mixed(count: int) -> str:
    """Answers of which no five in a row are alike."""
    return ("12345" * count)[:count]


# ------------------------------ one attribute: the remainder rule


def test_with_one_small_group_the_next_larger_is_hidden_with_it(people: People) -> None:
    # a 3, b 6, c 7, d 10: a is under 5. All 26 - b - c - d would be a, so b goes as well: 9 are hidden
    result = of(people({"role": "a" * 3 + "b" * 6 + "c" * 7 + "d" * 10}, {"q": mixed(26)}))
    assert (shown(result, "role"), sizes(result, "role")) == ("cd", "cd")


def test_small_groups_that_hide_each_other_need_no_other(people: People) -> None:
    # a 3 and b 4 are 7 together, which is what all 24 - c - d gives: 7 >= 5
    result = of(people({"role": "a" * 3 + "b" * 4 + "c" * 7 + "d" * 10}, {"q": mixed(24)}))
    assert shown(result, "role") == "cd"


def test_small_groups_that_are_too_few_together_need_another(people: People) -> None:
    # a 1 and b 3 are 4 together; with c they are 11
    result = of(people({"role": "a" + "b" * 3 + "c" * 7 + "d" * 10}, {"q": mixed(21)}))
    assert shown(result, "role") == "d"


def test_those_without_a_group_are_a_remainder_too(people: People) -> None:
    # all 15 - a - b are the 3 of whom the role is not known
    result = of(people({"role": "a" * 5 + "b" * 7 + " " * 3}, {"q": mixed(15)}))
    assert shown(result, "role") == "b"


def test_without_small_groups_everything_is_shown(people: People) -> None:
    result = of(people({"role": "a" * 5 + "b" * 7}, {"q": mixed(12), "r": mixed(12)}))
    assert (shown(result, "role", "q"), shown(result, "role", "r"), result.whole) == ("ab", "ab", frozenset())


def test_a_question_counts_who_answered_it(people: People) -> None:
    # a has 6 people of whom 3 answered: hidden, and with it b, the smaller of the others by answers
    answers = "123..." + mixed(7) + mixed(8)
    result = of(people({"role": "a" * 6 + "b" * 7 + "c" * 8}, {"q": answers, "r": mixed(21)}))
    assert (shown(result, "role", "q"), shown(result, "role", "r")) == ("c", "abc")


def test_a_group_that_was_not_asked_hides_nobody(people: People) -> None:
    # b was not asked at all: that all 12 answers are a's is no secret, and b's none is shown as none
    result = of(people({"role": "a" * 12 + "b" * 6}, {"q": mixed(12) + "-" * 6}))
    assert shown(result, "role") == "ab"


def test_few_who_do_not_know_are_not_shown_either(people: People) -> None:
    # of b 2 were heard, and neither knew; a is what remains of the whole, so it is hidden with b
    result = of(people({"role": "a" * 12 + "b" * 6}, {"q": mixed(12) + "??...."}))
    assert shown(result, "role") == ""


def test_a_group_in_which_nobody_knew_is_not_shown(people: People) -> None:
    # b: 6 heard, 0 answered, so everybody's "don't know" would be known; c goes with it
    result = of(people({"role": "a" * 9 + "b" * 6 + "c" * 7}, {"q": mixed(9) + "?" * 6 + mixed(7)}))
    assert shown(result, "role") == "a"


# ------------------------------ all of one answer


def test_a_group_of_one_mind_is_hidden_with_its_complement(people: People) -> None:
    # a: six times 4, so the distribution is everybody's answer; all - b - c is a, so b goes as well
    result = of(people({"role": "a" * 6 + "b" * 7 + "c" * 8}, {"q": "4" * 6 + mixed(7) + mixed(8)}))
    assert shown(result, "role") == "c"
    assert sizes(result, "role") == "abc"  # how many there are tells nothing of it


def test_two_groups_of_the_same_mind_do_not_hide_each_other(people: People) -> None:
    # all - c - d is a and b together: thirteen times 4. With c there are other answers among them
    answers = "4" * 6 + "4" * 7 + mixed(8) + mixed(9)
    result = of(people({"role": "a" * 6 + "b" * 7 + "c" * 8 + "d" * 9}, {"q": answers}))
    assert shown(result, "role") == "d"


def test_two_groups_of_different_minds_hide_each_other(people: People) -> None:
    answers = "4" * 6 + "2" * 7 + mixed(8) + mixed(9)
    result = of(people({"role": "a" * 6 + "b" * 7 + "c" * 8 + "d" * 9}, {"q": answers}))
    assert shown(result, "role") == "cd"


def test_a_question_that_all_answered_alike_is_hidden_as_a_whole(people: People) -> None:
    result = of(people({"role": "a" * 6 + "b" * 7}, {"q": "4" * 13, "r": mixed(13)}))
    assert result.whole == result.responses.hidden == {"q"}
    assert (shown(result, "role", "q"), shown(result, "role", "r")) == ("", "ab")


# ------------------------------ several attributes


def test_groups_within_groups(people: People) -> None:
    # country R holds departments a 6 and b 3, country S holds c 8 and d 9. b is under 5, and R - a = 9 - 6
    # is b. So a goes. Now R = 9, all - R = 17 = c + d: nothing about fewer than 5
    result = of(
        people(
            {
                "department": "a" * 6 + "b" * 3 + "c" * 8 + "d" * 9,
                "country": "R" * 9 + "S" * 17,
            },
            {"q": mixed(26)},
        )
    )
    assert (shown(result, "department"), shown(result, "country")) == ("cd", "RS")


def test_two_large_groups_that_differ_by_two_people(people: People) -> None:
    # department s 8 are role l 6 and 2 of role f: s - l is those two. l, the smallest needed, goes, with
    # f, which is all - l
    result = of(people({"role": "l" * 6 + "f" * 12, "department": "s" * 8 + "t" * 10}, {"q": mixed(18)}))
    assert (shown(result, "role"), shown(result, "department")) == ("", "st")


def test_margins_of_two_attributes_that_give_away_a_crossing(people: People) -> None:
    # people in (role, department): (a, x) 8, (a, y) 1, (b, y) 9, (b, z) 9. Though a 9, b 18, x 8, y 10, z 9:
    # a - x = (a, y) is one person. x 8 is the smaller of a and x, and as all - y - z would be x, z goes too
    result = of(
        people(
            {
                "role": "a" * 9 + "b" * 18,
                "department": "x" * 8 + "y" * 10 + "z" * 9,
            },
            {"q": mixed(27)},
        )
    )
    # left: all - y = x + z, 17 people; b - y = (b, z) - (a, y), 10 people; a - y = (a, x) - (b, y), 17 people
    assert shown(result, "role") == "ab"
    assert shown(result, "department") == "y"


def test_without_attributes_only_the_whole_is_looked_at(people: People) -> None:
    result = of(people({}, {"q": "1234", "r": "...."}))
    assert result.whole == {"q"}


def test_groups_whose_size_is_hidden_show_no_answers_either(people: People) -> None:
    # a 3 is hidden and b 5 with it. q was not asked of a, so all - c would be what b answered: c goes, too
    result = of(people({"role": "a" * 3 + "b" * 5 + "c" * 9}, {"q": "---" + mixed(14)}))
    assert (sizes(result, "role"), shown(result, "role")) == ("c", "")


def test_a_hidden_group_that_is_everybody_who_answered_hides_no_other(people: People) -> None:
    # S is one person, so the sizes of R and S are hidden. S did not answer: what everybody answered is what R
    # did. That a + b, and x, come to the same gives nothing more away
    result = of(
        people(
            {"role": "a" * 6 + "b" * 7, "department": "x" * 13, "country": "R" * 12 + "S"},
            {"q": mixed(12) + "."},
        )
    )
    assert (sizes(result, "country"), shown(result, "country")) == ("", "")
    assert (shown(result, "role"), shown(result, "department")) == ("ab", "x")


def test_among_named_people_everything_is_shown(people: People) -> None:
    result = open_release(people({"role": "abb"}, {"q": "333"}), None)
    assert (shown(result, "role"), sizes(result, "role"), result.whole) == ("ab", "ab", frozenset())
    assert result.responses.respondents == ("r0", "r1", "r2")
