"""Requests of shops that the register does not know to be entered in it (入册申请), so that they can apply for a certificate.

Whoever asks is signed in; an officer of the county declines with a reason, or accepts: then the unit and its liaison station stand in the
register, and the person who asked finds an invitation to become the station's member. From there on the way is that of `applications`.
source: 温政办〔2017〕54号 二（一）: units take part of their own accord; no text says how they come in, so the steps are this city's own
"""
