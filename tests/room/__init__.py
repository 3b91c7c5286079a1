"""A room that only the tests have: a counter that people see live, and a command that takes its time."""
