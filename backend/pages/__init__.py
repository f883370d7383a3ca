"""Public and phone web pages, and what every HTML page shares: layouts, macros, words for times and standings.

Routes here are thin: they call services and queries and hand values to a template. Templates stand in
`backend/templates`, style and script in `backend/static`; every page works without script, and none is inline.
"""
