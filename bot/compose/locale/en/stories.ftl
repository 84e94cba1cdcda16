# Stories as organisers decide about them, and as anyone may ask about. Telegram HTML, but for the keys under "Plain text".

## Why something was dismissed.

reason-not-ours = Reason: not ours.
reason-already-told = Reason: already told.
reason-too-old = Reason: too old.
reason-too-sensitive = Reason: too sensitive to tell.
reason-other = Reason: another one.

## A new turn of an earlier story.

alert-prior = Earlier: { $story }, { $date }

## Why something was sent.

why-heading = <b>Why you were told:</b> { $title }
why-certain = The bot was certain that it is about children in custody, and sent it by itself.
why-decided = An organiser looked at it and decided to send it.
why-for =
    <b>What spoke for it</b>
    { $points }
why-against =
    <b>What spoke against it</b>
    { $points }
why-point = • { $words }
why-number = Story { $story }. /split { $story } takes something out of it; /merge { $story } and another number makes the two one.
why-call = Our campaigners wrote this, and it was sent as they approved it.
why-digest = This lists several findings. /search finds each of them by a word of its headline.
why-none = No alert has been sent here yet, so there is nothing to explain.
why-unknown = There is nothing to explain about that message (any more). Please send /why as a reply to an alert of the last 90 days.

## Two stories that may be one.

card-merge =
    <b>These may be one event.</b> “{ $title }” fits both.
    “Merge” puts both into the earlier one. Nobody is told anything again, and /split takes it apart.
card-merge-row = Story { $number }: { $title }{ $fate }
fate-merged = {" "}– <i>put into another</i>
decided-merge = <b>Merged</b> by { $who }, { $at }.
decided-apart = <b>Kept apart</b> by { $who }, { $at }.

merge-usage = Write the numbers of two stories after the command, for example: /merge 12 15. /why as a reply to an alert tells its number.
merge-done = Stories { $one } and { $other } are one now. Nobody is told anything again.
merge-not = These cannot be merged: they are one story already, or there is no story of that number.
split-usage = Write the number of a story after the command, for example: /split 12. /why as a reply to an alert tells its number.
split-heading =
    <b>Story { $story }:</b> { $title }
    What is about another event? It gets a story of its own, which waits for review.
split-row = { $number }. { $title } ({ $source })
split-none = There is nothing to take out of that story: it has one report only, or there is no story of that number.
split-done = It is story { $story } now, and waits for review as soon as it has been read.

## Plain text: buttons, notices, menus.

button-not-ours = Not ours
button-already-told = Already told
button-too-old = Too old
button-too-sensitive = Too sensitive to tell
button-other = Another reason
button-merge = Merge
button-apart = Keep apart
button-split-one = Take out { $number }

notice-why-dismissed = Please say why.
notice-merged = Merged. Nobody is told again.
notice-apart = They stay two stories.
notice-split = Done: it is a story of its own.

menu-why = Why you were sent an alert
menu-merge = Make two stories one
menu-split = Take something out of a story
