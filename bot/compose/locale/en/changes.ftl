# A page that says something else than what readers were sent: organisers' cards. Telegram HTML.

card-change = <b>A page has changed since its alert:</b> { $title }
changed-line = • { $change }
changed-test = { $test }: { $before } → <b>{ $now }</b>
changed-former-test = { $test }, the inspection before: { $before } → <b>{ $now }</b>
changed-judgement = { $subject }: { $before } → <b>{ $now }</b>
changed-dates = Inspected: { $before } → <b>{ $now }</b>
changed-answer-by = To be answered by: { $before } → <b>{ $now }</b>
changed-part-new = New on the page: <b>{ $part }</b>
changed-part-gone = No longer on the page: { $part }
changed-in-part = { $part }: { $change }
changed-document = A new document: { $address }
changed-not-stated = not stated
changed-more = … and { $count } more.
changed-back = It says again what readers were sent. There is nothing to do.
card-change-options =
    On the left is what readers were sent, on the right what the page says now. Nothing has been sent to readers.
    You can compare it with the page. “Correct the alert” prepares a correction of every copy, which a second organiser approves. “Seen” ends this card for all of you.
decided-seen = <b>Seen</b> by { $who }, { $at }.
button-seen = Seen
button-fix-alert = Correct the alert
