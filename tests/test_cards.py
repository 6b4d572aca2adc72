"""The page of published networks says what the cards say."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

import cards  # noqa: E402 - the path to it is set just above

from ganlib import zoo  # noqa: E402


def test_every_fact_of_every_card_is_in_its_section():
    for name in zoo.names():
        text = cards.section(zoo.card(name))
        assert text.startswith(f"## `{name}`\n")
        for fact, value in cards.flat(zoo.card(name)):
            if fact != "name":
                assert cards.shown(value) in text
                assert fact in text or fact == "summary"


def test_values_are_shown_for_people():
    assert cards.shown([0.5, 0.999]) == "0.5, 0.999"
    assert cards.shown([]) == "none"
    assert cards.shown(50_000) == "50,000"
    assert cards.shown(0.0123456) == "0.01235"
    assert cards.shown("ab" * 32) == f"`{'ab' * 32}`"


def test_nested_facts_are_named_by_their_way():
    assert list(cards.flat({"a": {"b": 1}, "c": 2})) == [("a: b", 1), ("c", 2)]
