# Calls to action, as organisers write, approve and send them. Telegram HTML, but for the keys under "Plain text".

## Writing.

broadcast-prompt =
    <b>A call to action.</b> Please send it as your next message here, as readers should see it: a text, or a photo or document with its text below. Bold, italics and links are kept.
    Nothing is sent to anybody before you have seen it and a second organiser has approved it.
rehearse-prompt =
    <b>A rehearsal.</b> Please send a call to action as your next message here. Everything goes as it would, with a second person’s approval, but it can reach organisers only, and says so.
broadcast-prompt-again = <b>Please send the new text</b> as your next message here, with its photo or document if it has one. The old one is void.
broadcast-private = Please do that in a private chat with this bot.
broadcast-kinds = A call to action can be a text, a photo or a document. Please send it as one of these.
broadcast-no-album = That is several pictures in one. Please send a single photo, with the text below it.
broadcast-no-poll =
    A poll cannot be sent this way: in private chats each reader would get a poll of their own, with one vote in it.
    Please write the question as a text, then choose “Buttons” and “Ask a question”: its buttons count.
broadcast-refused = { $reason }
broadcast-next-single = <b>This bot is set up with a single organiser:</b> you may approve it yourself. Nothing is sent before.
broadcast-submitted = <b>Submitted.</b> The other organisers have been asked to approve it. Nothing is sent before. If it is changed, they are asked again.
broadcast-submitted-single = <b>Submitted.</b> You may approve it yourself, on the card that follows.
broadcast-submitted-alone = <b>Submitted, but nobody else can approve it:</b> this bot knows no other organiser who may. Who wrote it cannot, and nor can somebody whom its writer invited, unless they are an owner. An owner can /invite one.
broadcast-approved = <b>Approved.</b> A change takes the approval back.
broadcast-moved = That call to action is not waiting for this any more. /broadcast begins another.
broadcast-discarded = <b>Discarded.</b> Nothing was sent.

## The panel of a draft.

panel-main = “Preview” sends it to you exactly as readers would get it. “Submit” looks at its links and asks a second organiser to approve it. Nothing is sent before.
panel-buttons = <b>Buttons under it.</b> “Done” and the answers of a question count who presses them; a number below ten is shown to nobody.
panel-audience = <b>Who gets it,</b> of all who said yes to calls to action. Each filter makes it fewer.
panel-expiry = <b>When it is worthless.</b> Who has not got it by then does not get it at all.
panel-time = <b>When it is sent,</b> once it is approved.
panel-languages = Languages: { $names }.
panel-language-en = English
panel-language-cy = Welsh
panel-with-photo = With a photo.
panel-with-document = With a document.
panel-link = Button “{ $label }”: { $url }
panel-done = Button “Done”, which counts.
panel-question = Counting answers: { $options }.
panel-share = Button “Share”.

terms-lasts = Worthless { $hours } hours after sending begins.
terms-expiry = Worthless after <b>{ $until }</b>.
terms-now = Sent when it is approved{ $at }.
terms-at = Sent at <b>{ $at }</b>, not before.
terms-waking = Sent in each person’s waking hours: never in their quiet hours, or at night where they chose none{ $at }.
terms-reach = { $reach ->
    [0] <b>It reaches nobody.</b>
    [one] <b>It reaches one person</b> and takes about { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }.
   *[other] <b>It reaches { $reach } people</b> and takes about { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }.
}
terms-cost = At this pace Telegram charges about <b>{ $stars } Stars</b> for it.
terms-dead = <b>A link does not answer:</b> { $url } ({ $answer })
terms-anyway = { $who } wants to send it anyway.

audience-all = For everybody who said yes to calls to action.
audience-some = For those who said yes to calls to action: { $filters }.
audience-follows = who follow { $names } in particular
audience-language-en = who read English
audience-language-cy = who read Welsh
audience-rested = whom nothing of ours reached in the last { $days } days
audience-test = organisers only, as a test
audience-retry = whom call to action { $number } failed to reach
audience-rehearsal = <b>For organisers only: this is a rehearsal.</b>

ask-welsh = <b>Please send the Welsh text</b> as your next message here. Readers of Welsh get it instead of the English one, under the same photo or document.
ask-link = <b>Please send the button’s words and its address</b> in one message, like this: Write to your MP https://example.org/write
ask-question = <b>Please send the answers,</b> two to six, each on a line of its own. The question itself belongs in the text.
ask-place = <b>Please send the name of a place or topic.</b> Whoever follows it in particular gets the call.
ask-expiry = <b>After when is it worthless?</b> For example: Friday 18:00, or 27 Nov 18:00, or in 6 hours.
ask-start = <b>When is it to be sent?</b> For example: Friday 18:00, or 27 Nov 18:00, or tomorrow 9:30.
ask-reason = <b>Why is call to action { $number } rejected?</b> Please send the reason as your next message here; its author will read it.
draft-taken = Noted. The draft above shows it.
draft-words-only = That needs words. Please send it as a text message.

## Its card.

stage-rehearsal = <b>REHEARSAL</b>
stage-heading = <b>Call to action { $number }</b>, written by { $who }: “{ $excerpt }”
stage-submitted = <b>It waits for a second person.</b> It is above, exactly as readers would get it.
stage-submitted-own = <b>It waits for a second person.</b> The other organisers have been asked.
stage-cooling = <b>Approved</b> by { $approver }. Sending begins at { $at }{ $seconds ->
    [0] .
    [one] , in one second.
   *[other] , in { $seconds } seconds.
} Until then any organiser can cancel it.
stage-sending = <b>It is being sent</b> to { $targeted }, approved by { $approver }. “Stop” ends it for everybody who has not got it yet.
stage-stopping = <b>Stopped</b> by { $who }. What was on its way is still being counted.
stage-done = <b>Done</b>, approved by { $approver }.
stage-done-stopped = <b>Stopped</b> by { $who }, after it was approved by { $approver }.
stage-rejected = <b>Rejected</b> by { $who }. Nothing was sent.
stage-cancelled = <b>Cancelled</b> by { $who }. Nothing was sent.
stage-edited = <b>Taken back</b> to change it. Nothing was sent.
stage-void = <b>Not sent:</b> the approval does not hold any more, because the text or the organisers have changed, or too much time has passed. Please write it again.
stage-single = <b>Author and approver are the same person:</b> this bot is set up with a single organiser.
stage-reason = The reason: { $reason }
stage-reason-wording = The reason: its wording.
stage-reason-facts = The reason: a fact in it is wrong or not shown.
stage-reason-timing = The reason: this is not the time.
stage-reason-audience = The reason: it is for other people.

receipt =
    { $sent } of { $targeted } got it. Failed: { $failed }. Not reachable any more: { $gone }. Too late: { $expired }. Skipped: { $skipped }. Nobody knows whether it arrived: { $unknown }.{ $waiting ->
        [0] {""}
       *[other] {" "}Waiting: { $waiting }.
    }
    { $sum } = { $targeted } targeted.
receipt-sum = { $sent } + { $failed } + { $gone } + { $expired } + { $skipped } + { $unknown }{ $waiting ->
        [0] {""}
       *[other] {" "}+ { $waiting }
    }
receipt-mark = “{ $label }”: { $count }
receipt-mark-few = “{ $label }”: fewer than { $few }
progress-pace = About { $pace } a second; { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
} to go.
progress-paused = <b>Paused.</b> { $waiting } wait until somebody presses “Resume”.
progress-frozen = <b>All bulk sending is stopped</b> (/stopall). Only an owner lifts that.
progress-until = Worthless after { $until }.

## Plain text: what goes into a call, buttons, notices.

call-signature = – { $organisation }
call-rehearsal = REHEARSAL – this is sent to organisers only
call-empty = A call to action needs some words.
call-too-long = That is too long: { $length } characters, and at most { $limit } fit. Please shorten it.
call-caption-too-long = That is too long to stand under a photo or document: { $length } characters, and at most { $limit } fit. Please shorten it, or send it as a text.
call-other-too-long = The Welsh text is too long to stand under a photo or document: at most { $limit } characters fit. Please shorten it first.
broadcast-telegram-refused = Telegram does not take it like this: { $reason }. Please send it again with simpler formatting.
draft-not-link = That is not a button’s words (at most 40 characters) and an https address. Like this: Write to your MP https://example.org/write
draft-not-question = A question needs two to six different answers of at most 40 characters, each on a line of its own.
draft-not-moment = That is not a time to come. Like this: Friday 18:00, or 27 Nov 18:00, or in 6 hours.
draft-not-place = No single place or topic has that name. Please write it as /prison shows it.

draft-welsh = Welsh text
draft-page-main = Back
draft-page-buttons = Buttons
draft-page-audience = Audience
draft-page-expiry = Expiry
draft-page-time = Time
draft-preview = Preview, to me
draft-anyway = Send anyway
draft-link = Add a link
draft-share-on = Add “Share”
draft-share-off = Remove “Share”
draft-done-on = Add “Done”
draft-done-off = Remove “Done”
draft-question = Ask a question
draft-clear = Remove links and answers
draft-topic = { $label }
draft-place = A place …
draft-lang-en = English
draft-lang-cy = Welsh
draft-rested = Not reached this week
draft-test = Test: organisers
draft-everybody = Everybody
draft-hours = After { $hours } hours
draft-expiry = At a time …
draft-start-now = When approved
draft-start-waking = In waking hours
draft-start = At a time …

button-call-submit = Submit
button-call-edit = Edit
button-call-change = Change the rest
button-call-discard = Discard
button-call-approve = Approve
button-call-reject = Reject
button-call-cancel = Cancel
button-call-pause = Pause
button-call-resume = Resume
button-call-stop = Stop
button-figures = Figures (CSV)
button-retry = Retry the failed
button-reject-wording = The wording
button-reject-facts = A fact
button-reject-timing = The time
button-reject-audience = The audience
button-reject-other = Another reason …
button-reject-back = Back

notice-done = Done.
notice-changed = This is old: it has moved on since. Nothing was changed.
notice-own = You wrote this, so another organiser must approve it.
notice-related = You and its writer: one invited the other. Somebody else must approve it.
notice-author-only = Only its author can do that.
notice-nobody = Nobody would get it: nobody fits, or nobody has said yes to calls to action.
notice-amended = It has been corrected or withdrawn since it was sent, so it is not sent again. Please write it anew.
notice-dead-link = A link does not answer. Please change it, or press “Send anyway”.
notice-expired = It would be worthless before it is sent. Please choose a later time.
notice-past = The time at which it was to be sent is past. Please choose another.
notice-reason = Please choose the reason.
notice-type-reason = Please write the reason to the bot in private.
notice-retried = Submitted: a second organiser is asked to approve it.

menu-rehearse = Rehearse a call to action
