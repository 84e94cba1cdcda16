# Sending that waits for organisers. Telegram HTML, but for the keys under "Plain text".

card-gone =
    <b>Sending has stopped.</b> More than 30 of Telegram’s last 100 answers say that the reader is gone: blocked the bot, or deleted the account. So many at once may be a fault. { $count ->
        [one] One person is
       *[other] { $count } people are
    } concerned; nobody was unsubscribed. Nothing is sent to anybody until somebody decides.
    “Go on” believes Telegram and ends their subscriptions. “Go on, keep everybody” sends to them again next time.
card-gone-kept = <b>It stays stopped for now.</b> Both ways to go on still work.
card-overdue =
    <b>An alert comes too late for some:</b> “{ $title }”. { $count ->
        [one] One copy
       *[other] { $count } copies
    } could not be sent within its time. Send { $count ->
        [one] it
       *[other] them
    } still, or let { $count ->
        [one] it
       *[other] them
    } go? Without an answer nothing is sent.

decided-go = <b>Sending goes on;</b> whoever is gone was unsubscribed, by { $who }, { $at }.
decided-spare = <b>Sending goes on;</b> nobody was unsubscribed, by { $who }, { $at }.
decided-late = <b>Sent still,</b> by { $who }, { $at }.
decided-drop = <b>Not sent any more,</b> by { $who }, { $at }.

## Plain text.

button-go = Go on
button-spare = Go on, keep everybody
button-hold = Keep stopped
button-late = Send still
button-drop = Let go
notice-held = It stays stopped.
