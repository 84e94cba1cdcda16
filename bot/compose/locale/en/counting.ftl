# What readers see of the buttons under a call to action. Plain text.

button-counted-done = Done
button-share-call = Share
counted = Thank you. That is counted.
counted-many = Thank you. { $count } people have said the same.
counted-preview = This is a preview: nothing is counted yet.
counted-readers-only = Only those who got this are counted.
