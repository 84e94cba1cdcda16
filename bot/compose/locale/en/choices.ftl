# What a chat follows, how messages reach it, pauses, and what is kept about it. Telegram HTML, but for the keys under
# "Plain text".

following-heading = <b>What you follow</b>
following-line = • <b>{ $name }</b>: { $often }; { $expected }
following-nothing = Nothing yet. Choose below what you would like to be told of.
following-calls-yes = Calls to action: yes.
following-calls-no = Calls to action: no.
following-paused = <b>Paused until { $until }.</b> Nothing is sent before; /resume ends it.
following-counted = How much to expect is counted from the last twelve months.
following-topics =
    <b>Topics</b>
    Choose one to say how often you would like to be told of it.
following-places =
    <b>Places</b>
    Those that hold children now come first.
following-group =
    <b>{ $name }</b>
    Choose a place to say how often you would like to be told of it.

choice-heading = <b>{ $name }</b>
choice-state = Now: { $often }. Alerts: { $expected }.
choice-anyway = You follow everything, so alerts about this come anyway. Of several choices that fit, the one that tells you soonest counts. To be told of this alone, stop following everything.
choice-consent = How often may we send you alerts about it? With one of these buttons you say yes to that; /stop ends it at any time.

question-alerts-about =
    <b>May we send you alerts about { $name }?</b>
    A message when a new finding about it is published ({ $expected }).
agreed-alerts-about = <b>Yes to alerts about { $name }.</b> You will be told of every new finding about it, as it is published. /subscribe follows more, /stop ends it.
already-alerts-some = You get alerts about: { $names }.
start-follows-everything = You follow everything, so alerts about { $name } come to you already.
start-offers = The link that brought you here is about { $name }.
welcome-set =
    { $alerts } You get calls to action.

    /subscribe changes what you follow, /settings how messages reach you, /latest shows the newest findings, and /stop ends it all.

settings-heading = <b>How messages reach you</b>
settings-digests = • Digests: daily ones at { $at }, weekly ones on { $day } at { $at }
settings-quiet = • Quiet hours: from { $begins } until { $ends }. What is found meanwhile comes afterwards, in one message
settings-quiet-none = • Quiet hours: none
settings-silent-yes = • Sound: messages come silently
settings-silent-no = • Sound: as your Telegram is set
settings-urgent-yes = • Urgent notifications: at once, even if you read digests; never in quiet hours
settings-urgent-no = • Urgent notifications: in your digest, if you read one
settings-cap = { $count ->
    [one] • Calls to action: at most one a week
   *[other] • Calls to action: at most { $count } a week
}
settings-cap-none = • Calls to action: no limit
settings-paused = • Paused until { $until }: nothing is sent before
settings-hours = Hours are those of { $place }.
settings-ask-hour = <b>At what hour shall digests come?</b>
settings-ask-day = <b>On which day shall weekly digests come?</b>
settings-ask-quiet =
    <b>Quiet hours</b>
    In these hours nothing is sent, not even something urgent. What is found meanwhile comes afterwards, in one message.
settings-ask-from = <b>From what hour shall it be quiet?</b>
settings-ask-until = <b>It is quiet from { $begins }. Until what hour?</b>
settings-ask-cap = <b>How many calls to action a week, at most?</b>

pause-question =
    <b>How long shall nothing be sent?</b>
    You can also write a day or a number of days after the command, for example: /pause 3 December, or: /pause 10
pause-again =
    <b>Paused until { $until }.</b>
    Choose another end, or go on at once.
pause-unreadable =
    That does not look like a day to come. One looks like this: /pause 3 December, or: /pause 10
pause-too-long = A pause lasts a year at most. /pause alone offers one without an end, until you return.
paused =
    <b>Paused until { $until }.</b> Nothing is sent before.
    /resume ends it sooner. Afterwards /missed shows what was published meanwhile.
paused-open =
    <b>Paused until you return.</b> Nothing is sent before.
    /resume ends it. Afterwards /missed shows what was published meanwhile.
pause-follows-nothing = You follow nothing, so there is nothing to pause. /subscribe shows what you can follow.
resumed = { $count ->
    [0] <b>Welcome back.</b> Messages come again. You have missed nothing that you follow; /missed would show it.
    [one] <b>Welcome back.</b> Messages come again. One finding was published meanwhile: /missed shows it.
   *[other] <b>Welcome back.</b> Messages come again. { $count } findings were published meanwhile: /missed shows them.
}
resumed-already = You are not paused: messages come as you chose. /settings shows how.
missed-heading = <b>What you missed</b> from { $first } to { $last }
missed-heading-since = <b>What you missed</b> since { $first }
missed-none = There is nothing that you missed. After a pause, or after you had blocked this bot, /missed shows what was published meanwhile about what you follow.

held-heading = <b>What is kept about this chat</b>
held-nothing = <b>Nothing is kept about this chat.</b>
held-chat = • The number of this chat: { $chat }
held-topic = • The number of this topic in it: { $topic }
held-language-chosen = • Language: { $language }, as you chose
held-language = • Language: { $language }, as Telegram told
held-since = • First written here: { $date }
held-source = • The label of the link that brought you here: { $source }
held-blocked = • This bot was blocked on { $date }
held-left = • Nothing is followed since { $date }: all of this is deleted 28 days later
held-constituency = • Your constituency: { $constituency }
held-away = • Messages last did not reach you from { $date } on
held-consents = <b>What was said yes to</b>
held-consent = • { $what }: { $often }. Said on { $date }, wording { $version }
held-consent-ended = • { $what }: ended on { $date }, { $reason }. Said on { $said }, wording { $version }
held-none = • Nothing
held-choices = <b>Choices</b>
held-records = <b>Records</b>
held-deliveries = • Messages sent or owed: { $count }
held-waiting = • Findings that wait for a digest: { $count }
held-marks = • What was pressed under something to do: { $count }
held-gone = • Telegram says that this chat cannot be reached
held-organiser = • As an organiser of this bot: your role, your drafts and your decisions, by your number ({ $count } rows)
held-file = The file below has all of it, row by row. No name, no username and nothing that you wrote is kept. /forget deletes it.

forgot =
    <b>Deleted.</b> Nothing about this chat is kept any more, and nothing will be sent.
    This is what was deleted:
    • the chat’s number, language and choices
    • what was said yes to: { $consents }
    • records of messages sent or owed: { $deliveries }
    • findings that waited for a digest: { $waiting }
    • what was pressed under something to do: { $marks }

    You are welcome back at any time: /start.
forgot-organiser = You are an organiser of this bot. Your number stays with what you did as one: an owner can remove you, and what was decided stays on record.

channel-added =
    <b>You added this bot to a channel.</b> It sends nothing there yet.
    Post /start in the channel, as one of its admins: the bot needs the right to post. What it then asks, only admins can answer.
channel-welcome =
    <b>This channel can carry what this bot finds.</b>
    Whoever may post here can choose with /start, /subscribe and /settings; the buttons answer only admins. Everybody who reads the channel sees the questions, so delete them afterwards.
help-big-audiences = For a big audience, let a public channel carry the alerts: add this bot to it as an admin and post /start there. One message then reaches everybody at once.

busy = That is a lot at once. What you sent last was not answered: please wait a moment, then ask again. /stop works at any time.
unknown-thing = This bot cannot look at pictures, stickers, recordings, polls or places. It answers commands: /latest shows the newest findings, /help lists the rest.
unknown-edit = This bot does not look at messages that are changed afterwards. Please send the command as a new message.

## Plain text: names, buttons, notices, menus.

everything-name = Everything
calls-name = Calls to action
alerts-about-name = Alerts about: { $name }
often-now = each finding at once
often-daily = in a daily digest
often-weekly = in a weekly digest
often-never = not followed
expected-month = about { $count } a month
expected-year = { $count ->
    [0] none last year
   *[other] about { $count } a year
}
short-month = { $count } a month
short-year = { $count } a year
choice-label = { $name }: { $told }
choice-label-followed = ✓ { $name }: { $told }
until-open = you return
reason-stopped = because you stopped it
reason-blocked = because this bot was blocked
reason-deactivated = because the account was closed
reason-kicked = because this bot was removed
reason-not-found = because the chat was not there any more
reason-merged = because the group became another one
reason-forgotten = because it was deleted
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

button-choose-follows = Choose what you follow
button-follow-about = Follow { $name }
button-change = { $name }: change
button-everything = Follow everything: { $expected }
button-go-topics = Topics
button-go-places = Places
button-calls = Calls to action
button-search-for = Search the findings for this
button-settings = How messages reach you
button-following = What you follow
button-page-before = Previous page
button-page-after = Next page
button-go-back = Back
button-often-now = At once
button-often-daily = Daily
button-often-weekly = Weekly
button-chosen = ✓ { $label }
button-unfollow = Stop following
button-set-hour = Digest’s hour
button-set-day = Digest’s day
button-set-quiet = Quiet hours
button-set-cap = Limit on calls
button-set-silent-on = Send silently
button-set-silent-off = Send with sound
button-set-urgent-on = Urgent ones at once
button-set-urgent-off = Urgent ones in the digest
button-quiet = { $begins } to { $ends }
button-quiet-other = Other hours
button-quiet-none = No quiet hours
button-cap-none = No limit
button-pause-day = One day
button-pause-week = One week
button-pause-month = One month
button-pause-open = Until I return
button-resume = Go on now

notice-kept = Kept: { $name }, { $often }.
notice-set = Kept.
notice-busy = Too much at once. Please wait a moment.

menu-subscribe = What you follow, and how often
menu-settings = Hours, quiet hours, sound, limits
menu-pause = Send nothing for a while
menu-resume = Go on after a pause
menu-missed = What was published while you were away
menu-mydata = What is kept about you
