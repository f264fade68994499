"""How the command line ends where nothing of ours says it (`IttgenError.exit_code`). Imports nothing."""

CANNOT_WRITE, PIPE_CLOSED = 1, 141
"""Nobody takes what goes to stdout: a full disk; a reader who is gone (`| head`), as a shell reports SIGPIPE."""
BUG = 70
"""EX_SOFTWARE of sysexits.h."""
INTERRUPTED, TERMINATED = 130, 143
"""Ctrl-C; SIGTERM, as `kill` and schedulers send it."""
