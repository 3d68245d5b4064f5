"""Who sees rows of a programme, and which rows nobody deletes."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from branches.scope import Eyes, ScopedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class FrozenRow(RuntimeError):
    """Something tried to delete a part of a frozen programme: a mistake in a program."""


class FrozenQuerySet(ScopedQuerySet[M_co]):
    """A table whose rows are a programme or a part of one, reached over ``programme_path``.

    A programme of the national office alone (without a branch: the base programme) is there for
    everybody who holds a role in some branch today, once it is published: that is, frozen.
    """

    # The path of lookups from this table to the programme; empty for the programme itself.
    programme_path: ClassVar[str] = "programme"

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Say over which path the branch is reached, for those who ask it of every scope."""
        super().__init_subclass__(**kwargs)
        cls.branch_path = f"{cls.programme_path}__branch" if cls.programme_path else "branch"

    def for_viewer(self, viewer: Eyes) -> Self:
        """Return the rows that this viewer may see at all."""
        if viewer.is_national:
            return self.all()
        if not viewer.roles:
            return self.none()
        branch = self._path("branch")
        return self.filter(
            Q(**{f"{branch}__in": list(viewer.roles)})
            | Q(**{f"{branch}__isnull": True, f"{self._path('frozen_on')}__isnull": False})
        )

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows, unless one belongs to a frozen programme.

        The triggers of this room refuse to add to a frozen programme and to change it. They cannot
        refuse to delete, for a branch that goes takes its programmes along; so this does.

        Raises:
            FrozenRow: a row belongs to a frozen programme; nothing was deleted.
        """
        if self.filter(**{f"{self._path('frozen_on')}__isnull": False}).exists():
            raise FrozenRow(self.model.__name__)
        return super().delete()

    def _path(self, name: str) -> str:
        return f"{self.programme_path}__{name}" if self.programme_path else name


class FrozenPart(models.Model):
    """A part of a programme, which is not deleted once that is frozen."""

    class Meta:
        abstract = True

    def delete(
        self,
        using: Any = None,
        keep_parents: bool = False,  # noqa: FBT001, FBT002 - as Django has it
    ) -> tuple[int, dict[str, int]]:
        """Delete this row.

        Raises:
            FrozenRow: it belongs to a frozen programme.
        """
        mine = type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001 - the documented way
        path = f"{mine._path('frozen_on')}__isnull"  # type: ignore[attr-defined]  # noqa: SLF001
        if mine.filter(**{path: False}).exists():
            raise FrozenRow(type(self).__name__)
        return super().delete(using=using, keep_parents=keep_parents)
