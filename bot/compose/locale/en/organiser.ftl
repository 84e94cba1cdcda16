# What organisers see. Telegram HTML, but for the keys under "Plain text".

organiser-name = organiser { $id }

## Cards: stories that wait for a person.

card-story = <b>This story waits for you.</b> { $why }
card-preview = <b>As readers would get it:</b>
card-unread = <b>{ $title }</b>
card-evidence = <b>What the bot found:</b> { $evidence }
card-fuse =
    <b>{ $count } stories wait for you.</b> So many came at once that none was sent: something may be wrong with a feed, or it is a busy day.
    “Publish all” sends each to everybody who follows it.
card-fuse-row = { $number }. { $title }{ $fate }
card-fuse-more = … and { $count } more. “Publish all” and “Dismiss all” include them; otherwise they are shown when those above are decided.
fate-published = {" "}– <i>published</i>
fate-dismissed = {" "}– <i>dismissed</i>

waits-sensitive = It is sensitive ({ $rule }): such a story is sent only if a person decides so.
waits-sensitive-elsewhere = Another report of it is sensitive: such a story is sent only if a person decides so.
waits-doubtful = The bot is not certain that it is about children in custody.
waits-fuse = So many alerts came in a short time that this one was held back.

decided-publish = <b>Published</b> by { $who }, { $at }.
decided-dismiss = <b>Dismissed</b> by { $who }, { $at }.
decided-all = <b>Published, all that were left,</b> by { $who }, { $at }.
decided-none = <b>Dismissed, all that were left,</b> by { $who }, { $at }.
decided-chosen = <b>Decided one by one.</b> The last by { $who }, { $at }.
decided-moved = <b>Nothing to decide any more</b> ({ $at }): what came later settled it.

told-refused-once = <b>Telegram refused a message of ours for one chat:</b> { $reason }. Everybody else is sent it. Nobody was unsubscribed.
told-refused = <b>Telegram refused a message of ours:</b> { $reason }. Sending was stopped, and { $skipped } more did not get it. Nobody was unsubscribed.
told-late-alert = { $count ->
    [one] <b>An alert has reached nobody for a quarter of an hour:</b> “{ $title }”.
   *[other] <b>{ $count } alerts have reached nobody for a quarter of an hour.</b> The first is “{ $title }”.
} Somebody waits for it. The bot goes on trying; whoever runs it should look at its log and at /status.
told-late-alert-arrived = { $count ->
    [one] <b>A late alert has reached its first reader:</b> “{ $title }”.
   *[other] <b>{ $count } late alerts have reached their first readers.</b> The first is “{ $title }”.
} Messages arrive again.
told-missed-by-feed = <b>On the site but not in the feed:</b> { $title } ({ $feed }). It goes its way like any other entry; if the feed brings it later, nobody is told twice.

review-none = Nothing waits for a decision.
review-heading = { $count ->
    [one] <b>One card waits for a decision.</b>
   *[other] <b>{ $count } cards wait for a decision.</b>
}
review-more = There are { $count } more. Decide these, then send /review again.

## What organisers ask.

organiser-elsewhere = Please ask that in a private chat with this bot, or in the organisers’ own group.

status-heading = <b>How things stand</b>
status-subscribers = Subscribers: <b>{ $alerts }</b> to alerts, <b>{ $calls }</b> to calls to action.
status-no-alert = No alert has been sent yet.
status-alert = Last alert: “{ $title }”, { $at }: it reached <b>{ $sent } of { $targeted }</b>{ $rest }.
status-alert-open = , { $open } still on their way
status-waiting = { $count ->
    [0] Nothing waits for a decision.
    [one] <b>One card waits for a decision</b>: /review
   *[other] <b>{ $count } cards wait for a decision</b>: /review
}
status-queue = Deliveries still owed: { $count }.
status-last = Last good poll of a feed: { $polled }. Last delivery: { $delivered }.
status-never = never
status-late = { $count ->
    [one] <b>An alert has reached nobody for a quarter of an hour:</b> “{ $title }”.
   *[other] <b>{ $count } alerts have reached nobody for a quarter of an hour.</b> The first is “{ $title }”.
}
status-feeds-well = Feeds: all { $count } answer.
status-feeds-failing = Feeds: <b>{ $failing } of { $count } fail</b>: { $names }. /feeds says why.
status-feed = { $name } (since { $since })
status-more = { $count } more
status-broadcast = Call to action { $number }: { $stage }.
status-unreached = <b>Cards do not reach:</b> { $chats }. Please send this bot /start from there, and then /status.

under-way-submitted = waits for a second person
under-way-cooling = approved, sending begins at { $at }
under-way-sending = being sent, { $done } of { $targeted } done

## Plain text: buttons, notices.

button-publish = Publish
button-dismiss = Dismiss
button-publish-all = Publish all
button-choose = Choose
button-dismiss-all = Dismiss all
button-back = Back
button-publish-one = Publish { $number }
button-dismiss-one = Dismiss { $number }

notice-published = Published: it is on its way.
notice-dismissed = Dismissed. It is sent to nobody.
notice-decided-before = That was decided already, or somebody was a moment faster.
