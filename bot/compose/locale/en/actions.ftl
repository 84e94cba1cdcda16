# Asks, what people say of them, and their MP. Telegram HTML, but for the keys under "Plain text".

actions-heading = <b>What you can do now</b>
actions-none =
    <b>What you can do now</b>
    Nothing is waiting for you just now. You can write to your MP at any time: /mp finds out who that is.
actions-always = You can write to your MP at any time: /mp finds out who that is.
action-line = { $number }. <b>{ $label }</b>
action-about = { $title }
action-until = Until { $deadline }
action-answer-due = The government must answer in public by { $deadline }, 28 days after the notification.
action-answer-was-due = The government had to answer in public by { $deadline }.
action-points-heading = <b>What you could say</b>
action-point = • { $point }
action-own-words = Write in your own words, as yourself, with your name and full address. Letters that are alike are not passed on.
action-share-heading = <b>A text to share</b>
action-count = { $number } people here say that they did this.
petition-line =
    { $number ->
        [one] { $number } person has signed “{ $title }”.
       *[other] { $number } people have signed “{ $title }”.
    }
petition-closed =
    { $number ->
        [one] The petition “{ $title }” is closed; { $number } person signed it.
       *[other] The petition “{ $title }” is closed; { $number } people signed it.
    }

because-reminder = You get this because you asked for a reminder, or told us that you wrote to your MP.
reminder = You asked to be reminded: <b>{ $label }</b>
follow-up = Two weeks ago you told this bot that you wrote to your MP: <b>{ $label }</b>. Did your MP reply?
follow-up-answered = Thank you for telling us. If the answer leaves your question open, you can write again and say so.
follow-up-unanswered = Thank you for telling us. MPs get many letters: after another week or two you can write again and mention your first letter.

mp-how =
    <b>Who is your MP?</b>
    Send /mp and your postcode, for example: /mp SW1A 1AA
    The postcode is used for this answer alone: it is not kept.
mp-private = This is answered in private only, because others can read along here. Please send /mp and your postcode to this bot in a private chat.
mp-private-delete-yourself = You may want to delete your message: it has your postcode in it.
mp-found = Your constituency is <b>{ $constituency }</b>. Your MP is <b>{ $member }</b>.
mp-vacant = Your constituency is <b>{ $constituency }</b>. The seat is vacant just now: a by-election decides who will be your MP.
mp-member-unknown = Your constituency is <b>{ $constituency }</b>. Who sits for it could not be found out just now; WriteToThem knows.
mp-devolved-scotland = Prisons in Scotland are the Scottish Government’s business, and what this bot tells is about England and Wales. Your MP at Westminster can still ask about it.
mp-devolved-northern-ireland = Prisons in Northern Ireland are the business of its Department of Justice, and what this bot tells is about England and Wales. Your MP at Westminster can still ask about it.
mp-not-kept = Your postcode was used for this answer and is not kept.
mp-kept = We keep your constituency because you asked us to.
mp-unreadable = That does not look like a postcode. One looks like this: SW1A 1AA.
mp-unknown = There is no such postcode in any constituency today. It may be misspelt, or no longer in use.
mp-down = Who your MP is could not be found out just now. WriteToThem finds out by your postcode and lets you write at once.
mp-remembered = <b>{ $constituency }</b> is kept as your constituency. /mp without a postcode now answers for it.
mp-forgotten = Your constituency is not kept any more.

## Plain text: buttons, notices, menus.

share-words = { $title } ({ $source }, { $date })

button-act-done = Done
button-act-later = Later
button-act-refused = Not for me
button-act-points = What you could say
button-act-tomorrow = Tomorrow
button-act-week = In a week
button-act-due = On { $date }
button-act-back = Back
button-act-answered = Yes
button-act-unanswered = Not yet
button-marked-done = You said: done. Change
button-marked-later = Reminder on { $date }. Change
button-marked-refused = You said: not for me. Change
button-actions-list = Back to the list
button-share-inline = Share in a chat
button-mp-write = Write to your MP
button-mp-keep = Remember my constituency
button-mp-forget = Forget my constituency
button-mp-erase = Delete my message

notice-act-done = Thank you for telling us.
notice-act-done-mp = Thank you. In two weeks you will be asked whether your MP replied.
notice-act-done-count = Thank you. { $number } people here say that they did this.
notice-act-refused = Noted.
notice-act-later = You will be reminded on { $date }.
notice-act-undone = Taken back.
notice-act-private = Thank you. In a private chat with this bot it can be kept, and you can be reminded.
notice-act-points-private = In a private chat with this bot, /actions shows what you could say.
notice-act-over = This is not asked any more.
notice-mp-erased = Deleted.
notice-mp-not-erased = This bot may not delete that message. You can delete it yourself.
notice-mp-not-yours = Only whoever wrote that message can have it deleted.
notice-mp-down = That could not be checked just now. Please try again in a few minutes.

menu-actions = What you can do now
menu-mp = Who your MP is
