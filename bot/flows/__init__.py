"""One verb each: poll, publish, deliver, review, broadcast, upkeep. A flow is a dataclass of the edges it is passed.

Every `tick` can be repeated after a crash without a second effect; the database says what is left to do.
"""
