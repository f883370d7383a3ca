"""The scan as it would otherwise be written: three peers, each a competent, plain use of its framework.

Each reads the card's facts from tables in normal form on every request (five reads by index: badge with unit, merchant and
station; certificate; commitments; ratings; complaints), inserts a row for the scan, commits, and answers our JSON or a page.
They share the database, its indexes, what is pure (`facts`) and the page's template, which is plain enough for Jinja and Django
alike. They are spared our token's MAC (they look the token up), the ETag, rate limits and metrics. `same` holds their answers against ours.
"""
