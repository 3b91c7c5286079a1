"""What each person is told: an inbox per person, contiguous, live on all of their devices."""
