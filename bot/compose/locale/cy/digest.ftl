# Crynodebau: hysbysiadau diwrnod neu wythnos mewn un neges. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

digest-heading = { $count ->
    [one] <b>Eich crynodeb: un canfyddiad</b>
    [two] <b>Eich crynodeb: { $count } ganfyddiad</b>
    [few] <b>Eich crynodeb: { $count } chanfyddiad</b>
    [many] <b>Eich crynodeb: { $count } chanfyddiad</b>
   *[other] <b>Eich crynodeb: { $count } canfyddiad</b>
}
digest-day = Canfyddiadau { $day }
digest-days = Canfyddiadau { $first } hyd { $last }
digest-because = <i>Oherwydd eich bod yn dilyn: { $name }.</i>
digest-because-everything = <i>Oherwydd eich bod yn dilyn popeth.</i>
digest-more = { $count ->
    [one] Ac un arall: /latest
   *[other] Rhagor ({ $count }): /latest
}

because-digest = Rydych yn cael y rhain gyda’i gilydd oherwydd mai dyna oedd eich dewis.
