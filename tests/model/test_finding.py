"""A page that grows is known by the headings it gains."""

from bot.model.finding import Finding, list_new_headings


def test_new_headings_are_those_that_a_page_did_not_have() -> None:
    before = Finding(title="Urgent notification", headings=("Letter – 6 February 2030",))
    after = Finding(title="Urgent notification", headings=("Letter - 6 February 2030", "Action plan, 5 March 2030"))
    assert list_new_headings(before, after) == ("Action plan, 5 March 2030",)
    assert list_new_headings(after, before) == ()
