# Alerts, and the line that says why somebody was told. Telegram HTML.

alert-headline = { $title }
alert-sample = <i>Sample text: invented for trying out this bot, not a real finding.</i>
alert-places = About: { $places }
latest-finding-heading = <i>The latest finding, of { $date }:</i>

report-kind-inspection = Inspection report
report-kind-urgent-notification = Urgent notification: the inspectorate has called on the government to act at once
report-kind-progress-review = Review of progress since the last inspection
report-kind-scrutiny-visit = Scrutiny visit
report-kind-independent-review-of-progress = Independent review of progress
report-kind-action-plan = Action plan
report-kind-judgment = Court judgment
report-kind-imb-report = Report of the independent monitoring board
report-kind-imb = Report of the independent monitoring board
report-kind-thematic = Report on one theme across several places
report-kind-annual-report = Annual report
report-kind-statistics = Official statistics
report-kind-ofsted = Ofsted inspection report
report-kind-ombudsman = Report of the Prisons and Probation Ombudsman
report-kind-digest = Several reports, published together

test-safety = Safety
test-care = Care
test-purposeful-activity = Purposeful activity
test-resettlement = Resettlement

grade-1 = poor
grade-2 = not sufficiently good
grade-3 = reasonably good
grade-4 = good
# An arrow never stands without its word, nor on another line. The year is that of the inspection before.
grade-line = { $test }: <b>{ $grade }</b>
grade-line-compared = { $test }: <b>{ $grade }</b> { $comparison }
grade-line-direction = { $test }: { $comparison }
compared-year = { $change } ({ $year }: { $before })
compared-before = { $change } (before: { $before })
change-better = ↑{"\u00A0"}better
change-worse = ↓{"\u00A0"}worse
stated-better = ↑{"\u00A0"}better than before
stated-same = →{"\u00A0"}as before
stated-worse = ↓{"\u00A0"}worse than before
stated-better-year = ↑{"\u00A0"}better than in { $year }
stated-same-year = →{"\u00A0"}as in { $year }
stated-worse-year = ↓{"\u00A0"}worse than in { $year }

chart-year = { $year }
chart-before = the inspection before
chart-now = this inspection
chart-better = better
chart-same = unchanged
chart-worse = worse

judged-by-ofsted = Ofsted’s judgements:
judged = { $subject }
judged-overall = Overall experiences and progress
judgement-line = { $subject }: <b>{ $word }</b>

answer-by = The government must answer in public by <b>{ $date }</b>, 28 days after the notification.

speech = “{ $words }”
speech-by = { $words } – { $speaker }

part-heading = <b>{ $name }</b> – { $kind }
part-name = <b>{ $name }</b>
parts-more = { $count ->
    [one] … and one more, in the source.
   *[other] … and { $count } more, in the source.
}

inspected-day = Inspected on { $first }
inspected-days = Inspected from { $first } to { $last }

page-unread = <i>The page itself could not be read; this is what the source’s feed says.</i>
source-name = { $source }
source-linked = <a href="{ $url }">{ $source }</a>
source-published = Source: { $source }, { $date }
source-seen = Source: { $source }, seen on { $date }
source-document = <a href="{ $url }">The whole report (PDF)</a>
also-reported = Also reported by { $outlets }

button-read-source = Read the source

helplines =
    If this is hard to read, you can talk to somebody now: Samaritans on 116 123, free, day and night.
    Under 19: Childline on 0800 1111. Families bereaved by a death in custody: INQUEST, inquest.org.uk.

because-everything = You get this because you follow everything.
because-institution = You get this because you follow { $name }.
because-topic = You get this because you follow { $name }.
because-calls = You get this because you said yes to calls to action.
because-stop = Send /stop to end.
