"""What the workers would have done by and by in the demonstration's past."""

from itertools import count

from backend.applications import service as applications
from backend.background import watch_mass_harm
from backend.compensation import service as compensation
from backend.complaints import service as complaints
from backend.emergencies import service as emergencies
from backend.enrolments import service as enrolments
from backend.experience_reviews import service as reviews
from backend.follow_up import service as follow_up
from backend.infrastructure import current
from backend.joint_meeting import service as joint_meeting
from backend.public_record import service as public_record
from backend.reports import service as reports
from backend.retaliation import service as retaliation
from backend.supervision import service as supervision

from .cast import HOUR
from .scene import Story

_TWICE_A_DAY = (complaints.sweep, supervision.sweep, reviews.sweep, compensation.sweep)
_DAILY = (
    reports.sweep,
    emergencies.sweep,
    retaliation.sweep,
    joint_meeting.sweep,
    public_record.sweep,
    applications.sweep,
    enrolments.sweep,
    follow_up.sweep,
    follow_up.sweep_messages,
    follow_up.sweep_reopenings,
    watch_mass_harm,
)
_MONDAY = 0


def sweeps() -> Story:
    """Whatever is due, by and by; on Mondays it is drawn who is called back."""
    for turn in count():
        for sweep in _TWICE_A_DAY if turn % 2 else (*_TWICE_A_DAY, *_DAILY):
            sweep()
        if turn % 2 == 0 and current.today().weekday() == _MONDAY:
            follow_up.draw()
        yield 12 * HOUR
