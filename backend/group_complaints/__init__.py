"""Group complaints (共同投诉): two people or more with one dispute with one unit go on together. Order 121 §12.

A group has a code that is passed on; who has a dispute of their own with the unit joins with it. Members elect one or two
representatives (代表人) in writing. A representative lays a matter before the members; it binds who consents, and nobody else: a consent is
the member's own step on the member's own case. Members know each other by alias alone. At the bureau every member stays a complaint with
a number and clocks of its own.
"""
