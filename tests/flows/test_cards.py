from datetime import timedelta

import pytest

from bot.flows.approving import Answer
from bot.flows.ruling import Choice
from bot.model.amendment import Step, Why
from bot.model.broadcast import Verb
from bot.model.delivery import Fate, Receipt
from bot.model.message import Message
from bot.model.organiser import CardKind
from bot.model.subscriber import EndedReason
from bot.store import Store
from bot.store.cards import forget_unreached, list_copies, list_unreached
from bot.store.schema import broadcasts
from tests.flows.organising import OLWEN, TOMOS, Organising, labels

GROUP = -1001
NEVER_STARTED = Receipt(fate=Fate.GONE, reason="chat not found", ended_reason=EndedReason.NOT_FOUND)


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store)
    await organising.open()
    return organising


async def test_with_a_review_chat_cards_go_there_only(store: Store) -> None:
    desk = Organising(store, review_chat=GROUP)
    await desk.open()
    await desk.wait()
    assert await desk.cards.tick() == 1
    assert list(desk.chats) == [GROUP]


async def test_where_the_review_chat_cannot_be_written_to_the_owners_get_the_cards(store: Store) -> None:
    desk = Organising(store, review_chat=GROUP, refusals={GROUP: [NEVER_STARTED]})
    await desk.open()
    await desk.wait()
    await desk.cards.tick()
    await desk.cards.tick()
    assert sorted(desk.chats) == [OLWEN, TOMOS]


async def test_a_card_is_sent_once_however_often_the_clock_beats(desk: Organising) -> None:
    await desk.wait()
    for _ in range(3):
        await desk.cards.tick()
        desk.restart()
    assert desk.posts == 2


@pytest.mark.parametrize("fate", [Fate.LATER, Fate.NOT_SENT, Fate.REVOKED])
async def test_a_card_that_telegram_did_not_take_is_sent_at_the_next_beat(desk: Organising, fate: Fate) -> None:
    desk.refusals = {TOMOS: [Receipt(fate=fate)]}
    await desk.wait()
    assert await desk.cards.tick() == 1
    assert await desk.cards.tick() == 1
    assert len(desk.texts(OLWEN)) == len(desk.texts(TOMOS)) == 1


async def test_a_chat_that_telegram_wants_left_alone_is_left_alone_so_long_and_the_others_are_not(
    desk: Organising,
) -> None:
    desk.refusals = {TOMOS: [Receipt(fate=Fate.LATER, retry_after=30), Receipt(fate=Fate.GONE)]}
    await desk.wait()
    assert await desk.cards.tick() == 1
    desk.now += timedelta(seconds=29)
    await desk.wait("doubtful", "Another report")
    assert await desk.cards.tick() == 1
    assert await desk.cards.show(TOMOS) == (2, 0)
    assert len(desk.refusals[TOMOS]) == 1
    desk.refusals = {}
    desk.now += timedelta(seconds=1)
    assert await desk.cards.tick() == 2
    assert len(desk.texts(OLWEN)) == len(desk.texts(TOMOS)) == 2


async def test_an_edit_waits_as_long_as_telegram_asks(desk: Organising) -> None:
    await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert await desk.review.decide(card.id, Choice.DISMISS, by=OLWEN)
    desk.refusals = {TOMOS: [Receipt(fate=Fate.LATER, retry_after=30)]}
    assert [await desk.cards.tick() for _ in range(2)] == [2, 0]
    assert labels(desk.newest(OLWEN)) == []
    assert labels(desk.newest(TOMOS)) != []
    desk.now += timedelta(seconds=30)
    assert [await desk.cards.tick() for _ in range(2)] == [2, 0]
    assert labels(desk.newest(TOMOS)) == []


async def test_a_card_without_an_answer_is_tried_once_more_after_a_while_and_then_counts_as_sent(
    desk: Organising,
) -> None:
    desk.refusals = {TOMOS: [Receipt(fate=Fate.UNKNOWN), Receipt(fate=Fate.UNKNOWN), Receipt(fate=Fate.UNKNOWN)]}
    await desk.wait()
    await desk.cards.tick()
    await desk.cards.tick()
    assert len(desk.refusals[TOMOS]) == 2
    for _ in range(3):
        desk.now += timedelta(seconds=60)
        await desk.cards.tick()
    assert len(desk.refusals[TOMOS]) == 1
    desk.refusals = {}
    assert await desk.cards.show(TOMOS) == (1, 1)


async def test_a_card_that_was_not_lost_at_the_second_try_is_kept(desk: Organising) -> None:
    desk.refusals = {TOMOS: [Receipt(fate=Fate.UNKNOWN)]}
    await desk.wait()
    await desk.cards.tick()
    desk.now += timedelta(seconds=60)
    assert [await desk.cards.tick() for _ in range(2)] == [1, 0]
    assert len(desk.texts(TOMOS)) == 1


async def test_the_words_come_once_however_often_the_card_below_them_is_refused(desk: Organising) -> None:
    await desk.callers(501)
    await desk.submitted()
    sent = desk.post
    answers = [sent, refuse_later, refuse_later, sent, sent]

    async def post(chat_id: int, message: Message) -> Receipt:
        return await (answers.pop(0) if chat_id == TOMOS else sent)(chat_id, message)

    desk.post = post  # type: ignore[method-assign]
    desk.restart()
    for _ in range(4):
        await desk.cards.tick()
    assert len(desk.texts(TOMOS)) == 2
    assert len(answers) == 1


async def refuse_later(_chat_id: int, _message: Message) -> Receipt:
    return Receipt(fate=Fate.LATER, reason="too many requests")


async def test_an_owner_who_never_started_the_bot_is_passed_over_until_they_do(desk: Organising) -> None:
    desk.refusals = {TOMOS: [NEVER_STARTED]}
    await desk.wait()
    await desk.cards.tick()
    await desk.cards.tick()
    assert TOMOS not in desk.chats
    async with desk.store.write() as connection:
        assert list(await list_unreached(connection)) == [TOMOS]
        assert await forget_unreached(connection, TOMOS) == 1
    await desk.cards.tick()
    assert len(desk.texts(TOMOS)) == 1
    async with desk.store.read() as connection:
        assert list(await list_unreached(connection)) == []


async def test_a_notice_is_told_to_everybody_once_and_asks_for_nothing(desk: Organising) -> None:
    await desk.tell("refused", reason="can't parse <entities>", skipped=3)
    for _ in range(2):
        await desk.cards.tick()
    for person in (OLWEN, TOMOS):
        (text,) = desk.texts(person)
        assert "can't parse &lt;entities&gt;" in text
        assert labels(desk.newest(person)) == []
    assert [card.decision for card in await desk.all_cards()] == ["told"]


async def test_asking_again_sends_what_waits_once_more_and_only_the_new_copy_is_kept(desk: Organising) -> None:
    await desk.wait()
    await desk.tell("refused", reason="x", skipped=0)
    await desk.cards.tick()
    assert await desk.cards.show(OLWEN) == (1, 1)
    assert len(desk.texts(OLWEN)) == 3
    (card,) = await desk.all_cards(CardKind.STORY)
    async with desk.store.read() as connection:
        copies = await list_copies(connection, card.id)
    newest = max(desk.chats[OLWEN])
    assert {copy.chat_id: copy.message_id for copy in copies}[OLWEN] == newest


async def test_asking_again_leaves_out_what_was_decided_and_only_goes_on(desk: Organising) -> None:
    await desk.callers(501)
    call = await desk.submitted()
    assert await desk.cards.show(TOMOS) == (1, 1)
    assert await desk.press(call, Verb.APPROVE, by=TOMOS) is Answer.DONE
    assert await desk.cards.show(TOMOS) == (0, 0)
    desk.now += timedelta(hours=1)
    await desk.dispatch.tick()
    sent = await desk.current(call)
    assert sent.message_id is not None
    begun = await desk.correcting.begin(sent.message_id, by=OLWEN)
    assert begun is not None
    draft = await desk.correcting.write(begun, "Wrong day.", "Wrong day.")
    assert draft is not None
    assert await desk.correcting.press(draft.id, Step.SUBMIT, draft.digest[:12], by=OLWEN) is Answer.DONE
    assert await desk.cards.show(TOMOS) == (1, 1)
    assert await desk.correcting.withdraw(sent.message_id, Why.MISTAKE, by=OLWEN) is Answer.DONE
    assert [card.kind for card in await desk.all_cards() if card.decided_at is None].count(CardKind.AMENDMENT) == 1
    assert await desk.cards.show(TOMOS) == (0, 0)


async def test_asking_again_says_how_much_there_is_where_it_is_too_much(desk: Organising) -> None:
    for number in range(12):
        await desk.wait("doubtful", f"Report {number}")
    assert await desk.cards.show(OLWEN) == (12, 10)


async def test_an_edit_that_telegram_did_not_take_is_made_at_the_next_beat(desk: Organising) -> None:
    await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert await desk.review.decide(card.id, Choice.DISMISS, by=OLWEN)
    desk.refusals = {TOMOS: [Receipt(fate=Fate.LATER)]}
    await desk.cards.tick()
    assert labels(desk.newest(TOMOS)) != []
    await desk.cards.tick()
    assert labels(desk.newest(TOMOS)) == []


async def test_the_others_see_a_broadcast_exactly_as_readers_would_and_its_author_only_how_it_stands(
    desk: Organising,
) -> None:
    await desk.callers(501)
    await desk.submitted()
    await desk.cards.tick()
    preview, card = desk.texts(TOMOS)
    assert preview.startswith("Write to <b>your MP</b>.\n\n")
    assert "yes to calls to action" in preview
    assert "It reaches one person" in card
    assert labels(desk.newest(TOMOS)) == ["Approve", "Reject"]
    (own,) = desk.texts(OLWEN)
    assert "The other organisers have been asked" in own
    assert labels(desk.newest(OLWEN)) == []


async def test_a_card_whose_broadcast_is_gone_says_that_it_is_void(desk: Organising) -> None:
    await desk.callers(501)
    await desk.submitted()
    async with desk.store.write() as connection:
        await connection.execute(broadcasts.delete())
    (card,) = await desk.all_cards(CardKind.BROADCAST)
    assert "Not sent" in (await desk.cards.render(card, TOMOS)).text
    await desk.cards.tick()
    assert "Not sent" in desk.newest(TOMOS).text


async def test_a_card_follows_its_broadcast_to_the_end(desk: Organising) -> None:
    await desk.callers(501)
    broadcast = await desk.submitted()
    await desk.cards.tick()
    await desk.press(broadcast, Verb.APPROVE, by=TOMOS)
    await desk.cards.tick()
    assert "Sending begins at 25 November 2026" in desk.newest(TOMOS).text
    await desk.beat(seconds=61)
    await desk.beat()
    card = next(text for text in desk.texts(TOMOS) if "Done" in text)
    assert "1 of 1 got it" in card


async def test_no_approval_is_asked_where_the_words_were_not_shown(desk: Organising) -> None:
    await desk.callers(501)
    await desk.submitted()
    desk.refusals = {TOMOS: [Receipt(fate=Fate.NOT_SENT)]}
    await desk.cards.tick()
    assert TOMOS not in desk.chats
    await desk.cards.tick()
    assert len(desk.texts(TOMOS)) == 2


async def test_a_card_that_telegram_refuses_comes_without_markup_and_links(desk: Organising) -> None:
    desk.refusals = {TOMOS: [Receipt(fate=Fate.BAD_CONTENT, reason="BUTTON_URL_INVALID")]}
    await desk.wait()
    await desk.cards.tick()
    assert "<b>" not in desk.newest(TOMOS).text
    assert labels(desk.newest(TOMOS)) == ["Publish", "Dismiss", "Edit"]


async def test_a_long_burst_can_be_chosen_from_to_its_end(desk: Organising) -> None:
    stories = [await desk.wait("fuse", f"Report {number}") for number in range(14)]
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    for story in stories[:12]:
        assert await desk.review.decide(card.id, Choice.DISMISS, by=OLWEN, story_id=story)
    await desk.cards.tick()
    assert labels(desk.newest(TOMOS)) == ["Publish 1", "Dismiss 1", "Publish 2", "Dismiss 2", "Back"]
    (card,) = await desk.all_cards()
    assert "Publish all" in labels(await desk.cards.render(card, TOMOS, choosing=False))
