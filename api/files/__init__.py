"""Files over HTTP: pictures come in as forms, and go out by links that anybody may have."""
