# Beth y mae sgwrs yn ei ddilyn, sut y daw negeseuon, seibiau, a beth a gedwir. Glossary and grammar: docs/welsh.md.
# Not yet read by a Welsh speaker.

following-heading = <b>Beth rydych yn ei ddilyn</b>
following-line = • <b>{ $name }</b>: { $often }; { $expected }
following-nothing = Dim eto. Dewiswch isod beth hoffech chi gael gwybod amdano.
following-calls-yes = Galwadau i weithredu: cytunwyd.
following-calls-no = Galwadau i weithredu: na.
following-paused = <b>Wedi’i seibio tan { $until }.</b> Ni chaiff dim ei anfon cyn hynny; mae /resume yn dod â’r saib i ben.
following-counted = Mae’r nifer i’w ddisgwyl wedi’i gyfrif o’r deuddeg mis diwethaf.
following-topics =
    <b>Pynciau</b>
    Dewiswch un i ddweud pa mor aml yr hoffech gael gwybod amdano.
following-places =
    <b>Lleoedd</b>
    Y rhai sy’n dal plant nawr sy’n dod gyntaf.
following-group =
    <b>{ $name }</b>
    Dewiswch le i ddweud pa mor aml yr hoffech gael gwybod amdano.

choice-heading = <b>{ $name }</b>
choice-state = Nawr: { $often }. Hysbysiadau: { $expected }.
choice-anyway = Rydych yn dilyn popeth, felly daw hysbysiadau am hyn beth bynnag. Os bydd mwy nag un dewis yn cyfateb, yr un sy’n rhoi gwybod i chi gyntaf sy’n cyfrif. I gael gwybod am hyn yn unig, rhowch y gorau i ddilyn popeth.
choice-consent = Pa mor aml y cawn ni anfon hysbysiadau atoch am hyn? Drwy wasgu un o’r botymau hyn rydych yn cytuno i hynny; mae /stop yn rhoi’r gorau iddi ar unrhyw adeg.

question-alerts-about =
    <b>A gawn ni anfon hysbysiadau atoch am y canlynol: { $name }?</b>
    Neges pan gaiff canfyddiad newydd amdano ei gyhoeddi ({ $expected }).
agreed-alerts-about = <b>Rydych wedi cytuno i gael hysbysiadau am y canlynol: { $name }.</b> Cewch wybod am bob canfyddiad newydd amdano, wrth iddo gael ei gyhoeddi. Mae /subscribe yn dilyn rhagor, mae /stop yn rhoi’r gorau iddi.
already-alerts-some = Rydych yn cael hysbysiadau am: { $names }.
start-follows-everything = Rydych yn dilyn popeth, felly rydych eisoes yn cael hysbysiadau am y canlynol: { $name }.
start-offers = Mae’r ddolen a ddaeth â chi yma’n ymwneud â: { $name }.
welcome-set =
    { $alerts } Rydych yn cael galwadau i weithredu.

    Mae /subscribe yn newid beth rydych yn ei ddilyn, mae /settings yn newid sut y daw negeseuon atoch, mae /latest yn dangos y canfyddiadau diweddaraf, ac mae /stop yn rhoi’r gorau i’r cyfan.

settings-heading = <b>Sut y daw negeseuon atoch</b>
settings-digests = • Crynodebau: rhai dyddiol am { $at }; rhai wythnosol: { $day }, { $at }
settings-quiet = • Oriau tawel: o { $begins } tan { $ends }. Daw’r hyn a ganfyddir yn y cyfamser wedyn, mewn un neges
settings-quiet-none = • Oriau tawel: dim
settings-silent-yes = • Sain: daw negeseuon yn ddi-sain
settings-silent-no = • Sain: fel y mae eich Telegram wedi’i osod
settings-urgent-yes = • Hysbysiadau Brys yr arolygiaeth: ar unwaith, hyd yn oed os ydych yn darllen crynodebau; byth yn ystod oriau tawel
settings-urgent-no = • Hysbysiadau Brys yr arolygiaeth: yn eich crynodeb, os ydych yn darllen un
settings-cap = { $count ->
    [one] • Galwadau i weithredu: un yr wythnos ar y mwyaf
   *[other] • Galwadau i weithredu: { $count } yr wythnos ar y mwyaf
}
settings-cap-none = • Galwadau i weithredu: dim terfyn
settings-paused = • Wedi’i seibio tan { $until }: ni chaiff dim ei anfon cyn hynny
settings-hours = Mae’r oriau yn ôl amser lleol: { $place }.
settings-ask-hour = <b>Am faint o’r gloch y dylai crynodebau ddod?</b>
settings-ask-day = <b>Ar ba ddiwrnod y dylai crynodebau wythnosol ddod?</b>
settings-ask-quiet =
    <b>Oriau tawel</b>
    Yn ystod yr oriau hyn ni chaiff dim ei anfon, hyd yn oed rhywbeth brys. Daw’r hyn a ganfyddir yn y cyfamser wedyn, mewn un neges.
settings-ask-from = <b>O faint o’r gloch y dylai fod yn dawel?</b>
settings-ask-until = <b>Mae’n dawel o { $begins }. Tan faint o’r gloch?</b>
settings-ask-cap = <b>Faint o alwadau i weithredu yr wythnos, ar y mwyaf?</b>

pause-question =
    <b>Am ba hyd y dylid peidio ag anfon dim?</b>
    Gallwch hefyd ysgrifennu diwrnod neu nifer o ddyddiau ar ôl y gorchymyn, er enghraifft: /pause 3 Rhagfyr, neu: /pause 10
pause-again =
    <b>Wedi’i seibio tan { $until }.</b>
    Dewiswch ddiwedd arall, neu ewch ymlaen ar unwaith.
pause-unreadable =
    Nid yw hynny’n edrych fel diwrnod sydd i ddod. Mae un yn edrych fel hyn: /pause 3 Rhagfyr, neu: /pause 10
pause-too-long = Blwyddyn yw’r saib hiraf. Mae /pause ar ei ben ei hun yn cynnig un heb ddiwedd, nes i chi ddod yn ôl.
paused =
    <b>Wedi’i seibio tan { $until }.</b> Ni chaiff dim ei anfon cyn hynny.
    Mae /resume yn dod â’r saib i ben yn gynt. Wedyn mae /missed yn dangos beth a gyhoeddwyd yn y cyfamser.
paused-open =
    <b>Wedi’i seibio nes i chi ddod yn ôl.</b> Ni chaiff dim ei anfon cyn hynny.
    Mae /resume yn dod â’r saib i ben. Wedyn mae /missed yn dangos beth a gyhoeddwyd yn y cyfamser.
pause-follows-nothing = Nid ydych yn dilyn dim, felly nid oes dim i’w seibio. Mae /subscribe yn dangos beth y gallwch ei ddilyn.
resumed = { $count ->
    [0] <b>Croeso’n ôl.</b> Daw negeseuon eto. Nid ydych wedi colli dim rydych yn ei ddilyn; byddai /missed yn ei ddangos.
    [one] <b>Croeso’n ôl.</b> Daw negeseuon eto. Cyhoeddwyd un canfyddiad yn y cyfamser: mae /missed yn ei ddangos.
   *[other] <b>Croeso’n ôl.</b> Daw negeseuon eto. Cyhoeddwyd { $count } o ganfyddiadau yn y cyfamser: mae /missed yn eu dangos.
}
resumed-already = Nid ydych wedi seibio: daw negeseuon fel y dewisoch. Mae /settings yn dangos sut.
missed-heading = <b>Yr hyn a golloch</b> o { $first } hyd { $last }
missed-heading-since = <b>Yr hyn a golloch</b> ers { $first }
missed-none = Nid ydych wedi colli dim. Ar ôl saib, neu ar ôl i chi flocio’r bot hwn, mae /missed yn dangos beth a gyhoeddwyd yn y cyfamser am yr hyn rydych yn ei ddilyn.

held-heading = <b>Beth a gedwir am y sgwrs hon</b>
held-nothing = <b>Ni chedwir dim am y sgwrs hon.</b>
held-chat = • Rhif y sgwrs hon: { $chat }
held-topic = • Rhif y pwnc hwn ynddi: { $topic }
held-language-chosen = • Iaith: { $language }, fel y dewisoch
held-language = • Iaith: { $language }, fel y dywedodd Telegram
held-since = • Ysgrifennwyd yma gyntaf: { $date }
held-source = • Label y ddolen a ddaeth â chi yma: { $source }
held-blocked = • Blociwyd y bot hwn ar { $date }
held-left = • Nid oes dim yn cael ei ddilyn ers { $date }: caiff hyn i gyd ei ddileu 28 diwrnod yn ddiweddarach
held-constituency = • Eich etholaeth: { $constituency }
held-away = • Y tro diwethaf na chyrhaeddodd negeseuon chi: o { $date } ymlaen
held-consents = <b>Beth y cytunwyd iddo</b>
held-consent = • { $what }: { $often }. Cytunwyd ar { $date }, geiriad { $version }
held-consent-ended = • { $what }: daeth i ben ar { $date }, { $reason }. Cytunwyd ar { $said }, geiriad { $version }
held-none = • Dim
held-choices = <b>Dewisiadau</b>
held-records = <b>Cofnodion</b>
held-deliveries = • Negeseuon a anfonwyd neu sydd i ddod: { $count }
held-waiting = • Canfyddiadau sy’n aros am grynodeb: { $count }
held-marks = • Yr hyn a wasgwyd o dan rywbeth i’w wneud: { $count }
held-gone = • Mae Telegram yn dweud nad oes modd cyrraedd y sgwrs hon
held-organiser = • Fel un o drefnwyr y bot hwn: eich rôl, eich drafftiau a’ch penderfyniadau, o dan eich rhif ({ $count } o resi)
held-file = Mae’r ffeil isod yn cynnwys y cyfan, fesul rhes. Ni chedwir enw, enw defnyddiwr na dim a ysgrifennoch. Mae /forget yn ei ddileu.

forgot =
    <b>Wedi’i ddileu.</b> Ni chedwir dim am y sgwrs hon bellach, ac ni chaiff dim ei anfon.
    Dyma beth a ddilëwyd:
    • rhif, iaith a dewisiadau’r sgwrs
    • yr hyn y cytunwyd iddo: { $consents }
    • cofnodion o negeseuon a anfonwyd neu oedd i ddod: { $deliveries }
    • canfyddiadau a oedd yn aros am grynodeb: { $waiting }
    • yr hyn a wasgwyd o dan rywbeth i’w wneud: { $marks }

    Mae croeso i chi ddod yn ôl unrhyw bryd: /start.
forgot-organiser = Rydych yn un o drefnwyr y bot hwn. Mae eich rhif yn aros gyda’r hyn a wnaethoch fel trefnydd: gall perchennog eich tynnu oddi ar y rhestr, ac mae’r hyn a benderfynwyd yn aros ar gofnod.

channel-added =
    <b>Rydych wedi ychwanegu’r bot hwn at sianel.</b> Nid yw’n anfon dim yno eto.
    Postiwch /start yn y sianel, fel un o’i gweinyddwyr: mae angen yr hawl i bostio ar y bot. Dim ond gweinyddwyr all ateb yr hyn y mae’n ei ofyn wedyn.
channel-welcome =
    <b>Gall y sianel hon gario’r hyn y mae’r bot hwn yn ei ganfod.</b>
    Gall pwy bynnag sy’n cael postio yma ddewis drwy /start, /subscribe a /settings; dim ond i weinyddwyr y mae’r botymau’n ateb. Mae pawb sy’n darllen y sianel yn gweld y cwestiynau, felly dilëwch nhw wedyn.
help-big-audiences = I gynulleidfa fawr, gadewch i sianel gyhoeddus gario’r hysbysiadau: ychwanegwch y bot hwn ati fel gweinyddwr a phostiwch /start yno. Yna mae un neges yn cyrraedd pawb ar unwaith.

busy = Mae hynny’n llawer ar unwaith. Ni chafodd yr hyn a anfonoch ddiwethaf ei ateb: arhoswch funud, yna gofynnwch eto. Mae /stop yn gweithio ar unrhyw adeg.
unknown-thing = Nid yw’r bot hwn yn gallu edrych ar luniau, sticeri, recordiadau, polau na lleoliadau. Mae’n ateb gorchmynion: mae /latest yn dangos y canfyddiadau diweddaraf, mae /help yn rhestru’r gweddill.
unknown-edit = Nid yw’r bot hwn yn edrych ar negeseuon sy’n cael eu newid wedyn. Anfonwch y gorchymyn fel neges newydd.

## Plain text: names, buttons, notices, menus.

everything-name = Popeth
calls-name = Galwadau i weithredu
alerts-about-name = Hysbysiadau am: { $name }
often-now = pob canfyddiad ar unwaith
often-daily = mewn crynodeb dyddiol
often-weekly = mewn crynodeb wythnosol
often-never = heb ei ddilyn
expected-month = tua { $count } y mis
expected-year = { $count ->
    [0] dim un y llynedd
   *[other] tua { $count } y flwyddyn
}
short-month = { $count } y mis
short-year = { $count ->
    [0] dim un y llynedd
   *[other] { $count } y flwyddyn
}
choice-label = { $name }: { $told }
choice-label-followed = ✓ { $name }: { $told }
until-open = i chi ddod yn ôl
reason-stopped = oherwydd i chi roi’r gorau iddo
reason-blocked = oherwydd i’r bot hwn gael ei flocio
reason-deactivated = oherwydd i’r cyfrif gael ei gau
reason-kicked = oherwydd i’r bot hwn gael ei dynnu oddi yno
reason-not-found = oherwydd nad oedd y sgwrs yno bellach
reason-merged = oherwydd i’r grŵp droi’n un arall
reason-forgotten = oherwydd iddo gael ei ddileu
weekday-0 = Dydd Llun
weekday-1 = Dydd Mawrth
weekday-2 = Dydd Mercher
weekday-3 = Dydd Iau
weekday-4 = Dydd Gwener
weekday-5 = Dydd Sadwrn
weekday-6 = Dydd Sul

button-choose-follows = Dewis beth i’w ddilyn
button-follow-about = Dilyn: { $name }
button-change = { $name }: newid
button-everything = Dilyn popeth: { $expected }
button-go-topics = Pynciau
button-go-places = Lleoedd
button-search-for = Chwilio’r canfyddiadau am hyn
button-calls = Galwadau i weithredu
button-settings = Sut y daw negeseuon atoch
button-following = Beth rydych yn ei ddilyn
button-page-before = Tudalen flaenorol
button-page-after = Tudalen nesaf
button-go-back = Yn ôl
button-often-now = Ar unwaith
button-often-daily = Yn ddyddiol
button-often-weekly = Yn wythnosol
button-chosen = ✓ { $label }
button-unfollow = Rhoi’r gorau i ddilyn
button-set-hour = Awr y crynodeb
button-set-day = Diwrnod y crynodeb
button-set-quiet = Oriau tawel
button-set-cap = Terfyn ar alwadau
button-set-silent-on = Anfon yn ddi-sain
button-set-silent-off = Anfon â sain
button-set-urgent-on = Rhai brys ar unwaith
button-set-urgent-off = Rhai brys yn y crynodeb
button-quiet = { $begins } tan { $ends }
button-quiet-other = Oriau eraill
button-quiet-none = Dim oriau tawel
button-cap-none = Dim terfyn
button-pause-day = Un diwrnod
button-pause-week = Un wythnos
button-pause-month = Un mis
button-pause-open = Nes i mi ddod yn ôl
button-resume = Mynd ymlaen nawr

notice-kept = Wedi’i gadw: { $name }, { $often }.
notice-set = Wedi’i gadw.
notice-busy = Gormod ar unwaith. Arhoswch funud.

menu-subscribe = Beth rydych yn ei ddilyn, a pha mor aml
menu-settings = Oriau, oriau tawel, sain, terfynau
menu-pause = Anfon dim am ysbaid
menu-resume = Mynd ymlaen ar ôl saib
menu-missed = Beth a gyhoeddwyd tra oeddech i ffwrdd
menu-mydata = Beth a gedwir amdanoch
