# /trend and what is shown as a picture: children in custody, grades of places. Telegram HTML. Each caption says in words
# what its picture shows.

trend-title = <b>{ $title }</b>
trend-source = Source: { $sources }. Last figure: { $last }.
trend-ways = Three counts go by the same words. Never compare a figure of one with a figure of another.
trend-line = Highest: { $highest } ({ $high }). Lowest: { $lowest } ({ $low }). Last: { $value } ({ $last }).
trend-averages = Average of a year: { $before } in { $first }, { $value } in { $last }.
trend-figures = { $figures }.
trend-figure = { $period }: { $value }
trend-figure-rough = { $period }: around { $value }
trend-figure-unknown = { $period }: not known here
trend-unknown = Nothing of that name here: { $name }. Do you mean one of these places?
trend-none = There is nothing to show here yet.

## Grades.

grades-heading = <b>Grades of places for children</b>, the newest that are known
grades-place-heading = <b>{ $name }:</b> grades by inspection, the newest first
grades-row = <b>{ $name }</b> ({ $year }): { $grades }.
grades-row-older = <b>{ $name }</b> ({ $year }; those of { $newer } are not known here): { $grades }.
grades-year = <b>{ $year }:</b> { $grades }.
grades-year-unknown = <b>{ $year }:</b> not known here.
grades-stated = { $test } { $grade }
grades-changed = { $test } { $grade } ({ $change })
grades-scale = The inspectorate of prisons has four steps: good, reasonably good, not sufficiently good, poor.
grades-sources = Sources: { $sources }
grades-none = { $name }: no grades of the inspectorate of prisons are known here. Secure schools and secure training centres get Ofsted’s words instead: /prison tells them.

## A place.

timeline-inspection = <b>Inspection</b>, { $line }

## Plain text: pictures, buttons, menus.

trend-under-18-title = Children under 18 in custody
trend-under-18-what = In young offender institutions, secure training centres, secure schools and secure children’s homes in England and Wales, by month
trend-under-18-label = Under 18
trend-under-18-note = Known here: April, July, October and January to March of each year.
trend-with-18-title = With 18-year-olds who are still held
trend-with-18-what = Two figures of two kinds: the average of 2002/03, and one month. So no line joins them. England and Wales
trend-with-18-label = With 18-year-olds
trend-with-18-disputed = Disputed: { $source } calls { $value } ({ $period }) the highest since 2000.
trend-headline-title = The Youth Justice Board’s headline
trend-headline-what = “Average number of children in custody” over a year that ends in March, England and Wales
trend-headline-label = Headline figure
trend-grades-label = Grades of places
trend-value = { $value }
trend-value-rough = around { $value }
trend-value-unknown = not known

table-title = Grades, the newest that are known
table-title-place = { $name }: grades
table-legend = ↑ better, ↓ worse, = the same as the inspection before
table-unknown = not known
table-year-older = { $year }; { $newer } not known

button-its-grades = Its grades as a picture
button-counts = Children in custody
button-places-before = Places before these
button-places-after = More places

menu-trend = Children in custody, and grades: pictures
