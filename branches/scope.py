"""Every read of a tenant's object goes through its scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol, Self, TypeVar

from django.db import models

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Eyes(Protocol):
    """What a scope needs to know of who is looking (``branches.viewer.Viewer``)."""

    @property
    def is_national(self) -> bool:
        """Works for the national office today."""

    @property
    def roles(self) -> Mapping[int, object]:
        """The branches, by id, in which a role is in force today."""


class ScopedQuerySet(models.QuerySet[M_co]):
    """A table whose rows belong to a branch, reached over ``branch_path``."""

    # The path of lookups from this table to its branch; empty for the branch itself.
    branch_path: ClassVar[str] = "branch"

    def for_viewer(self, viewer: Eyes) -> Self:
        """Return the rows that this viewer may see at all.

        National staff see every branch; everybody else the branches in which a role is in force
        today. The viewer is loaded anew at each request, so an ended role is out at the next one.
        """
        if viewer.is_national:
            return self.all()
        path = f"{self.branch_path}_id" if self.branch_path else "pk"
        return self.filter(**{f"{path}__in": list(viewer.roles)})
