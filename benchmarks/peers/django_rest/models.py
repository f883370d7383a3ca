"""The tables."""

from django.db import models


class Table(models.Model):
    class Meta:
        abstract = True
        app_label = "django_rest"
        managed = False


class Merchant(Table):
    name = models.CharField(max_length=120)

    class Meta(Table.Meta):
        db_table = "merchant"


class Station(Table):
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)

    class Meta(Table.Meta):
        db_table = "station"


class Unit(Table):
    merchant = models.ForeignKey(Merchant, models.PROTECT)
    station = models.ForeignKey(Station, models.PROTECT)
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=40)
    county_code = models.CharField(max_length=6)
    address = models.CharField(max_length=200)
    lng = models.FloatField()
    lat = models.FloatField()
    phone = models.CharField(max_length=20)
    website = models.CharField(max_length=300, null=True)
    opening_hours = models.CharField(max_length=80, null=True)

    class Meta(Table.Meta):
        db_table = "unit"


class Commitment(Table):
    unit = models.ForeignKey(Unit, models.CASCADE)
    position = models.IntegerField()
    code = models.CharField(max_length=40)
    days = models.IntegerField(null=True)

    class Meta(Table.Meta):
        db_table = "commitment"


class Certificate(Table):
    unit = models.ForeignKey(Unit, models.CASCADE)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    issued_on = models.DateField()
    valid_until = models.DateField()
    ground = models.CharField(max_length=10, null=True)
    reason_on = models.DateField(null=True)

    class Meta(Table.Meta):
        db_table = "certificate"


class Badge(Table):
    unit = models.ForeignKey(Unit, models.CASCADE)
    token = models.CharField(max_length=40, unique=True)
    serial = models.CharField(max_length=30, unique=True)
    placement = models.CharField(max_length=40)
    voided_at = models.DateTimeField(null=True)

    class Meta(Table.Meta):
        db_table = "badge"


class Rating(Table):
    unit = models.ForeignKey(Unit, models.CASCADE)
    stars = models.SmallIntegerField()
    proof = models.CharField(max_length=10)
    rated_on = models.DateField()

    class Meta(Table.Meta):
        db_table = "rating"


class Complaint(Table):
    unit = models.ForeignKey(Unit, models.CASCADE)
    state = models.CharField(max_length=20)
    unanswered = models.BooleanField()

    class Meta(Table.Meta):
        db_table = "complaint"


class Scan(Table):
    badge = models.ForeignKey(Badge, models.CASCADE)
    at = models.DateTimeField()

    class Meta(Table.Meta):
        db_table = "scan"
