# What supporters see of corrections and withdrawals. Telegram HTML, but for the keys under "Plain text".

amended-note = <b>Correction by the campaign, { $date }:</b> <i>{ $note }</i>
amended-item = <i>Corrected: { $note }</i>
amended-omitted = <i>A story that stood here was withdrawn by the campaign. /corrections says why.</i>
amended-withdrawn = <b>This message was withdrawn by the campaign</b> on { $date }. /corrections says why.
amended-told =
    <b>A correction.</b> A message that you had from us on { $sent } was wrong:
    <i>{ $note }</i>

    The message itself now says so, too. /corrections lists all corrections.
because-correction = You get this because you got the message that it corrects.

corrections-heading = <b>Corrections</b>
    What was corrected or withdrawn after it had been sent, the newest first.
corrections-none = Nothing that was sent has been corrected or withdrawn.
corrections-corrected = <b>Corrected on { $date }</b>: “{ $title }”, sent on { $sent }.
    { $note }
corrections-corrected-untitled = <b>Corrected on { $date }</b>: a message that was sent on { $sent }.
    { $note }
corrections-withdrawn = <b>Withdrawn on { $date }</b>: a message that was sent on { $sent }. { $why }
corrections-taken-back = <b>Corrected on { $date }</b>, and withdrawn later: a message that was sent on { $sent }.

withdrawn-why-person = It said more about somebody than it should have.
withdrawn-why-wrong = It was wrong.
withdrawn-why-mistake = It was sent by mistake.
withdrawn-why-other = The campaign does not stand by it any more.

## Plain text.

menu-corrections = What was corrected or withdrawn
