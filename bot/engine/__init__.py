"""What ticks the flows. The engine is only a metronome: what is to be done is in the database (rule 1)."""
