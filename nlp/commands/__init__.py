"""What ``python -m nlp`` can do: one file per command, loaded when it is called."""
