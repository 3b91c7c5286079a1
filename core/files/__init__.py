"""Stored files: pictures that were admitted and made anew, kept in a folder or a bucket, and the links to them."""
