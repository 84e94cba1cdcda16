# What organisers see of feeds. Telegram HTML, but for the keys under "Plain text".

## /feeds: the list.

feeds-heading = { $count ->
    [one] <b>One feed</b>
   *[other] <b>{ $count } feeds</b>
}{ $paused ->
    [0] .
   *[other] , { $paused } of them paused.
}
feeds-trouble = { $count ->
    [0] All that are polled are well.
    [one] <b>One needs a look</b>; it comes first.
   *[other] <b>{ $count } need a look</b>; they come first.
}
feeds-page = Page { $page } of { $pages }.
feeds-none = No feed is listed.
feeds-how = To add one: <code>/feeds add</code> and the address of a site or of its feed.
feeds-usage = Please write <code>/feeds</code> for the list, or <code>/feeds add</code> and the address of a site or of its feed, for example <code>/feeds add https://www.example.org</code>.
feeds-row = { $number }. <b>{ $name }</b>: { $state }

## How a feed is, in words; sentences of a row and of a card.

feed-paused = paused.
feed-new = not polled yet.
feed-well = well, answered { $ago }.
feed-failing = { $failures ->
    [one] <b>failed</b> once, { $ago }: { $reason }.
   *[other] <b>fails</b>, { $failures } times since { $since }: { $reason }.
}
feed-ended = <b>has ended</b>: { $reason }.
feed-last-good = It last answered { $ago }.
feed-never-good = It has never answered.
feed-silent = <b>Unusually silent</b>: nothing new since { $since }.
feed-stuck = <b>The same copy for too long</b>: unchanged { $since }.
feed-listing-failing = <b>Its listing page cannot be read</b>: { $reason }.
feed-stuck-since = since { $at }
feed-stuck-ever = for as long as the bot has polled it
feed-moved = It has moved to { $url }, where the bot follows it.

feed-card-name = <b>{ $name }</b>
feed-card-kind = { $kind }; { $origin }
feed-origin-own = added by organisers
feed-origin-listed = from the campaign’s list or the configuration
feed-card-changed = Its copy last changed { $ago }.
feed-card-newest = Its newest entry is of { $day }.
feed-card-rhythm = { $usual ->
    [one] It usually brings something every day, and is rarely silent for more than { $long }.
   *[other] It usually brings something every { $usual } days, and is rarely silent for more than { $long }.
}
feed-card-no-rhythm = It has brought too little so far to know how often it speaks.
feed-card-next = It is polled next { $in }.
feed-card-next-now = It is polled next in a moment.

feed-remove-sure = <b>Remove { $name }?</b> It is not polled any more, also after a restart. What it has brought stays. You can add it again.
feed-removed = <b>Removed: { $name }.</b> It is not polled any more. <code>/feeds add { $url }</code> adds it again.

## Trying a feed.

trial-failed = <b>Tested just now:</b> it could not be read: { $reason }.
trial-good = <b>Tested just now:</b> { $count ->
    [0] it answers, but has no entry.
    [one] it answers, with one entry{ $newest }.
   *[other] it answers, with { $count } entries{ $newest }.
}
trial-newest = {" "}(the newest of { $day })
trial-outcomes = Judged as coming from { $speaker }, { $judged ->
    [one] its one entry is
   *[other] its { $judged } newest entries are
} – alerts: { $alert }, for a person to decide: { $review }, not ours: { $ignore }.
trial-example = Among the alerts: “{ $title }”
trial-nothing-kept = Nothing of this test was kept or sent.

## Adding a feed.

adding-looking = Looking for a feed at { $url }. This can take a minute.
adding-no-address = “{ $typed }” is not a web address. Please send the address of a site or of its feed, for example <code>/feeds add https://www.example.org</code>.
adding-unreadable = <b>That address cannot be read:</b> { $reason }. Nothing was added. Please check it in a browser and try again.
adding-nothing = <b>No feed was found there.</b> The page names none, and there is none in the usual places. Look on the site for “RSS”, “Atom” or “Feed”, and send the address of that link.
adding-known = <b>That feed is there already:</b> { $name }.
adding-several = { $count ->
    [one] <b>One feed was found.</b>
   *[other] <b>{ $count } feeds were found.</b> Which one?
}
adding-several-row = { $number }. { $title }
adding-kind = <b>Who speaks in it?</b> Please choose: it decides how much an entry’s mere presence tells.
adding-sure = Add it as coming from { $speaker }? What is in it now is history: it can be searched, and is sent to nobody. What comes later is judged like any other.
adding-done = <b>Added: { $name }.</b> It is polled within a minute. What is in it now is history and is sent to nobody.
adding-dropped = <b>Not added.</b>
adding-passed = That is decided already, or too long ago. <code>/feeds add</code> and the address begins again.

## Notices about feeds, each sent once.

told-feed-failing = <b>A feed has failed for a day: { $name }.</b> The last reason: { $reason }. The bot goes on trying. /feeds
told-feed-ended = <b>A feed has ended: { $name }.</b> Its publisher says so: { $reason }. Please look for its successor, and remove it or replace it. /feeds
told-feed-silent = <b>A feed is unusually silent: { $name }.</b> Its newest entry is of { $day }; usually something comes { $usual }. It answers, and its copy changes, but nothing new is in it. /feeds
told-feed-stuck = <b>A feed gives the same copy for too long: { $name }.</b> Its newest entry is of { $day }; usually something comes { $usual }. Perhaps nothing was published, perhaps the feed is stuck: please look at its site. /feeds
told-feed-missed = <b>A feed is stuck: { $name }.</b> Its site shows something new since { $day }, and the feed is the same as before. The bot looks at the site as well. /feeds
told-feed-moved = <b>A feed has moved: { $name }.</b> It is at { $url } now, and the bot follows it there. Nothing is lost; the list should name the new address some day.
told-feed-failing-over = <b>A feed answers again: { $name }.</b>
told-feed-ended-over = <b>A feed that had ended is back: { $name }.</b>
told-feed-silent-over = <b>A feed speaks again: { $name }.</b> It has something new.
told-feed-stuck-over = <b>A feed moves again: { $name }.</b> It has something new.
told-feeds-failing = <b>{ $count } feeds have failed for a day:</b> { $names }. When so many fail together, it may be this bot’s own line. /feeds
told-feeds-ended = <b>{ $count } feeds have ended:</b> { $names }. /feeds
told-feeds-silent = <b>{ $count } feeds are unusually silent:</b> { $names }. /feeds
told-feeds-stuck = <b>{ $count } feeds give the same copy for too long:</b> { $names }. /feeds
told-feeds-moved = <b>{ $count } feeds have moved,</b> and the bot follows them: { $names }. /feeds
told-feeds-failing-over = <b>{ $count } feeds answer again:</b> { $names }.
told-feeds-ended-over = <b>{ $count } feeds that had ended are back:</b> { $names }.
told-feeds-silent-over = <b>{ $count } feeds speak again:</b> { $names }.
told-feeds-stuck-over = <b>{ $count } feeds move again:</b> { $names }.
told-feeds-more = { $names } and { $count } more

## Plain text: ages, kinds, buttons, notices.

ago-moment = a moment ago
ago-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count } hours ago
ago-days = { $count } days ago
in-minutes = { $count ->
    [one] in a minute
   *[other] in { $count } minutes
}
in-hours = in { $count } hours
in-days = in { $count } days
span-days = { $count ->
    [one] a day
   *[other] { $count } days
}
every-days = { $count ->
    [one] every day
   *[other] every { $count } days
}

speaker-inspectorate = an inspectorate
speaker-government = the government
speaker-parliament = Parliament
speaker-news = a news outlet
speaker-charity = a charity
kind-inspectorate = inspectorate
kind-government = government
kind-parliament = Parliament
kind-news = news
kind-charity = charity

button-feed = { $number }. { $name }
button-feed-test = Test now
button-feed-pause = Pause
button-feed-resume = Resume
button-feed-remove = Remove
button-feed-confirm = Yes, remove it
button-feed-open = Keep it
button-feed-show = Show it
button-feeds-back = Back to the list
button-feeds-earlier = ‹ Page { $page }
button-feeds-later = Page { $page } ›
button-kind = { $kind }
button-kind-chosen = ✓ { $kind }
button-adding-add = Add it
button-adding-drop = Do not add

notice-feed-paused = Paused. It is not polled until somebody resumes it.
notice-feed-resumed = Resumed. It is polled within a minute.
notice-feed-removed = Removed.
notice-feed-same = That was done already.
notice-feed-gone = That feed is not in the list any more. /feeds shows what is.
notice-feed-testing = Testing. This can take a minute.
notice-adding-passed = That is decided already, or too long ago.
