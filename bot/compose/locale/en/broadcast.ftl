# Calls to action.

call-signature = – { $organisation }
call-empty = A call to action needs some words.
call-too-long = That is too long: { $length } characters, and at most { $limit } fit. Please shorten it.
