"""Faults on purpose: real processes are killed, cut and frozen under traffic, and what was promised is then checked."""
