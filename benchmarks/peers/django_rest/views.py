"""The two views and their addresses."""

from typing import Any

from django.db.models import Case, Count, DurationField, ExpressionWrapper, F, FloatField, Q, Sum, Value, When
from django.db.models.functions import Cast, ExtractDay, Greatest, Power
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.peers import facts
from benchmarks.peers.django_rest.models import Badge, Certificate, Commitment, Complaint, Rating, Scan
from benchmarks.peers.django_rest.serializers import CardOut


class CardView(APIView):
    """The card as JSON."""

    def get(self, _request: Request, token: str) -> Response:
        return Response(CardOut(_scanned(token)).data)


def page(request: HttpRequest, token: str) -> HttpResponse:
    """The card as a page."""
    return render(request, "badge.html", {"card": _scanned(token), "token": token})


def _scanned(token: str) -> dict[str, Any]:
    badge = get_object_or_404(Badge.objects.select_related("unit__merchant", "unit__station"), token=token)
    found = facts.card(
        badge,
        Certificate.objects.filter(unit=badge.unit_id).order_by("-issued_on")[0],
        Commitment.objects.filter(unit=badge.unit_id).order_by("position"),
        _ratings(badge.unit_id),
        _complaints(badge.unit_id),
    )
    Scan.objects.create(badge_id=badge.id, at=facts.now())
    return found


def _ratings(unit_id: int) -> dict[str, Any]:
    proofs = [When(proof=proof, then=Value(weight)) for proof, weight in facts.WEIGHTS.items()]
    age = ExpressionWrapper(Value(facts.today()) - F("rated_on"), DurationField())
    days = Cast(Greatest(ExtractDay(age), Value(0)), FloatField())
    weight = Case(*proofs, output_field=FloatField()) * Power(Value(0.5), days / Value(facts.HALF_LIFE_DAYS))
    return Rating.objects.filter(unit=unit_id).aggregate(
        **{
            name: Count("id", filter=Q(stars=stars))
            for stars, name in enumerate(("one", "two", "three", "four", "five"), start=1)
        },
        weight=Sum(weight, output_field=FloatField()),
        weighted=Sum(weight * F("stars"), output_field=FloatField()),
    )


def _complaints(unit_id: int) -> dict[str, int]:
    return Complaint.objects.filter(unit=unit_id).aggregate(
        received=Count("id"),
        unanswered=Count("id", filter=Q(unanswered=True)),
        settled=Count("id", filter=Q(state="performed")),
        escalated=Count("id", filter=Q(state="escalated")),
        waiting=Count("id", filter=Q(state="awaiting_answer")),
    )


urlpatterns = [path("api/v1/badges/<str:token>", CardView.as_view()), path("b/<str:token>", page)]
