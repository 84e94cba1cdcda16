# What readers see of the buttons under a call to action. Plain text. Not yet read by a Welsh speaker.

button-counted-done = Wedi’i wneud
button-share-call = Rhannu
counted = Diolch. Mae hynny wedi’i gyfrif.
counted-many = Diolch. Mae { $count } o bobl wedi dweud yr un peth.
counted-preview = Rhagolwg yw hwn: nid oes dim yn cael ei gyfrif eto.
counted-readers-only = Dim ond y rhai a gafodd y neges hon sy’n cael eu cyfrif.
