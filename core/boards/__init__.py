"""Global boards: who has scored most, in each game and over all, and at which rank anybody stands."""
