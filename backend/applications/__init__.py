"""Applications for a certificate (申请) and its renewal (续期): from the draft at the station to the award or the refusal.

The county's officers examine, each application by two of them; the office of the joint meeting publishes (集中公示) and awards. During
the public notice anybody may object; an objection that is open or upheld stands in the way of the award.
source: 温政办〔2017〕54号 二（一）; domain §1.5, rows 35, 41, 43

case_no, form, revision   the form is saved as it is typed; each saving names the revision that it was typed on
"""
