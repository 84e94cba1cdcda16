"""Builds everything once and runs it, and what the command line does besides. `rooms` alone imports handlers."""
