"""An entrance beside handlers: health and metrics now, the webhook and pages later."""
