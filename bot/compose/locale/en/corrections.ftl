# What organisers see of corrections and withdrawals. Telegram HTML, but for the keys under "Plain text".

fix-list = <b>Which message?</b> These are the newest. You can also send /correct with a number, or as a reply to your own copy of the message.
fix-none = Nothing has been sent that could be corrected or withdrawn.
fix-unknown = There is no alert or broadcast of that number. /correct alone lists the newest.
fix-private = A correction is written in a private chat with this bot: please send it /correct { $number } there.
fix-message = <b>Message { $number }</b>, sent on { $date }: “{ $title }”
    { $sent ->
        [one] One copy has been delivered
       *[other] { $sent } copies have been delivered
    }{ $waiting ->
        [0] .
       *[other] , { $waiting } are on their way.
    }
fix-was-withdrawn = It was withdrawn on { $date }. There is nothing left to correct.
fix-was-corrected = It was corrected on { $date }.
fix-options =
    “Correct” changes every copy, with a visible note; a second organiser approves it first.
    “Withdraw” takes every copy away at once, by your word alone. Telegram lets a bot delete what is less than 48 hours old; older copies are changed to say that they were withdrawn.
fix-sure =
    <b>Withdraw message { $number } for everybody?</b> “{ $title }”
    Say why: that begins it, at once. It cannot be undone. The reason stands in the public log; the message itself does not.

correction-note-prompt = <b>What was wrong?</b> Please send it as your next message here, in a sentence or two of your own. Readers see it on top of the message, marked as a correction by the campaign.
correction-text-prompt = <b>Please send the whole corrected text</b> as your next message here. Bold, italics and links are kept.
correction-refused = { $reason }
correction-moved = That correction is not waiting for a text any more. /correct begins another.
correction-above = Above is the message as every copy will show it.
correction-told-above = Below it is what those are sent who have a copy.
correction-stays = It goes on saying what it said, below your note.
correction-anew = It is composed anew of what its page says now.
correction-sentences = { $count ->
    [one] It quotes one sentence that you chose.
   *[other] It quotes { $count } sentences that you chose.
}
correction-new-text = Its text is new.
correction-tell-no = Nobody is sent anything new: the copies change silently.
correction-tell-yes = { $count ->
    [one] The one person who has a copy is told in a short message of its own.
   *[other] The { $count } people who have a copy are told in a short message of its own.
}
correction-next = “Submit” asks a second organiser to approve it. Nothing changes before.
correction-next-single = <b>This bot is set up with a single organiser:</b> you may approve it yourself. Nothing changes before.
correction-submitted = <b>Submitted.</b> The other organisers have been asked to approve it. Nothing changes before.
correction-discarded = <b>Discarded.</b> Nothing was changed.
correction-picture = Its picture stays as it was sent.
correction-picture-bare = Its picture is not shown any more: a grey one takes its place.
correction-choose = <b>Choose the sentences that it is to quote</b> ({ $page } of { $pages }). They are the source’s own, word for word.
correction-choose-row = { $number }. { $mark }{ $sentence }
correction-no-sentences = The source has no other sentence to choose.

amendment-heading = <b>Correction { $id }</b> of message { $number } (“{ $title }”), by { $who }.
amendment-note = What was wrong: <i>{ $note }</i>
amendment-becomes = <b>As readers would get it:</b>
amendment-submitted = { $sent ->
    [one] <b>It waits for a second person.</b> It changes one delivered copy.
   *[other] <b>It waits for a second person.</b> It changes { $sent } delivered copies.
}
amendment-submitted-own = <b>It waits for a second person.</b> The other organisers have been asked.
amendment-working = <b>Copies are being corrected</b>, approved by { $approver }: { $done } so far.
amendment-done = <b>Corrected</b>, approved by { $approver }. Copies that now show it: { $changed }. Could not be changed: { $failed }.
amendment-doubted = { $count ->
    [one] One more copy may have arrived of which Telegram told us nothing, so it could not be changed.
   *[other] { $count } more copies may have arrived of which Telegram told us nothing, so they could not be changed.
}
amendment-rejected = <b>Rejected.</b> Nothing was changed.
amendment-cancelled = <b>Taken back by its author.</b> Nothing was changed.
amendment-superseded = <b>Overtaken</b> by another correction or a withdrawal.
amendment-reopened = <b>Taken back by its author</b> to be changed. Nothing was changed.
amendment-single = <b>Author and approver are the same person:</b> this bot is set up with a single organiser.

withdrawal-heading = <b>Message { $number } was withdrawn</b> by { $who }: { $why }
withdrawal-stopped = Nothing more of it is sent. Copies that have been delivered are being deleted: { $done } so far.
withdrawal-done =
    Nothing more of it is sent. Copies deleted: { $changed }. Too old to delete, and marked as withdrawn: { $marked }. Could be neither: { $failed }.
withdrawal-left = { $failed ->
    [one] <b>One copy still shows it.</b> Its reader has blocked the bot, or the chat is gone.
   *[other] <b>{ $failed } copies still show it.</b> Their readers have blocked the bot, or the chats are gone.
}

## Plain text.

button-fix = Correct or withdraw
button-fix-correct = Correct
button-fix-page = Correct it from its page
button-fix-withdraw = Withdraw
button-fix-back = No, keep it
button-why-person = It identifies somebody
button-why-wrong = It is wrong
button-why-mistake = Sent by mistake
button-why-other = Another reason
button-amend-submit = Submit
button-amend-note = Change the note
button-amend-text = Change the text
button-amend-reopen = Change it
button-amend-sentences = Choose sentences
button-amend-page = From its page now
button-amend-stays = As it was
button-amend-bare = Take its picture away
button-amend-drawn = Leave its picture
button-amend-tell = Tell those who got it
button-amend-hush = Tell nobody
button-amend-discard = Discard
button-amend-approve = Approve
button-amend-reject = Reject
button-amend-show = Show it whole
button-amend-back = Done choosing
button-amend-older = More
button-amend-newer = Back
correction-note-empty = There is no text in that. Please say in a sentence what was wrong.
correction-note-long = That is { $length } characters; a note may have { $limit }. Please say it shorter.
correction-text-long = With its note that is { $length } characters; there is room for { $limit }. Please send a shorter text.
notice-withdrawn = Withdrawn. Copies are being deleted.
menu-correct = Correct or withdraw what was sent
