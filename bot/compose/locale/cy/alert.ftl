# Hysbysiadau, a'r llinell sy'n dweud pam. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.
# A name that is filled in stands after a colon or in brackets: there it changes no letter, and no word before it does.

alert-headline = { $title }
alert-sample = <i>Testun enghreifftiol: wedi’i ddyfeisio er mwyn rhoi cynnig ar y bot hwn, nid canfyddiad go iawn.</i>
alert-places = Ynghylch: { $places }
latest-finding-heading = <i>Y canfyddiad diweddaraf, { $date }:</i>

report-kind-inspection = Adroddiad arolygiad
report-kind-urgent-notification = Hysbysiad Brys (Urgent Notification): mae’r arolygiaeth wedi galw ar y llywodraeth i weithredu ar unwaith
report-kind-progress-review = Adolygiad o’r cynnydd ers yr arolygiad diwethaf
report-kind-scrutiny-visit = Ymweliad craffu
report-kind-independent-review-of-progress = Adolygiad annibynnol o gynnydd
report-kind-action-plan = Cynllun gweithredu
report-kind-judgment = Dyfarniad llys
report-kind-imb-report = Adroddiad y bwrdd monitro annibynnol
report-kind-imb = Adroddiad y bwrdd monitro annibynnol
report-kind-thematic = Adroddiad ar un thema ar draws sawl lle
report-kind-annual-report = Adroddiad blynyddol
report-kind-statistics = Ystadegau swyddogol
report-kind-ofsted = Adroddiad arolygiad Ofsted
report-kind-ombudsman = Adroddiad yr Ombwdsmon Carchardai a Phrofiannaeth
report-kind-digest = Sawl adroddiad, wedi’u cyhoeddi gyda’i gilydd

test-safety = Diogelwch
test-care = Gofal
test-purposeful-activity = Gweithgarwch pwrpasol
test-resettlement = Ailsefydlu

grade-1 = gwael
grade-2 = ddim yn ddigon da
grade-3 = rhesymol dda
grade-4 = da
# An arrow never stands without its word, nor on another line. The year is that of the inspection before.
grade-line = { $test }: <b>{ $grade }</b>
grade-line-compared = { $test }: <b>{ $grade }</b> { $comparison }
grade-line-direction = { $test }: { $comparison }
compared-year = { $change } ({ $year }: { $before })
compared-before = { $change } (cynt: { $before })
change-better = ↑{"\u00A0"}gwell
change-worse = ↓{"\u00A0"}gwaeth
stated-better = ↑{"\u00A0"}gwell na chynt
stated-same = →{"\u00A0"}fel cynt
stated-worse = ↓{"\u00A0"}gwaeth na chynt
stated-better-year = ↑{"\u00A0"}gwell nag yn { $year }
stated-same-year = →{"\u00A0"}fel yn { $year }
stated-worse-year = ↓{"\u00A0"}gwaeth nag yn { $year }

chart-year = { $year }
chart-before = yr arolygiad cynt
chart-now = yr arolygiad hwn
chart-better = gwell
chart-same = dim newid
chart-worse = gwaeth

judged-by-ofsted = Dyfarniadau Ofsted, yng ngeiriau Ofsted ei hun:
judged = { $subject }
judged-overall = Profiadau a chynnydd cyffredinol
judgement-line = { $subject }: <b>{ $word }</b>

answer-by = Rhaid i’r llywodraeth ateb yn gyhoeddus erbyn <b>{ $date }</b>, 28 diwrnod ar ôl yr Hysbysiad Brys.

speech = “{ $words }”
speech-by = { $words } – { $speaker }

part-heading = <b>{ $name }</b> – { $kind }
part-name = <b>{ $name }</b>
parts-more = { $count ->
    [one] … ac un arall, yn y ffynhonnell.
   *[other] … a rhagor yn y ffynhonnell: { $count }.
}

inspected-day = Arolygwyd ar { $first }
inspected-days = Arolygwyd o { $first } hyd { $last }

page-unread = <i>Nid oedd modd darllen y dudalen ei hun; dyma’r hyn y mae ffrwd y ffynhonnell yn ei ddweud.</i>
source-name = { $source }
source-linked = <a href="{ $url }">{ $source }</a>
source-published = Ffynhonnell: { $source }, { $date }
source-seen = Ffynhonnell: { $source }, gwelwyd ar { $date }
source-document = <a href="{ $url }">Yr adroddiad cyfan (PDF)</a>
also-reported = Adroddwyd hefyd gan: { $outlets }

button-read-source = Darllen y ffynhonnell

helplines =
    Os yw hyn yn anodd ei ddarllen, gallwch siarad â rhywun nawr: y Samariaid ar 116 123, am ddim, ddydd a nos.
    Dan 19 oed: Childline ar 0800 1111. Teuluoedd mewn profedigaeth yn dilyn marwolaeth yn y ddalfa: INQUEST, inquest.org.uk.

because-everything = Rydych yn cael y neges hon oherwydd eich bod yn dilyn popeth.
because-institution = Rydych yn cael y neges hon oherwydd eich bod yn dilyn: { $name }.
because-topic = Rydych yn cael y neges hon oherwydd eich bod yn dilyn: { $name }.
because-calls = Rydych yn cael y neges hon oherwydd eich bod wedi cytuno i gael galwadau i weithredu.
because-stop = Anfonwch /stop i roi’r gorau iddi.
