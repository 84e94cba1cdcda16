# Atebion i gwestiynau y gall unrhyw un eu gofyn. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

latest-heading = <b>Y canfyddiadau diweddaraf</b>
latest-none = Nid oes dim wedi’i ganfod eto. Pan gaiff canfyddiad ei gyhoeddi, gallwch ei weld yma.
latest-gone = Nid oes canfyddiad i’w ddangos ar hyn o bryd.

search-heading = <b>{ $words }</b>
search-usage = Ysgrifennwch yr hyn rydych yn chwilio amdano ar ôl y gorchymyn, er enghraifft: /search Werrington safety. Saesneg yw iaith y rhan fwyaf o’r ffynonellau, felly chwiliwch â geiriau Saesneg.
search-too-long = Mae hynny’n rhy hir i chwilio amdano. Defnyddiwch ychydig o eiriau, dim mwy na { $limit } o nodau.
search-none = Nid oes canfyddiad sy’n cynnwys pob un o’r geiriau hyn: { $words }. Rhowch gynnig ar lai o eiriau, ar sillafiad arall, neu ar eiriau Saesneg; mae /latest yn dangos y canfyddiadau diweddaraf.
search-about = <b>{ $words }</b>
    Cymerwyd eich bod yn holi am: { $place }. I chwilio am y geiriau yn unig, rhowch nhw mewn dyfynodau.
search-nothing = Nid oes gair yn hynny i chwilio amdano. Er enghraifft: /search Werrington safety
page-none = Nid oes dim ar y dudalen honno bellach.
page-more = Mae rhagor nag sy’n ffitio yma. Bydd chwiliad byrrach yn rhoi rhagor o dudalennau.

latest-about = <b>Y canfyddiadau diweddaraf:</b> { $name }
latest-about-none = Nid oes dim wedi’i ganfod eto: { $name }. Mae /latest ar ei ben ei hun yn dangos y diweddaraf o’r cyfan.
latest-unknown = Nid oes lle na phwnc o’r enw hwnnw yma: { $name }. Dyma’r pynciau; mae /prison yn rhestru’r lleoedd, ac mae /search yn chwilio am eiriau.

## A place.

place-name = <b>{ $name }</b>
place-name-only = { $name }
place-kind = { $kind }, { $nation }
place-open = Mae plant yn cael eu dal yma nawr, yn ôl y rhestr o leoedd sydd gan y bot hwn.
place-paused = Nid oes plant yn cael eu dal yma am y tro (ers { $year }); fe all ailagor.
place-closed = Nid oes plant yn cael eu dal yma bellach: daeth hynny i ben yn { $year } fan bellaf.
place-not-yet = Disgwylir iddo agor ar { $date }.
place-graded = <b>Y canfyddiadau diweddaraf sydd â graddau</b>
place-history = <b>Graddau’r arolygiadau cynt</b>
place-newest = <b>Y straeon diweddaraf</b>
place-nothing = Nid oes dim am y lle hwn wedi dod drwy’r bot hwn eto.
history-grade = { $test } { $grade }
history-line = { $year }: { $grades }
history-line-sourced = { $year }: { $grades } (ffynhonnell { $sources })

place-timeline = <b>{ $name }:</b> y straeon amdano, y diweddaraf yn gyntaf
place-several = Mae mwy nag un lle’n cyfateb. Pa un sydd gennych mewn golwg?
place-unknown = Nid oes lle o’r enw hwnnw yma: { $name }. Ai un o’r rhain sydd gennych mewn golwg?
places-heading = <b>Ble mae plant yn cael eu dal</b>
    Dewiswch fath o le, neu ysgrifennwch enw ar ôl y gorchymyn, er enghraifft: /prison Feltham
places-group = <b>{ $name }</b>

place-type-under-18-yoi = Sefydliad troseddwyr ifanc i rai dan 18 oed
place-type-girls-unit-in-womens-prison-yoi = Uned i ferched mewn carchar i fenywod
place-type-secure-training-centre = Canolfan hyfforddi ddiogel
place-type-secure-school = Ysgol ddiogel
place-type-secure-childrens-home = Cartref diogel i blant

nation-england = Lloegr
nation-wales = Cymru

## Plain text: buttons, menus.

group-closed = Dim plant bellach
group-label = { $name } ({ $count })
button-older = Hŷn
button-newer = Diweddarach
button-timeline = Pob stori amdano
button-all-places = Pob lle
button-back-to-place = { $name }

menu-prison = Lle: beth a ganfuwyd yno
