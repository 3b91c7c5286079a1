"""The shell of pages: templates, the JavaScript client and the app."""
