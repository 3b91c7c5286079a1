"""Tournaments and scrims: structure, results and the standings that follow from them."""
