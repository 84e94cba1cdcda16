from bot.model.organiser import MAY, Act, Role, may


def test_every_act_is_in_the_table_and_nobody_without_a_role_does_any() -> None:
    assert set(MAY) == set(Act)
    assert all(may(Role.OWNER, act) for act in Act)
    assert not any(may(None, act) for act in Act)


def test_who_may_do_less_may_do_nothing_that_the_others_may_not() -> None:
    allowed = [{act for act in Act if may(role, act)} for role in (Role.VIEWER, Role.REVIEWER, Role.ORGANISER)]
    assert allowed[0] == {Act.SEE}
    assert allowed[0] < allowed[1] < allowed[2] < set(Act)
