# /stats and /status: what organisers are told of reach, effect and the bot's own state. Telegram HTML, but for the keys
# under "Plain text".

stats-heading = <b>Reach and effect</b>
stats-people = Subscribers: <b>{ $total }</b>.
stats-people-few = Subscribers: fewer than ten, so nothing is told of them.
stats-sources = How they came: { $parts }.
stats-languages = Languages: { $parts }.
stats-part = { $name } { $number }
stats-others = others together { $number }
stats-source-none = without a link
stats-grown = { $days } days ago there were { $before }.
stats-steady = { $days } days ago there were about as many.
stats-times = Of the newest alerts, half of all copies arrived within { $p50 } of being detected, 95 of 100 within { $p95 }.
stats-no-times = No delivery times yet.
stats-done = People who did what a message asked: { $number }. People who had an answer from their MP: { $replied }.
stats-few = fewer than ten
stats-privacy = A count of people under ten is not shown, nor what would give one away.
stats-after-heading = In the 48 hours after each message:
stats-after-row = { $name }: { $joined } joined, { $left } left
stats-times-heading = From detected to delivered (a call to action: from its beginning):
stats-times-row = { $name }: half within { $p50 }, 95 of 100 within { $p95 }
stats-growth-heading = Subscribers over time:
stats-growth-row = { $date }: { $number }
stats-growth-near = { $date }: nearly as many as on another of these days
stats-none = Nothing has been sent yet.
stats-list = <b>What became of each message</b>: choose one.

effect-heading = <b>Message { $number }</b>, { $date }: “{ $title }”
effect-reached = Copies delivered: { $sent }.{ $rest }
effect-waiting = { " " }On their way: { $number }.
effect-times = Half of the copies arrived within { $p50 }, 95 of 100 within { $p95 }.
effect-moved = In the 48 hours after it { $joined } joined and { $left } left.
effect-mark = { $name }: { $number }
effect-marks = What people pressed: { $parts }.
effect-no-marks = Nobody has pressed anything under it, or it asked for nothing.
effect-replied = Answered by their MP: { $number }.
effect-withdrawn = It was withdrawn on { $date }.
effect-corrected = It was corrected on { $date }.

state-well = <b>Nothing is wrong that the bot knows of.</b>
state-problems = { $count ->
    [one] <b>One thing is wrong:</b>
   *[other] <b>{ $count } things are wrong:</b>
}
state-problem = • { $problem }
state-frozen = All bulk sending was stopped by { $who } at { $at }. An owner lifts it with /liftstop.
state-gone-held = Sending waits for organisers: too many readers seem to be gone. See /review.
state-paused = Telegram asked for patience: bulk sending waits until { $at }.
state-slowed = Bulk sending goes at { $share } % of its rate, because Telegram asked for patience.
state-queue-late = The oldest message that is due has waited for { $age }.
state-poll-late = No feed has been read for { $age }.
state-flow = The “{ $flow }” part fails: { $why }. The log says more.
state-queue-age = The oldest has been due for { $age }.
state-rates = Sent in the last minute: { $lately }. Rate: at most { $rate } a second.
state-rates-share = Sent in the last minute: { $lately }. Rate: at most { $rate } a second, now { $share } % of it.
state-workers = At work on deliveries now: { $workers ->
    [0] nobody
    [one] one process
   *[other] { $workers } processes
}.
state-canary = Every alert of the last day has reached somebody.
state-program = Version { $version }, running for { $uptime }. Database: { $size }.
state-program-young = Version { $version }. Database: { $size }.

## Plain text.

plot-growth = Subscribers
plot-growth-all = in all
plot-moves = 48 hours after each message
plot-moves-up = joined
plot-moves-down = left
plot-spans = From detected to delivered
plot-spans-legend = Full: half of the copies. Ring: 95 of 100.
plot-few = under 10
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count ->
    [one] a day
   *[other] { $count } days
}
size-mb = { $count } MB
button-stats-messages = Message by message
button-stats-back = All messages
menu-stats = Reach and effect
