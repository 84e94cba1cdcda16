"""Child Prison Alerts: what is found about children in prison in England and Wales, in the source's own words."""

__version__ = "0.1.0"
