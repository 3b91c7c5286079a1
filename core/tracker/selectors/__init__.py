"""Questions about matches: the own ones, and what is wrong. Of others' nobody learns that they exist."""

from core.tracker.selectors.checking import find_differences
from core.tracker.selectors.matches import my_match, my_matches, names_of, see_match, show

__all__ = ["find_differences", "my_match", "my_matches", "names_of", "see_match", "show"]
