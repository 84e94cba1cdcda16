# Cywiriadau a negeseuon a dynnwyd yn ôl. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

amended-note = <b>Cywiriad gan yr ymgyrch, { $date }:</b> <i>{ $note }</i>
amended-item = <i>Cywirwyd: { $note }</i>
amended-omitted = <i>Tynnwyd yn ôl gan yr ymgyrch stori a safai yma. Mae /corrections yn dweud pam.</i>
amended-withdrawn = <b>Tynnwyd y neges hon yn ôl gan yr ymgyrch</b> ar { $date }. Mae /corrections yn dweud pam.
amended-told =
    <b>Cywiriad.</b> Roedd neges a gawsoch gennym ar { $sent } yn anghywir:
    <i>{ $note }</i>

    Mae’r neges ei hun bellach yn dweud hynny hefyd. Mae /corrections yn rhestru pob cywiriad.
because-correction = Rydych yn cael y neges hon oherwydd eich bod wedi cael y neges y mae’n ei chywiro.

corrections-heading = <b>Cywiriadau</b>
    Yr hyn a gywirwyd neu a dynnwyd yn ôl ar ôl ei anfon, y diweddaraf yn gyntaf.
corrections-none = Nid oes dim a anfonwyd wedi’i gywiro na’i dynnu’n ôl.
corrections-corrected = <b>Cywirwyd ar { $date }</b>: “{ $title }”, a anfonwyd ar { $sent }.
    { $note }
corrections-corrected-untitled = <b>Cywirwyd ar { $date }</b>: neges a anfonwyd ar { $sent }.
    { $note }
corrections-withdrawn = <b>Tynnwyd yn ôl ar { $date }</b>: neges a anfonwyd ar { $sent }. { $why }
corrections-taken-back = <b>Cywirwyd ar { $date }</b>, a’i thynnu’n ôl yn ddiweddarach: neges a anfonwyd ar { $sent }.

withdrawn-why-person = Roedd yn dweud mwy am rywun nag y dylai.
withdrawn-why-wrong = Roedd yn anghywir.
withdrawn-why-mistake = Cafodd ei hanfon drwy gamgymeriad.
withdrawn-why-other = Nid yw’r ymgyrch yn ei harddel bellach.

## Plain text.

menu-corrections = Beth a gywirwyd neu a dynnwyd yn ôl
