"""The nouns, as frozen dataclasses. No I/O, no clock; a time is an aware UTC datetime."""
