# What supporters see. Telegram HTML, but for the keys under "Plain text".

# The version of the two questions below. Whoever changes a question's words gives it a new version: it is kept with
# every yes, and a button under older words asks again.
consent-version = 2026-11-25

welcome =
    This bot watches what newsrooms and public bodies publish about children in prison in England and Wales.
    When something new is found, it can send you a message: what was found, in the source’s own words, and what you can do about it.
    Nothing is sent unless you say yes below, and /stop ends it at any time.

question-alerts =
    <b>May we send you alerts?</b>
    A message when a new finding is published, about everything we watch: some weeks none, some weeks several.
question-calls-to-action =
    <b>May we send you calls to action?</b>
    A message now and then, written by our campaigners, when something you do can help: writing to your MP, signing, sharing.

agreed-alerts = <b>Yes to alerts.</b> You will be told of every new finding, as it is published. /subscribe narrows it down or makes it a digest, /stop ends it.
agreed-calls-to-action = <b>Yes to calls to action.</b> You will hear from us when there is something to do. /stop ends it.
agreed-latest = The latest finding was published on { $date }.
declined-alerts = <b>No alerts.</b> None will be sent. /start asks you again, whenever you like.
declined-calls-to-action = <b>No calls to action.</b> None will be sent. /start asks you again, whenever you like.
asked-anew = The words of this question have changed since you saw it, so here it is again.
already-alerts = You get alerts about everything.
already-calls-to-action = You get calls to action.

stopped = <b>Stopped.</b> Nothing more will be sent: no alerts and no calls to action. /start brings them back, /forget deletes what we keep about you.
stopped-already = You get no alerts and no calls to action, so there is nothing to stop. /start asks what you would like.

help =
    <b>What you can ask</b>
    /start – alerts and calls to action: yes or no
    /subscribe – follow everything, topics or places, at once, daily or weekly
    /settings – the hour of digests, quiet hours, silent messages, a limit
    /latest – the newest findings
    /search – search the findings, for example: /search Werrington safety
    /prison – what was found at one place, for example: /prison Feltham
    /trend – children in custody and inspectors’ grades over the years, as pictures
    /actions – what you can do now, with deadlines
    /mp – who your MP is, by your postcode, which is not kept
    /why – why you were sent an alert: send it as a reply to the alert, or alone for the newest
    /pause – send nothing for a while; /resume goes on
    /missed – what was published while you were away
    /stop – end alerts and calls to action
    /language – English or Cymraeg
    /privacy – what we keep about you, and for how long
    /mydata – all of it, to read and as a file
    /forget – delete what we keep about you, at once
    /whoami – your Telegram number (only organisers need it)

privacy =
    <b>What we keep, and for how long</b>
    { $who }

    If you use this bot, we keep the number of this chat, your language, and the label of the link that brought you here, if it had one. We keep what you said yes to, with the date and the version of the question, and what you chose: what you follow and how often, the hours of digests and quiet hours, sound, a limit, a pause, and when messages last did not reach you.

    If you press a button under something that we ask you to do, we keep what you pressed, to remind you and to count. We keep your constituency only if you ask us to, and never your postcode. We do not keep your name, your username or what you write.

    While you follow something we keep this. If you stop, or never say yes, it is deleted after 28 days. The record of what was sent to you is deleted after 90 days. The numbers that Telegram gives to messages and presses are kept for 48 hours, so that none is answered twice.

    Of organisers, who run this bot, we keep their Telegram numbers, their drafts and what they decided. That stays on record, so that it can be checked who decided what.

    Telegram carries the messages and has rules of its own.

    /stop ends all messages. /mydata shows everything about this chat, /forget deletes it at once.
    { $contact }
privacy-who = It is run by { $organisation }, who answers for your data.
privacy-who-unknown = This copy of the bot does not say who runs it. Please do not rely on it.
privacy-contact = Questions or complaints: { $contact }. You may also complain to the Information Commissioner, ico.org.uk.
privacy-contact-unknown = You may complain to the Information Commissioner, ico.org.uk.

forget-question =
    <b>Delete everything we keep about this chat?</b>
    That means your choices, your language, what you pressed and the record of what was sent. All messages end. This cannot be undone; /mydata gives you a copy first.
forgotten-already = <b>There is nothing to delete.</b> We keep nothing about this chat.
forget-not = Nothing was deleted.

welcome-back =
    You have unblocked this bot. What you followed before stays ended: nothing is sent until you say yes.
    /start asks you what you would like, and /missed shows what was published meanwhile about what you followed.
group-welcome =
    Thank you for adding this bot. It sends nothing here yet.
    An admin of this group can choose what it sends with /start, and what it follows with /subscribe. Anyone can ask for /latest.
admins-only = Only an admin of this group can choose what it is sent. In a private chat with this bot you can choose for yourself.

whoami =
    Your Telegram number is <code>{ $id }</code>.
    Organisers need it: an owner confirms by it whom they invited, and whoever runs this bot names its owners by it, under [organisers] owners in its configuration. Asking for it keeps nothing.
organiser-anonymous = You are writing in this group’s name, so the bot cannot see who you are. Please turn off “remain anonymous” for yourself, or ask in a private chat.

unknown-command = This bot does not know that command. /help lists what it knows.
unknown-text = This bot cannot read messages, only commands. /latest shows the newest findings, /search finds words in them, /help lists the rest.
apology = Sorry, something went wrong here and that was not done. Please try again in a minute.

## Plain text: buttons, notices, menus.

button-yes-alerts = Yes, send me alerts
button-no-alerts = No alerts
button-yes-calls-to-action = Yes, send me calls to action
button-no-calls-to-action = No calls to action
button-show-latest = Show the finding of { $date }
button-forget-yes = Yes, delete everything
button-forget-no = No, keep it

notice-admins-only = Only an admin of this group can choose.
notice-organisers-only = Only organisers can decide this.
notice-stale = That button is too old. Send /start or /help to go on.
notice-apology = Sorry, something went wrong. Please try again in a minute.

menu-start = Choose what you are sent
menu-latest = The newest findings
menu-search = Search the findings
menu-stop = End all messages
menu-help = What you can ask
menu-privacy = What we keep about you
menu-forget = Delete what we keep about you
menu-status = Subscribers, the last alert, failing feeds
menu-feeds = The feeds, and whether they answer
menu-review = What waits for a decision
menu-broadcast = Write a call to action
menu-whoami = Your Telegram number

bot-description =
    Tells you what newsrooms and public bodies publish about children in prison in England and Wales, in their own words, and what you can do about it. Nothing is sent unless you say yes. Press Start to choose.
bot-short-description = New findings about children in prison in England and Wales, as they are published, and what you can do.
