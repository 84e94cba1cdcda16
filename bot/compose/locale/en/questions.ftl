# Answers to questions that anyone may ask. Telegram HTML.

latest-heading = <b>The newest findings</b>
latest-none = Nothing has been found yet. When a finding is published, you can see it here.
latest-gone = There is no finding to show at the moment.

search-heading = <b>{ $words }</b>
search-usage = Write what you are looking for after the command, for example: /search Werrington safety
search-too-long = That is too long to search for. Please use a few words, at most { $limit } characters.
search-none = No finding has all of these words: { $words }. Try fewer words, or another spelling; /latest shows the newest findings.
search-about = <b>{ $words }</b>
    Taken as about { $place }. To look for the words alone, put them in quotation marks.
search-nothing = There is no word in that to search for. For example: /search Werrington safety
page-none = There is nothing on that page any more.
page-more = There is more than fits here. A shorter search has further pages.

latest-about = <b>The newest findings:</b> { $name }
latest-about-none = Nothing has been found yet: { $name }. /latest alone shows the newest of all.
latest-unknown = There is no place or topic of that name here: { $name }. These are the topics; /prison lists the places, and /search looks for words.

## A place.

place-name = <b>{ $name }</b>
place-name-only = { $name }
place-kind = { $kind }, { $nation }
place-open = Children are held here now, as far as this bot’s list of places goes.
place-paused = No children are held here for the time being (since { $year }); it may open again.
place-closed = Children are not held here any more: that ended in { $year } at the latest.
place-not-yet = It is to open on { $date }.
place-graded = <b>The newest findings with grades</b>
place-history = <b>What earlier inspections graded</b>
place-newest = <b>The newest stories</b>
place-nothing = Nothing about it has come through this bot yet.
history-grade = { $test } { $grade }
history-line = { $year }: { $grades }
history-line-sourced = { $year }: { $grades } (source { $sources })

place-timeline = <b>{ $name }:</b> its stories, the newest first
place-several = Several places fit. Which one do you mean?
place-unknown = There is no place of that name here: { $name }. Do you mean one of these?
places-heading = <b>Where children are held</b>
    Choose a kind of place, or write a name after the command, for example: /prison Feltham
places-group = <b>{ $name }</b>

place-type-under-18-yoi = Young offender institution for under-18s
place-type-girls-unit-in-womens-prison-yoi = Girls’ unit in a women’s prison
place-type-secure-training-centre = Secure training centre
place-type-secure-school = Secure school
place-type-secure-childrens-home = Secure children’s home

nation-england = England
nation-wales = Wales

## Plain text: buttons, menus.

group-closed = No children any more
group-label = { $name } ({ $count })
button-older = Older
button-newer = Newer
button-timeline = All its stories
button-all-places = All places
button-back-to-place = { $name }

menu-prison = A place: what was found there
