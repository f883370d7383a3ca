"""What a scan answers, in Django REST framework."""

from rest_framework import serializers


class CommitmentOut(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()


class UnitOut(serializers.Serializer):
    name = serializers.CharField()
    category = serializers.CharField()
    category_zh = serializers.CharField()
    county_code = serializers.CharField()
    county = serializers.CharField()
    address = serializers.CharField()
    lng = serializers.FloatField()
    lat = serializers.FloatField()
    phone = serializers.CharField()
    website = serializers.CharField(allow_null=True)
    opening_hours = serializers.CharField(allow_null=True)
    merchant = serializers.CharField()
    station = serializers.CharField()
    station_phone = serializers.CharField()
    commitments = CommitmentOut(many=True)


class CertificateOut(serializers.Serializer):
    number = serializers.CharField()
    issued_on = serializers.DateField()
    valid_until = serializers.DateField()
    reason = serializers.CharField(allow_null=True)
    reason_on = serializers.DateField(allow_null=True)


class ScoreOut(serializers.Serializer):
    count = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    spread = serializers.ListField(child=serializers.IntegerField())
    method = serializers.CharField()


class OutcomesOut(serializers.Serializer):
    received = serializers.IntegerField()
    answered_in_time = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    settled = serializers.IntegerField()
    escalated = serializers.IntegerField()


class PlateOut(serializers.Serializer):
    serial = serializers.CharField()
    placement = serializers.CharField()


class CardOut(serializers.Serializer):
    standing = serializers.CharField()
    standing_zh = serializers.CharField()
    unit = UnitOut()
    certificate = CertificateOut()
    score = ScoreOut()
    outcomes = OutcomesOut()
    plate = PlateOut()
