"""Plates, tokens, the card, scans, artwork.

A plate is one printed copy with its own serial and token; the card is what a scan shows of the unit behind it, a projection
written in the transaction of the change that alters it. A plate can be voided while the unit's certificate stands.
"""
