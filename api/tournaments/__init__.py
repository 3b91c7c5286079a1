"""Tournaments and scrims over REST."""
