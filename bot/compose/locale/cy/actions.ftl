# Beth i’w wneud, beth mae pobl yn ei ddweud am hynny, a’u AS. Glossary: docs/welsh.md. Not yet read by a Welsh speaker.

actions-heading = <b>Beth allwch chi ei wneud nawr</b>
actions-none =
    <b>Beth allwch chi ei wneud nawr</b>
    Nid oes dim yn aros amdanoch ar hyn o bryd. Gallwch ysgrifennu at eich Aelod Seneddol (AS) unrhyw bryd: mae /mp yn dweud pwy yw.
actions-always = Gallwch ysgrifennu at eich Aelod Seneddol (AS) unrhyw bryd: mae /mp yn dweud pwy yw.
action-line = { $number }. <b>{ $label }</b>
action-about = { $title }
action-until = Tan { $deadline }
action-answer-due = Rhaid i’r llywodraeth ateb yn gyhoeddus erbyn { $deadline }, 28 diwrnod ar ôl yr Hysbysiad Brys.
action-answer-was-due = Roedd yn rhaid i’r llywodraeth ateb yn gyhoeddus erbyn { $deadline }.
action-points-heading = <b>Beth allech chi ei ddweud</b>
action-point = • { $point }
action-own-words = Ysgrifennwch yn eich geiriau eich hun, fel chi eich hun, gyda’ch enw a’ch cyfeiriad llawn. Ni chaiff llythyrau sydd yr un fath eu hanfon ymlaen.
action-share-heading = <b>Testun i’w rannu</b>
action-count = Mae { $number } o bobl yma’n dweud eu bod wedi gwneud hyn.
petition-line = { $number ->
    [one] Mae un person wedi llofnodi “{ $title }”.
   *[other] Mae { $number } o bobl wedi llofnodi “{ $title }”.
}
petition-closed = { $number ->
    [one] Mae’r ddeiseb “{ $title }” wedi cau; llofnododd un person hi.
   *[other] Mae’r ddeiseb “{ $title }” wedi cau; llofnododd { $number } o bobl hi.
}

because-reminder = Rydych yn cael y neges hon oherwydd i chi ofyn am nodyn atgoffa, neu ddweud wrthym eich bod wedi ysgrifennu at eich AS.
reminder = Gofynnoch am gael eich atgoffa: <b>{ $label }</b>
follow-up = Bythefnos yn ôl dywedoch wrth y bot hwn eich bod wedi ysgrifennu at eich AS: <b>{ $label }</b>. A atebodd eich AS?
follow-up-answered = Diolch am ddweud wrthym. Os yw’r ateb yn gadael eich cwestiwn yn agored, gallwch ysgrifennu eto a dweud hynny.
follow-up-unanswered = Diolch am ddweud wrthym. Mae ASau’n cael llawer o lythyrau: ymhen wythnos neu ddwy arall gallwch ysgrifennu eto a chrybwyll eich llythyr cyntaf.

mp-how =
    <b>Pwy yw eich Aelod Seneddol (AS) yn San Steffan?</b>
    Anfonwch /mp a’ch cod post, er enghraifft: /mp SW1A 1AA
    Defnyddir y cod post ar gyfer yr ateb hwn yn unig: ni chaiff ei gadw.
mp-private = Atebir hyn yn breifat yn unig, am fod eraill yn gallu darllen yma. Anfonwch /mp a’ch cod post at y bot hwn mewn sgwrs breifat.
mp-private-delete-yourself = Efallai yr hoffech ddileu eich neges: mae eich cod post ynddi.
mp-found = Eich etholaeth yw <b>{ $constituency }</b>. Eich AS yw <b>{ $member }</b>.
mp-vacant = Eich etholaeth yw <b>{ $constituency }</b>. Mae’r sedd yn wag ar hyn o bryd: bydd isetholiad yn penderfynu pwy fydd eich AS.
mp-member-unknown = Eich etholaeth yw <b>{ $constituency }</b>. Nid oedd modd darganfod nawr pwy yw’r AS; mae WriteToThem yn gwybod.
mp-devolved-scotland = Mater i Lywodraeth yr Alban yw carchardai yn yr Alban, ac am Gymru a Lloegr y mae’r bot hwn yn sôn. Gall eich AS yn San Steffan ofyn am hyn yr un fath.
mp-devolved-northern-ireland = Mater i Adran Gyfiawnder Gogledd Iwerddon yw carchardai yno, ac am Gymru a Lloegr y mae’r bot hwn yn sôn. Gall eich AS yn San Steffan ofyn am hyn yr un fath.
mp-not-kept = Defnyddiwyd eich cod post ar gyfer yr ateb hwn ac ni chaiff ei gadw.
mp-kept = Rydym yn cadw eich etholaeth oherwydd i chi ofyn i ni wneud.
mp-unreadable = Nid yw hynny’n edrych fel cod post. Mae un yn edrych fel hyn: SW1A 1AA.
mp-unknown = Nid oes cod post o’r fath mewn unrhyw etholaeth heddiw. Efallai ei fod wedi’i gamsillafu, neu nad yw’n cael ei ddefnyddio bellach.
mp-down = Nid oedd modd darganfod nawr pwy yw eich AS. Mae WriteToThem yn dod o hyd i hynny drwy eich cod post ac yn gadael i chi ysgrifennu’n syth.
mp-remembered = Cedwir <b>{ $constituency }</b> fel eich etholaeth. Mae /mp heb god post nawr yn ateb ar ei chyfer.
mp-forgotten = Ni chedwir eich etholaeth bellach.

## Plain text: buttons, notices, menus.

share-words = { $title } ({ $source }, { $date })

button-act-done = Wedi’i wneud
button-act-later = Wedyn
button-act-refused = Nid i mi
button-act-points = Beth allech chi ei ddweud
button-act-tomorrow = Yfory
button-act-week = Mewn wythnos
button-act-due = Ar { $date }
button-act-back = Yn ôl
button-act-answered = Do
button-act-unanswered = Ddim eto
button-marked-done = Dywedoch: wedi’i wneud. Newid
button-marked-later = Nodyn atgoffa ar { $date }. Newid
button-marked-refused = Dywedoch: nid i mi. Newid
button-actions-list = Yn ôl i’r rhestr
button-share-inline = Rhannu mewn sgwrs
button-mp-write = Ysgrifennu at eich AS
button-mp-keep = Cofio fy etholaeth
button-mp-forget = Anghofio fy etholaeth
button-mp-erase = Dileu fy neges

notice-act-done = Diolch am ddweud wrthym.
notice-act-done-mp = Diolch. Ymhen pythefnos gofynnir i chi a atebodd eich AS.
notice-act-done-count = Diolch. Mae { $number } o bobl yma’n dweud eu bod wedi gwneud hyn.
notice-act-refused = Wedi’i nodi.
notice-act-later = Cewch eich atgoffa ar { $date }.
notice-act-undone = Wedi’i dynnu’n ôl.
notice-act-private = Diolch. Mewn sgwrs breifat gyda’r bot hwn gellir ei gadw, a gallwch gael eich atgoffa.
notice-act-points-private = Mewn sgwrs breifat gyda’r bot hwn, mae /actions yn dangos beth allech chi ei ddweud.
notice-act-over = Ni ofynnir hyn bellach.
notice-mp-erased = Wedi’i dileu.
notice-mp-not-erased = Ni all y bot hwn ddileu’r neges honno. Gallwch ei dileu eich hun.
notice-mp-not-yours = Dim ond pwy bynnag a ysgrifennodd y neges honno all ofyn am ei dileu.
notice-mp-down = Nid oedd modd gwirio hynny nawr. Rhowch gynnig arall arni ymhen ychydig funudau.

menu-actions = Beth allwch chi ei wneud nawr
menu-mp = Pwy yw eich AS
