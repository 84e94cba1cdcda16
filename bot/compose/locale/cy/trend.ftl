# /trend a’r lluniau: plant yn y ddalfa, graddau lleoedd. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

trend-title = <b>{ $title }</b>
trend-source = Ffynhonnell: { $sources }. Ffigur diwethaf: { $last }.
trend-ways = Mae’r un geiriau’n enw ar dri chyfrif gwahanol. Peidiwch byth â chymharu ffigur o un cyfrif â ffigur o un arall.
trend-line = Uchaf: { $highest } ({ $high }). Isaf: { $lowest } ({ $low }). Diwethaf: { $value } ({ $last }).
trend-averages = Cyfartaledd blwyddyn: { $before } yn { $first }, { $value } yn { $last }.
trend-figures = { $figures }.
trend-figure = { $period }: { $value }
trend-figure-rough = { $period }: tua { $value }
trend-figure-unknown = { $period }: ddim yn hysbys yma
trend-unknown = Nid oes dim o’r enw hwnnw yma: { $name }. Ai un o’r lleoedd hyn sydd gennych mewn golwg?
trend-none = Nid oes dim i’w ddangos yma eto.

## Grades.

grades-heading = <b>Graddau lleoedd i blant</b>, y diweddaraf sy’n hysbys
grades-place-heading = <b>{ $name }:</b> graddau fesul arolygiad, y diweddaraf yn gyntaf
grades-row = <b>{ $name }</b> ({ $year }): { $grades }.
grades-row-older = <b>{ $name }</b> ({ $year }; nid yw rhai { $newer } yn hysbys yma): { $grades }.
grades-year = <b>{ $year }:</b> { $grades }.
grades-year-unknown = <b>{ $year }:</b> ddim yn hysbys yma.
grades-stated = { $test } { $grade }
grades-changed = { $test } { $grade } ({ $change })
grades-scale = Mae gan arolygiaeth y carchardai bedair gradd: da, rhesymol dda, ddim yn ddigon da, gwael.
grades-sources = Ffynonellau: { $sources }
grades-none = { $name }: nid oes graddau gan arolygiaeth y carchardai yn hysbys yma. Geiriau Ofsted sydd gan ysgolion diogel a chanolfannau hyfforddi diogel: mae /prison yn eu dangos.

## A place.

timeline-inspection = <b>Arolygiad</b>, { $line }

## Plain text: pictures, buttons, menus.

trend-under-18-title = Plant dan 18 oed yn y ddalfa
trend-under-18-what = Mewn sefydliadau troseddwyr ifanc, canolfannau hyfforddi diogel, ysgolion diogel a chartrefi diogel i blant yng Nghymru a Lloegr, fesul mis
trend-under-18-label = Dan 18 oed
trend-under-18-note = Yn hysbys yma: Ebrill, Gorffennaf, Hydref, ac Ionawr hyd Fawrth bob blwyddyn.
trend-with-18-title = Gyda rhai 18 oed sy’n dal i gael eu cadw
trend-with-18-what = Dau ffigur o ddau fath: cyfartaledd 2002/03, ac un mis. Felly nid oes llinell yn eu cysylltu. Cymru a Lloegr
trend-with-18-label = Gyda rhai 18 oed
trend-with-18-disputed = Yn destun dadl: yn ôl { $source }, { $value } ({ $period }) yw’r uchaf ers 2000.
trend-headline-title = Prif ffigur y Bwrdd Cyfiawnder Ieuenctid
trend-headline-what = “Nifer cyfartalog y plant yn y ddalfa” dros flwyddyn sy’n dod i ben ym mis Mawrth, Cymru a Lloegr
trend-headline-label = Y prif ffigur
trend-grades-label = Graddau lleoedd
trend-value = { $value }
trend-value-rough = tua { $value }
trend-value-unknown = ddim yn hysbys

table-title = Graddau, y diweddaraf sy’n hysbys
table-title-place = { $name }: graddau
table-legend = ↑ gwell, ↓ gwaeth, = yr un fath â’r arolygiad cynt
table-unknown = ddim yn hysbys
table-year-older = { $year }; { $newer } ddim yn hysbys

button-its-grades = Y graddau fel llun
button-counts = Plant yn y ddalfa
button-places-before = Lleoedd cyn y rhain
button-places-after = Rhagor o leoedd

menu-trend = Plant yn y ddalfa, a graddau: lluniau
