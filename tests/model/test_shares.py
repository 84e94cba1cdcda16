from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import FEWEST
from bot.model.statistics import share, shown

COUNTS = st.dictionaries(st.text(max_size=3), st.integers(min_value=0, max_value=40), max_size=8)


def test_a_part_under_ten_is_told_with_another_so_that_subtraction_gives_neither() -> None:
    shares = share({"leaflet": 30, "poster": 12, "stall": 3})
    assert (shares.total, shares.parts, shares.others) == (45, (("leaflet", 30),), 15)
    shares = share({"leaflet": 30, "poster": 6, "stall": 5})
    assert (shares.parts, shares.others) == ((("leaflet", 30),), 11)


def test_of_fewer_than_ten_nothing_is_told() -> None:
    assert share({"leaflet": 9}).total is None
    assert share({}).total is None
    assert (shown(9), shown(10)) == (None, 10)


@given(COUNTS)
def test_what_is_told_adds_up_and_no_number_is_under_ten(counts: dict[str, int]) -> None:
    shares = share(counts)
    if shares.total is None:
        assert sum(counts.values()) < FEWEST
        assert (shares.parts, shares.others) == ((), 0)
        return
    told = [number for _, number in shares.parts]
    assert sum(told) + shares.others == shares.total
    assert all(number >= FEWEST for number in told)
    assert not 0 < shares.others < FEWEST
    hidden = [n for name, n in counts.items() if n and name not in dict(shares.parts)]
    assert len(hidden) != 1 or hidden[0] >= FEWEST
