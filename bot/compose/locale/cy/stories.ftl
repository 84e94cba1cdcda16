# Straeon: penderfyniadau’r trefnwyr, ac atebion i bawb. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

## Why something was dismissed.

reason-not-ours = Rheswm: nid ein maes ni.
reason-already-told = Rheswm: wedi’i ddweud eisoes.
reason-too-old = Rheswm: rhy hen.
reason-too-sensitive = Rheswm: rhy sensitif i’w ddweud.
reason-other = Rheswm: un arall.

## A new turn of an earlier story.

alert-prior = Cynt: { $story }, { $date }

## Why something was sent.

why-heading = <b>Pam y cawsoch wybod:</b> { $title }
why-certain = Roedd y bot yn sicr bod hwn yn ymwneud â phlant yn y ddalfa, ac fe’i hanfonodd ohono’i hun.
why-decided = Edrychodd trefnydd arno a phenderfynu ei anfon.
why-for =
    <b>Beth oedd o’i blaid</b> (yn Saesneg)
    { $points }
why-against =
    <b>Beth oedd yn ei erbyn</b> (yn Saesneg)
    { $points }
why-point = • { $words }
why-number = Stori { $story }. Mae /split { $story } yn tynnu rhywbeth ohoni; mae /merge { $story } a rhif arall yn gwneud y ddwy’n un.
why-call = Ein hymgyrchwyr ysgrifennodd y neges hon, ac fe’i hanfonwyd fel y cymeradwyon nhw hi.
why-digest = Mae’r neges hon yn rhestru sawl canfyddiad. Mae /search yn dod o hyd i bob un drwy air o’i bennawd.
why-none = Nid oes hysbysiad wedi’i anfon yma eto, felly nid oes dim i’w esbonio.
why-unknown = Nid oes dim i’w esbonio am y neges honno, neu ddim bellach. Anfonwch /why fel ateb i hysbysiad o’r 90 diwrnod diwethaf.

## Two stories that may be one.

card-merge =
    <b>Gallai’r rhain fod yn un digwyddiad.</b> Mae “{ $title }” yn cyfateb i’r ddwy.
    Mae “Cyfuno” yn rhoi’r ddwy yn y gynharaf. Ni chaiff neb wybod dim eto, ac mae /split yn eu gwahanu.
card-merge-row = Stori { $number }: { $title }{ $fate }
fate-merged = {" "}– <i>wedi’i chyfuno ag un arall</i>
decided-merge = <b>Cyfunwyd</b> gan { $who }, { $at }.
decided-apart = <b>Cadwyd ar wahân</b> gan { $who }, { $at }.

merge-usage = Ysgrifennwch rifau dwy stori ar ôl y gorchymyn, er enghraifft: /merge 12 15. Mae /why fel ateb i hysbysiad yn rhoi ei rif.
merge-done = Un stori yw { $one } a { $other } bellach. Ni chaiff neb wybod dim eto.
merge-not = Nid oes modd cyfuno’r rhain: un stori ydynt eisoes, neu nid oes stori â’r rhif hwnnw.
split-usage = Ysgrifennwch rif stori ar ôl y gorchymyn, er enghraifft: /split 12. Mae /why fel ateb i hysbysiad yn rhoi ei rif.
split-heading =
    <b>Stori { $story }:</b> { $title }
    Beth sy’n sôn am ddigwyddiad arall? Bydd yn cael ei stori ei hun, a fydd yn aros am adolygiad.
split-row = { $number }. { $title } ({ $source })
split-none = Nid oes dim i’w dynnu o’r stori honno: un adroddiad yn unig sydd ganddi, neu nid oes stori â’r rhif hwnnw.
split-done = Stori { $story } yw hi nawr, ac mae’n aros am adolygiad cyn gynted ag y bydd wedi’i darllen.

## Plain text: buttons, notices, menus.

button-not-ours = Nid ein maes ni
button-already-told = Wedi’i ddweud eisoes
button-too-old = Rhy hen
button-too-sensitive = Rhy sensitif i’w ddweud
button-other = Rheswm arall
button-merge = Cyfuno
button-apart = Cadw ar wahân
button-split-one = Tynnu { $number }

notice-why-dismissed = Dywedwch pam, os gwelwch yn dda.
notice-merged = Cyfunwyd. Ni chaiff neb wybod eto.
notice-apart = Maent yn aros yn ddwy stori.
notice-split = Wedi’i wneud: mae’n stori ar wahân.

menu-why = Pam yr anfonwyd hysbysiad atoch
menu-merge = Gwneud dwy stori’n un
menu-split = Tynnu rhywbeth o stori
