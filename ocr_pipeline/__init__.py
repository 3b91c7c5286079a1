"""The shell of images: screenshots become statistics (its rooms move in with the tracker)."""
