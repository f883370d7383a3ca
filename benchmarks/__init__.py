"""What the README quotes, measured as ratios within one run: `make bench`, or `make bench ARGS="scan --rounds 3"`.

    scan        JSON card, page, 304 and a miss against a bare Flask answer, and against three peers of the same scan (`peers/`)
    freshness   answers after a committed change; a revocation seen by every process of two machines, Redis up, frozen and gone
    losses      scans answered and scans loaded when a web process is killed under load
    complaint   a settlement request against a plain Flask-SQLAlchemy application that writes one row
    caseload    lists and the deadline sweep with 10,000 and 1,000,000 complaints behind them
    badges      plates drawn, decoded and stored
    orders      an order of 9,000 plates and one of 97,000: taken, issued, read by a printer
    import      the register, 3,000 and 30,000 units

How to read it. Everything that serves (one web process, PostgreSQL, Redis) shares one core, the client (wrk, 16 connections, a phone's
eight headers) has another. Two servers take turns, a second each, the order changing from round to round. A ratio is the median of the
rounds' ratios, ± half their range. `us` is processor time of the whole server side for one answer, what was put off for a quarter of
a second included; judge by it, and take requests a second as the cross-check: neighbours on the machine change rates by factors.
What is measured is the tree of processes started by `gunicorn --config gunicorn.conf.py`, with everything on.

Tables are printed and kept in build/benchmarks/. In here: `town` and `peers.filling` make the data, `processes` starts and pins
servers and reads their clocks, `load` runs wrk (`walk.lua`) in slots, `report` prints.
"""
