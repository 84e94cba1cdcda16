# Alerts, and the line that says why somebody was told. Telegram HTML.

alert-headline = { $title }
alert-sample = <i>Sample text: invented for trying out this bot, not a real finding.</i>
alert-places = About: { $places }
latest-finding-heading = <i>The latest finding, of { $date }:</i>

kind-inspection = Inspection report
kind-urgent-notification = Urgent notification: the inspectorate has called on the government to act at once
kind-progress-review = Review of progress since the last inspection
kind-scrutiny-visit = Scrutiny visit
kind-independent-review-of-progress = Independent review of progress
kind-action-plan = Action plan
kind-judgment = Court judgment
kind-imb-report = Report of the independent monitoring board
kind-imb = Report of the independent monitoring board
kind-thematic = Report on one theme across several places
kind-annual-report = Annual report
kind-statistics = Official statistics

test-safety = Safety
test-care = Care
test-purposeful-activity = Purposeful activity
test-resettlement = Resettlement

grade-1 = poor
grade-2 = not sufficiently good
grade-3 = reasonably good
grade-4 = good
grade-line = { $test }: <b>{ $grade }</b>
grade-line-before = { $test }: <b>{ $grade }</b> (before: { $before })

inspected-day = Inspected on { $first }
inspected-days = Inspected from { $first } to { $last }

source-name = { $source }
source-linked = <a href="{ $url }">{ $source }</a>
source-published = Source: { $source }, { $date }
source-seen = Source: { $source }, seen on { $date }

button-read-source = Read the source

helplines =
    If this is hard to read, you can talk to somebody now: Samaritans on 116 123, free, day and night.
    Under 19: Childline on 0800 1111. Families bereaved by a death in custody: INQUEST, inquest.org.uk.

because-everything = You get this because you follow everything.
because-institution = You get this because you follow { $name }.
because-topic = You get this because you follow { $name }.
because-calls = You get this because you said yes to calls to action.
because-stop = Send /stop to end.
