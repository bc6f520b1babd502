"""Floor 10: the command line. Words in, exit code out; the only reader of clock, environment, arguments and terminal."""
