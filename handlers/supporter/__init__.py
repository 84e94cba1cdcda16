"""What supporters do: choose, stop, ask what is kept, leave nothing."""
