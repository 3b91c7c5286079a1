"""How the Django admin signs people in: by the same rules as everyone."""

from django.contrib.auth.backends import ModelBackend


class AdminSignIn(ModelBackend):
    """Staff signs in to the admin with the same password check, lock and ban as over REST."""
