"""What anyone may ask."""
