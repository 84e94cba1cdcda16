# Who does what, the audit, and the stop for everything, as organisers see it. Telegram HTML, but for "Plain text".

role-owner = owner
role-organiser = organiser
role-reviewer = reviewer
role-viewer = viewer
a-owner = an owner and organiser
a-organiser = an organiser
a-reviewer = a reviewer
a-viewer = a viewer
role-owner-may = may do everything
role-organiser-may = reviews, writes and approves calls to action, corrects, keeps the feeds
role-reviewer-may = reviews stories, and stops and withdraws what is sent
role-viewer-may = sees how things stand

people-heading = <b>Who does what</b>
people-row = { $person }: <b>{ $role }</b>{ $since }
people-since = , invited by { $who }, since { $date }
people-config = , named in the configuration
people-invites = <b>Invitations that are open</b>
people-invite-unused = { $number }: { $role }, by { $who }. Nobody has used its link, which ends { $until }.
people-invite-used = { $number }: { $role }, by { $who }. <b>{ $person } accepted it</b>, and { $who } must confirm that they were meant.
people-nameless = (a name that cannot be shown)
people-hint = /invite invites somebody.
people-remove-ask = <b>Remove { $person }</b> ({ $role })? It holds at once: what they wrote and nobody has got is called off, and what they approved does not begin.
people-removed = <b>{ $person } is removed.</b>
people-removed-group = Please take them out of the organisers’ group, too: cards are shown there.
people-unremovable = Nobody was removed: they have no role that can be taken away here. Owners are named in the configuration.

invite-ask =
    <b>Whom do you invite?</b> Please choose what they may do. You get a link for one person; it makes nobody anything before you have confirmed who used it.
invite-role = <b>{ $role }</b>: { $may }.
invite-made =
    <b>An invitation to be { $role }.</b> Please give this link to one person, over a channel that you trust:
    { $link }
    It can be used once, until { $until }. When somebody has accepted it, you are asked whether it was they whom you meant.
invite-withdrawn-done = <b>Withdrawn.</b> The link is worth nothing any more.

join-offer =
    <b>You are invited to be { $role } of this campaign’s bot.</b> That is: you { $may }.
    If you accept, the person who invited you is shown your Telegram number and name, and confirms. Your number is kept for as long as you are { $role }, and with what you do in that role; your name is not. /privacy says more.
join-may-organiser = review stories, write and approve calls to action, correct, and keep the feeds
join-may-reviewer = review stories, and stop and withdraw what is sent
join-may-viewer = see how things stand
join-asked = <b>Thank you.</b> The person who invited you has been asked to confirm, and you are told here. If you hear nothing within two days, please ask for another invitation.
join-declined = <b>Declined.</b> Nothing was kept of you.
join-used = This invitation has been used already: each is for one person, once. Please ask for another.
join-expired = This invitation is too old: each holds for two days. Please ask for another.
join-withdrawn = This invitation was withdrawn. Please ask whoever gave you the link.
join-own = You made this invitation. It is for somebody else: please give them the link.
join-member = You have a role here already, so this invitation is not used. /people says which. To change it, an owner removes you there first, and invites you again.
join-unknown = This invitation is not known here. Please check that the link is whole, or ask for another.
join-group = An invitation is opened in a private chat with this bot, not in a group. Please ask for another link: everybody here could read this one.
whoami-organiser =
    Your Telegram number is <code>{ $id }</code>, and you are { $role } of this bot.
    For you there are also { $commands }.
join-confirmed = <b>You are { $role } now.</b> For you there is more here than for others: /whoami lists it.
join-refused = Your invitation was not confirmed. Nothing is kept of you.
join-removed = You have no role in this bot’s campaign any more. What you follow goes on as before.

split-told = It is story { $story } again, as readers were told of it. Nobody is told anything again.
organiser-other-role = You are { $role } here, and that does not include this. /people lists whom you could ask.

card-confirm =
    <b>“{ $name }” accepted your invitation</b> to be { $role }. Their Telegram number is <code>{ $person }</code>.
    Names can be chosen freely: please ask the person whom you meant for their number (/whoami tells it) before you confirm.
card-confirmed = <b>Confirmed:</b> { $person } is { $role } now.
card-declined = <b>Whoever accepted invitation { $number }</b> ({ $role }) has declined after all. Nothing is kept of them, and the link is used up.
card-refused = <b>Refused.</b> Nobody has become anything, and nothing is kept of them.

told-joined = <b>{ $person } has a role now ({ $role }),</b> given by organiser { $who }. /people lists everybody.
told-removed = <b>Organiser { $person } was removed</b> by organiser { $who }. /people lists everybody.
told-stopall =
    <b>Everything is stopped,</b> by organiser { $who }. No alert, no call to action and no digest leaves, from any machine. Replies to people go on.
    Only an owner can let it go on: /liftstop
told-liftstop = <b>Sending goes on:</b> organiser { $who } has lifted the stop. What was waiting is on its way, unless it has come too late.

told-reminder = { $count ->
    [one] <b>A card has waited for an hour.</b>
   *[other] <b>{ $count } cards have waited for an hour.</b>
} Nothing is sent before somebody decides: /review
told-escalation = { $count ->
    [one] <b>A card has waited for three hours,</b> and nobody has decided.
   *[other] <b>{ $count } cards have waited for three hours,</b> and nobody has decided.
} Owners get it in private, too. Nothing is sent before somebody decides: /review

card-similar = <b>Stories that are like it:</b>
card-old = <b>This card is old:</b> it has waited since { $at }, and what it shows may be out of date.

card-buttons = <b>Its buttons:</b> { $buttons }
decided-edited = <b>Changed</b> by { $who }, { $at }. A new card shows it as it is now.

edit-heading = <b>What readers would get.</b> { $count ->
    [one] One sentence is chosen.
   *[other] { $count } sentences are chosen.
} What is asked: { $ask }. Only the source’s own sentences can be chosen; nothing changes before “Apply”.
edit-in = <b>{ $number } ✓</b> { $sentence }
edit-out = { $number }. { $sentence }
edit-page = <i>Page { $page } of { $pages }</i>
edit-no-sentences = This report is told by its parts, each in the source’s words: there are no sentences to choose.
edit-ask = <b>What is to be asked of readers?</b> Now: { $ask }.
edit-ask-automatic = what the campaign asks for such a story
edit-ask-nothing = nothing
edit-applied = <b>Applied.</b> A new card shows the alert as it is now. Nothing is published by this.
edit-dropped = <b>Left as it was.</b>

stopall-done =
    <b>Everything is stopped.</b> No alert, no call to action and no digest leaves, from any machine; what had left in this second arrives. Replies to people go on.
    All organisers are told. Only an owner can let it go on: /liftstop
stopall-already = <b>Everything is stopped</b> already, by { $who }, since { $at }. Only an owner can let it go on: /liftstop
liftstop-none = Nothing is stopped: there is nothing to lift.
liftstop-ask =
    <b>Let sending go on?</b> Everything was stopped by { $who }, { $at }. { $count ->
        [0] Nothing waits.
        [one] One delivery waits, and leaves at once.
       *[other] { $count } deliveries wait, and leave at once.
    }
liftstop-done = <b>Sending goes on.</b> All organisers are told.

audit-heading = <b>What organisers did</b>, the newest first
audit-none = No organiser has done anything yet.
audit-row = { $at }: { $who } { $deed }{ $digest }
audit-digest = {" "}(text <code>{ $digest }</code>)
audit-export-owners = Only an owner can have the whole list as a file.
audit-export-private = Please ask for the file in a private chat with this bot.
audit-exported = The whole list, a row for each deed: when (UTC), who (Telegram number), what, about what, and the text’s SHA-256.

deed-publish = published { $subject }
deed-dismiss = dismissed { $subject }
deed-merge = put together { $subject }
deed-apart = said that these are two: { $subject }
deed-split = split { $subject }
deed-edit = changed the alert of { $subject }
deed-see_change = has seen that the page of { $subject } changed
deed-invite = made { $subject }
deed-invite_withdraw = withdrew { $subject }
deed-invite_refuse = refused the person who accepted { $subject }
deed-make_organiser = made an organiser of { $subject }
deed-make_reviewer = made a reviewer of { $subject }
deed-make_viewer = made a viewer of { $subject }
deed-remove = removed { $subject }
deed-stopall = stopped { $subject }
deed-liftstop = let sending go on
deed-call_write = wrote { $subject }
deed-call_edit = took back { $subject } to change it
deed-call_anyway = let { $subject } be submitted although a link of it did not answer
deed-call_submit = submitted { $subject }
deed-call_discard = discarded { $subject }
deed-call_approve = approved { $subject }
deed-call_reject = rejected { $subject }
deed-call_cancel = cancelled { $subject }
deed-call_stop = stopped { $subject }
deed-call_change = changed the terms of { $subject }
deed-call_pause = paused { $subject }
deed-call_resume = let { $subject } go on
deed-withdraw = withdrew { $subject }
deed-correct_write = wrote a correction of { $subject }
deed-correct_note = began another note for a correction of { $subject }
deed-correct_text = began other words for a correction of { $subject }
deed-correct_change = changed whom a correction of { $subject } tells
deed-correct_reopen = took back a correction of { $subject } to change it
deed-correct_submit = submitted a correction of { $subject }
deed-correct_approve = approved a correction of { $subject }
deed-correct_reject = rejected a correction of { $subject }
deed-correct_discard = discarded a correction of { $subject }
deed-feed_add = added { $subject }
deed-feed_pause = switched off { $subject }
deed-feed_resume = switched on { $subject }
deed-feed_remove = removed { $subject }
deed-go = let sending go on, and ended what Telegram calls gone ({ $subject })
deed-spare = let sending go on, and kept everybody ({ $subject })
deed-hold = kept sending stopped ({ $subject })
deed-late = sent late alerts still ({ $subject })
deed-drop = let late alerts go ({ $subject })
subject-story = story { $id }
subject-pair = stories { $one } and { $other }
subject-split = story { $one } (what was taken out is story { $other })
subject-broadcast = call to action { $id }
subject-message = message { $id }
subject-invite = invitation { $id }
subject-person = { $id }
subject-feed = feed { $id }
subject-card = card { $id }
subject-everything = everything
deed-other = did this: { $verb }, { $subject }

## Plain text: buttons, notices, menus, subjects.

button-role-organiser = Organiser
button-role-reviewer = Reviewer
button-role-viewer = Viewer
button-withdraw-invite = Withdraw
button-withdraw-number = Withdraw { $number }
button-confirm-number = Confirm { $number }
button-refuse-number = Refuse { $number }
button-confirm-person = Confirm
button-refuse-person = Refuse
button-remove-person = Remove { $person }
button-remove-yes = Yes, remove
button-accept = Accept
button-decline = Decline
button-story-edit = Edit
button-story-like = Merge
button-story-split = Split
button-sentence-in = ✓ { $number }
button-sentence-out = { $number }
button-edit-ask = Ask
button-edit-apply = Apply
button-edit-drop = Leave as it was
button-ask-automatic = What the campaign asks
button-ask-nothing = Nothing
button-into = Into story { $number }
button-lift = Yes, let it go on

notice-edit-over = The story has moved on, or this editor is another’s. Nothing was changed.
notice-edit-most = An alert takes { $count } sentences: please take one out first.
notice-edit-none = Please choose at least one sentence.
notice-merge-into = Please choose the story that it belongs to.
notice-invited = The link is above.
notice-removed = Removed.
notice-not-yours = Only who invited them can confirm it.
notice-passed = That was decided already, or it is too late. Nothing was changed.
notice-other-role = Your role here does not include this. /people lists whom you could ask.
notice-member = They have a role already. Nothing was changed.
notice-lifted = Sending goes on.
notice-not-lifted = That stop holds no more. Please ask /liftstop again.

menu-people = Who does what
menu-invite = Invite somebody
menu-audit = What organisers did
menu-stopall = Stop everything at once
menu-liftstop = Let sending go on
