"""The staff console (工作台): queues, cases with what can be done now, units, campaigns, accounts.

Every page works without script. Views are thin: they call services and queries of the packages below and hand values to
the templates in `backend/templates/console`. Staff sign in here by password and one-time code; nobody else comes in.
"""

from . import (
    accounts,
    advances,
    bodies,
    calendar,
    campaigns,
    clones,
    complaints,
    deliveries,
    emergencies,
    fake_plaques,
    home,
    invitations,
    known_fakes,
    mass_harm,
    measures,
    notices,
    phone,
    plates,
    public_record,
    ratings,
    removals,
    sign_in,
    stations,
    tip_offs,
    units,
)

#: What the application registers.
BLUEPRINTS = (
    sign_in.blueprint,
    home.blueprint,
    complaints.blueprint,
    stations.blueprint,
    advances.blueprint,
    tip_offs.blueprint,
    emergencies.blueprint,
    removals.blueprint,
    ratings.blueprint,
    clones.blueprint,
    fake_plaques.blueprint,
    known_fakes.blueprint,
    public_record.blueprint,
    units.blueprint,
    plates.blueprint,
    measures.blueprint,
    campaigns.blueprint,
    mass_harm.blueprint,
    invitations.blueprint,
    notices.blueprint,
    phone.blueprint,
    accounts.blueprint,
    bodies.blueprint,
    calendar.blueprint,
    deliveries.blueprint,
)
