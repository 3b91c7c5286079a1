"""Lists: a group proposes, votes and decides together, to the second; every vote is kept so that anyone can recount."""
