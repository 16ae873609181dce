"""What the commands' exit codes mean; scripts and service managers rely on them."""

OK = 0  # all well
DEAD = 1  # some photo is dead, or the command could not do what it was asked
USAGE = 2  # the command line makes no sense
WAITING = 75  # photos wait because the model server, the store or the daemon is away
SETTINGS = 78  # the settings are wrong; systemd does not restart
INTERRUPTED = 130  # Ctrl-C
