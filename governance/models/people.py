"""People, their portal-wide roles, and how they are invited. Rights follow from seats and roles (rules.py)."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .dated import DatedModel


class UserManager(BaseUserManager):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """Create a person; without a password the person can only come in through an invitation."""
        user = User(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self.db)
        return user

    def get_by_natural_key(self, username):
        """Find by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. Shown to others by function (`function_label`); the name is for those who work together."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("navn"), max_length=200, blank=True)
    title = models.CharField(_("stilling eller funktion"), max_length=200)
    organisation = models.ForeignKey(
        "governance.Organisation",
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    is_active = models.BooleanField(_("kan logge ind"), default=True)
    date_joined = models.DateTimeField(_("oprettet"), default=timezone.now)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["title"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="governance_user_email_any_case")]

    def __str__(self):
        return self.function_label

    @property
    def function_label(self) -> str:
        """How the person is shown: "Digitaliseringskonsulent, Aarhus Kommune"."""
        return f"{self.title}, {self.organisation}" if self.organisation else self.title


class PortalRole(DatedModel):
    """One of the few roles that hold for the whole portal, from one day to another."""

    class Role(models.TextChoices):
        BUSINESS_MANAGER = "business_manager", _("forretningsleder")
        SECRETARIAT = "secretariat", _("sekretariat")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="portal_roles", verbose_name=_("person"))
    role = models.CharField(_("rolle"), max_length=20, choices=Role)

    class Meta(DatedModel.Meta):
        verbose_name = _("portalrolle")
        verbose_name_plural = _("portalroller")
        ordering = ["-valid_from", "pk"]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"


def _new_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A way in for one person, sent to one mailbox, usable once and until it expires. Nobody signs up alone."""

    LIFETIME_DAYS = 14

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("person"))
    token = models.CharField(max_length=64, unique=True, default=_new_token, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("inviteret af"))
    sent_at = models.DateTimeField(_("sendt"), default=timezone.now)
    expires_at = models.DateTimeField(_("udløber"))
    accepted_at = models.DateTimeField(_("brugt"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitationer")
        ordering = ["-sent_at"]

    def __str__(self):
        return f"{self.person.email} ({self.sent_at:%d-%m-%Y})"

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.accepted_at is None and timezone.now() < self.expires_at
