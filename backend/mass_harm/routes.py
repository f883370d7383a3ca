"""Clusters over JSON, for staff."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries

blueprint = ApiBlueprint("mass_harm", __name__, description="群体诉求预警（工作人员）")


class ClusterOut(Output):
    """Counts of one cluster."""

    unit_name = fields.String()
    county_code = fields.String()
    nature = fields.String()
    nature_zh = fields.String()
    people = fields.Integer()
    first_at = fields.AwareDateTime()
    last_at = fields.AwareDateTime()
    noticed_at = fields.AwareDateTime()


class _Clusters(Output):
    clusters = fields.List(fields.Nested(ClusterOut))


@blueprint.get("/mass-harm")
@endpoint(Action.MASS_HARM_READ, reply=_Clusters)
def clusters(actor: Actor) -> dict[str, Any]:
    """群体诉求：三十天内十人以上，同一单位、同一方面"""
    return {"clusters": queries.clusters(actor)}
