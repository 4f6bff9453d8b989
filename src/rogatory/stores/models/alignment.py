"""National laws, their texts and provisions, assessments of them, and what was proposed and judged."""

from django.db import models


class NationalLaw(models.Model):
    """A national law; its texts are rows of their own.

    Personal data: the log-in of who entered it (purpose: accountability; kept with the node).
    """

    id = models.CharField(max_length=60, primary_key=True)
    state = models.CharField(max_length=3)
    title = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)


class NationalText(models.Model):
    """One text of a law; never changed, and removed only while no assessment looks at it.

    Personal data: the log-in of who imported it (purpose: accountability; kept with the node).
    """

    id = models.CharField(max_length=32, primary_key=True)
    law = models.CharField(max_length=60, db_index=True)
    version = models.CharField(max_length=120)
    since = models.DateField(null=True)
    lang = models.CharField(max_length=8)
    title = models.CharField(max_length=500)
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    provisions = models.IntegerField()
    remarks = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150)


class NationalProvision(models.Model):
    """One provision of a text, with its passages as pairs of number and words."""

    text = models.CharField(max_length=32)
    place = models.IntegerField()
    key = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    label = models.CharField(max_length=500)
    heading = models.TextField()
    above = models.JSONField()
    passages = models.JSONField()
    where = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "place"], name="one_provision_a_place"),
            models.UniqueConstraint(fields=["text", "key"], name="one_provision_a_key"),
        ]


class Assessment(models.Model):
    """An assessment and the texts it looks at; what people judged stands in `Judgement`.

    Personal data: the log-in of who began it (purpose: accountability; kept with the node).
    """

    id = models.CharField(max_length=32, primary_key=True)
    state = models.CharField(max_length=3)
    title = models.CharField(max_length=300)
    texts = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    version = models.IntegerField()


class Judgement(models.Model):
    """One reader's answer on one obligation; the database refuses to change or delete a row.

    Personal data: log-in and name of the reader (purpose: to say who judged; kept with the assessment).
    """

    id = models.CharField(max_length=32, primary_key=True)
    assessment = models.CharField(max_length=32)
    number = models.CharField(max_length=40)
    place = models.IntegerField()
    reader = models.CharField(max_length=150)
    reader_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.CharField(max_length=20)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number", "place"], name="one_judgement_a_place"),
        ]


class ProposalSet(models.Model):
    """What was proposed for one number out of one text: derived, and made anew at will."""

    text = models.CharField(max_length=32)
    number = models.CharField(max_length=40)
    found = models.BooleanField()
    how = models.CharField(max_length=20)
    glossary = models.CharField(max_length=64)
    proposals = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="one_proposal_set_a_number"),
        ]


class UnsavedJudgement(models.Model):
    """What a reader has begun to write; gone once it is saved or thrown away.

    Personal data: the log-in of the reader (purpose: to give it back to the same person).
    """

    assessment = models.CharField(max_length=32)
    number = models.CharField(max_length=40)
    reader = models.CharField(max_length=150)
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number", "reader"], name="one_unsaved_a_reader"),
        ]


class EarlierAnswer(models.Model):
    """An answer for a provision of another instrument, to be offered for ours; append-only.

    Personal data: the log-in of who brought it in, and whom the source names (purpose: to say where it comes from).
    """

    assessment = models.CharField(max_length=32, db_index=True)
    cite = models.CharField(max_length=60)
    answer = models.CharField(max_length=20)
    body = models.JSONField()
    source = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
