# Yr hyn y mae cefnogwyr yn ei weld. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

# The English version's, with the language: who answers the question in another language than it was asked in is asked again.
consent-version = 2026-11-25-cy

welcome =
    Mae’r bot hwn yn gwylio’r hyn y mae newyddiadurwyr a chyrff cyhoeddus yn ei gyhoeddi am blant mewn carchar yng Nghymru a Lloegr.
    Pan ddaw rhywbeth newydd i’r amlwg, gall anfon neges atoch: beth a ganfuwyd, yng ngeiriau’r ffynhonnell ei hun (yn Saesneg gan amlaf), a beth y gallwch chi ei wneud am y peth.
    Ni chaiff dim ei anfon oni bai eich bod yn cytuno isod, ac mae /stop yn rhoi’r gorau i’r cyfan ar unrhyw adeg.

question-alerts =
    <b>A gawn ni anfon hysbysiadau atoch?</b>
    Neges pan gaiff canfyddiad newydd ei gyhoeddi, am bopeth rydym yn ei wylio: dim un ambell wythnos, sawl un ambell wythnos.
question-calls-to-action =
    <b>A gawn ni anfon galwadau i weithredu atoch?</b>
    Neges bob hyn a hyn, wedi’i hysgrifennu gan ein hymgyrchwyr, pan all rhywbeth a wnewch chi helpu: ysgrifennu at eich Aelod Seneddol, llofnodi, rhannu.

agreed-alerts = <b>Rydych wedi cytuno i gael hysbysiadau.</b> Cewch wybod am bob canfyddiad newydd, wrth iddo gael ei gyhoeddi. Mae /subscribe yn culhau’r dewis neu’n ei droi’n grynodeb, mae /stop yn rhoi’r gorau i hyn.
agreed-calls-to-action = <b>Rydych wedi cytuno i gael galwadau i weithredu.</b> Cewch glywed gennym pan fydd rhywbeth i’w wneud. Mae /stop yn rhoi’r gorau i hyn.
agreed-latest = Cyhoeddwyd y canfyddiad diweddaraf ar { $date }.
declined-alerts = <b>Dim hysbysiadau.</b> Ni chaiff yr un ei anfon. Mae /start yn gofyn eto, pryd bynnag y mynnwch.
declined-calls-to-action = <b>Dim galwadau i weithredu.</b> Ni chaiff yr un ei hanfon. Mae /start yn gofyn eto, pryd bynnag y mynnwch.
asked-anew = Mae geiriau’r cwestiwn hwn wedi newid ers i chi ei weld, felly dyma fe eto.
already-alerts = Rydych yn cael hysbysiadau am bopeth.
already-calls-to-action = Rydych yn cael galwadau i weithredu.

stopped = <b>Wedi stopio.</b> Ni chaiff dim mwy ei anfon: dim hysbysiadau a dim galwadau i weithredu. Mae /start yn eu hailddechrau, ac mae /forget yn dileu’r hyn rydym yn ei gadw amdanoch.
stopped-already = Nid ydych yn cael hysbysiadau na galwadau i weithredu, felly nid oes dim i’w stopio. Mae /start yn gofyn beth hoffech chi ei gael.

help =
    <b>Beth y gallwch ei ofyn</b>
    /start – hysbysiadau a galwadau i weithredu: cytuno neu beidio
    /subscribe – dilyn popeth, pynciau neu leoedd, ar unwaith, yn ddyddiol neu’n wythnosol
    /settings – awr crynodebau, oriau tawel, negeseuon di-sain, terfyn
    /latest – y canfyddiadau diweddaraf
    /search – chwilio’r canfyddiadau, er enghraifft: /search Werrington safety
    /prison – beth a ganfuwyd mewn un lle, er enghraifft: /prison Feltham
    /trend – plant yn y ddalfa a graddau’r arolygwyr dros y blynyddoedd, fel lluniau
    /actions – beth y gallwch ei wneud nawr, gyda dyddiadau cau
    /mp – pwy yw eich AS, drwy eich cod post, na chaiff ei gadw
    /why – pam yr anfonwyd hysbysiad atoch: anfonwch ef fel ateb i’r hysbysiad, neu ar ei ben ei hun am y diweddaraf
    /pause – anfon dim am ysbaid; mae /resume yn mynd ymlaen
    /missed – beth a gyhoeddwyd tra oeddech i ffwrdd
    /stop – rhoi’r gorau i hysbysiadau a galwadau i weithredu
    /language – English neu Cymraeg
    /privacy – beth rydym yn ei gadw amdanoch, ac am ba hyd
    /mydata – y cyfan, i’w ddarllen ac fel ffeil
    /forget – dileu’r hyn rydym yn ei gadw amdanoch, ar unwaith
    /whoami – eich rhif Telegram (dim ond trefnwyr sydd ei angen)

privacy =
    <b>Beth rydym yn ei gadw, ac am ba hyd</b>
    { $who }

    Os ydych yn defnyddio’r bot hwn, rydym yn cadw rhif y sgwrs hon, eich iaith, a label y ddolen a ddaeth â chi yma, os oedd un. Rydym yn cadw’r hyn y cytunoch iddo, ynghyd â’r dyddiad a fersiwn y cwestiwn, a’r hyn a ddewisoch: beth rydych yn ei ddilyn a pha mor aml, oriau crynodebau ac oriau tawel, sain, terfyn, saib, a phryd na chyrhaeddodd negeseuon chi ddiwethaf.

    Os pwyswch fotwm o dan rywbeth rydym yn gofyn i chi ei wneud, rydym yn cadw’r hyn a wasgoch, i’ch atgoffa ac i gyfrif. Dim ond os gofynnwch i ni y byddwn yn cadw eich etholaeth, ac nid ydym byth yn cadw eich cod post. Nid ydym yn cadw eich enw, eich enw defnyddiwr na’r hyn rydych yn ei ysgrifennu.

    Tra byddwch yn dilyn rhywbeth rydym yn cadw hyn. Os rhowch y gorau iddi, neu os na chytunwch i ddim, caiff ei ddileu ar ôl 28 diwrnod. Caiff y cofnod o’r hyn a anfonwyd atoch ei ddileu ar ôl 90 diwrnod. Cedwir y rhifau y mae Telegram yn eu rhoi i negeseuon ac i wasgu botymau am 48 awr, fel na chaiff yr un ei ateb ddwywaith.

    O ran y trefnwyr, sy’n rhedeg y bot hwn, rydym yn cadw eu rhifau Telegram, eu drafftiau a’u penderfyniadau. Mae’r rheini’n aros ar gofnod, fel y gellir gwirio pwy a benderfynodd beth.

    Telegram sy’n cludo’r negeseuon, ac mae ganddo ei reolau ei hun.

    Mae /stop yn rhoi’r gorau i bob neges. Mae /mydata yn dangos popeth am y sgwrs hon, ac mae /forget yn ei ddileu ar unwaith.
    { $contact }
privacy-who = Yn gyfrifol am redeg y bot ac am eich data: { $organisation }.
privacy-who-unknown = Nid yw’r copi hwn o’r bot yn dweud pwy sy’n ei redeg. Peidiwch â dibynnu arno, os gwelwch yn dda.
privacy-contact = Cwestiynau neu gwynion: { $contact }. Gallwch hefyd gwyno wrth y Comisiynydd Gwybodaeth, ico.org.uk.
privacy-contact-unknown = Gallwch gwyno wrth y Comisiynydd Gwybodaeth, ico.org.uk.

forget-question =
    <b>Dileu popeth rydym yn ei gadw am y sgwrs hon?</b>
    Hynny yw, eich dewisiadau, eich iaith, yr hyn a wasgoch a’r cofnod o’r hyn a anfonwyd. Daw pob neges i ben. Nid oes modd dadwneud hyn; mae /mydata yn rhoi copi i chi yn gyntaf.
forgotten-already = <b>Nid oes dim i’w ddileu.</b> Nid ydym yn cadw dim am y sgwrs hon.
forget-not = Ni chafodd dim ei ddileu.

welcome-back =
    Rydych wedi dadflocio’r bot hwn. Mae’r hyn yr oeddech yn ei ddilyn o’r blaen yn dal wedi dod i ben: ni chaiff dim ei anfon nes i chi gytuno.
    Mae /start yn gofyn beth hoffech chi ei gael, ac mae /missed yn dangos beth a gyhoeddwyd yn y cyfamser am yr hyn yr oeddech yn ei ddilyn.
group-welcome =
    Diolch am ychwanegu’r bot hwn. Nid yw’n anfon dim yma eto.
    Gall gweinyddwr y grŵp hwn ddewis beth mae’n ei anfon drwy /start, a beth mae’n ei ddilyn drwy /subscribe. Gall unrhyw un ofyn am /latest.
admins-only = Dim ond gweinyddwr y grŵp hwn all ddewis beth a anfonir iddo. Mewn sgwrs breifat â’r bot hwn gallwch ddewis drosoch eich hun.

whoami =
    Eich rhif Telegram yw <code>{ $id }</code>.
    Trefnwyr sydd ei angen: mae perchennog yn ei ddefnyddio i gadarnhau pwy a wahoddwyd, ac mae pwy bynnag sy’n rhedeg y bot hwn yn enwi ei berchnogion drwyddo, o dan [organisers] owners yn y ffurfweddiad. Nid yw gofyn amdano’n cadw dim.
organiser-anonymous = Rydych yn ysgrifennu yn enw’r grŵp hwn, felly ni all y bot weld pwy ydych chi. Diffoddwch “aros yn ddienw” i chi’ch hun, neu gofynnwch mewn sgwrs breifat.

unknown-command = Nid yw’r bot hwn yn adnabod y gorchymyn hwnnw. Mae /help yn rhestru’r rhai y mae’n eu hadnabod.
unknown-text = Nid yw’r bot hwn yn gallu darllen negeseuon, dim ond gorchmynion. Mae /latest yn dangos y canfyddiadau diweddaraf, mae /search yn dod o hyd i eiriau ynddynt, ac mae /help yn rhestru’r gweddill.
apology = Mae’n ddrwg gennym, aeth rhywbeth o’i le yma ac ni chafodd hynny ei wneud. Rhowch gynnig arall arni ymhen munud.

## Plain text: buttons, notices, menus.

button-yes-alerts = Cewch, anfonwch hysbysiadau ataf
button-no-alerts = Dim hysbysiadau
button-yes-calls-to-action = Cewch, anfonwch alwadau i weithredu ataf
button-no-calls-to-action = Dim galwadau i weithredu
button-show-latest = Dangos canfyddiad { $date }
button-forget-yes = Ie, dileu popeth
button-forget-no = Na, cadw’r cyfan

notice-admins-only = Dim ond gweinyddwr y grŵp hwn all ddewis.
notice-organisers-only = Dim ond trefnwyr all benderfynu hyn.
notice-stale = Mae’r botwm hwnnw’n rhy hen. Anfonwch /start neu /help i fynd ymlaen.
notice-apology = Mae’n ddrwg gennym, aeth rhywbeth o’i le. Rhowch gynnig arall arni ymhen munud.

menu-start = Dewis beth a anfonir atoch
menu-latest = Y canfyddiadau diweddaraf
menu-search = Chwilio’r canfyddiadau
menu-stop = Rhoi’r gorau i bob neges
menu-help = Beth y gallwch ei ofyn
menu-privacy = Beth rydym yn ei gadw amdanoch
menu-forget = Dileu’r hyn rydym yn ei gadw amdanoch
menu-status = Tanysgrifwyr, yr hysbysiad diwethaf, ffrydiau sy’n methu
menu-feeds = Y ffrydiau, ac a ydynt yn ateb
menu-review = Beth sy’n aros am benderfyniad
menu-broadcast = Ysgrifennu galwad i weithredu
menu-whoami = Eich rhif Telegram

bot-description =
    Yn rhoi gwybod i chi beth mae newyddiadurwyr a chyrff cyhoeddus yn ei gyhoeddi am blant mewn carchar yng Nghymru a Lloegr, yn eu geiriau eu hunain, a beth y gallwch ei wneud am y peth. Ni chaiff dim ei anfon heb i chi gytuno. Pwyswch Start i ddewis.
bot-short-description = Canfyddiadau newydd am blant mewn carchar yng Nghymru a Lloegr, wrth eu cyhoeddi, a beth y gallwch ei wneud.
