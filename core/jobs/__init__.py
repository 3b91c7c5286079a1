"""The shell of time: runs job rows, sends mail, sweeps, and wakes for what is due."""
