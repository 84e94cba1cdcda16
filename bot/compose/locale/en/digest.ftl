# Digests: the alerts of a day or a week in one message. Telegram HTML.

digest-heading = { $count ->
    [one] <b>Your digest: one finding</b>
   *[other] <b>Your digest: { $count } findings</b>
}
digest-day = Told on { $day }
digest-days = Told from { $first } to { $last }
digest-because = <i>Because you follow { $name }.</i>
digest-because-everything = <i>Because you follow everything.</i>
digest-more = { $count ->
    [one] And one more: /latest
   *[other] And { $count } more: /latest
}

because-digest = You get this together because you chose so.
