"""Two stages of one dispute: the settlement request (和解诉求) that the unit's liaison station answers, and the complaint (投诉)
that the bureau handles under Order 121. They are two cases with two lifecycles; escalation opens the second from the first.

A complaint is not a report (举报): a report is secret and stands elsewhere.
"""
