"""Hosts: who applies to hold tournaments and scrims, and who decided what about it."""
