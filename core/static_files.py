"""Where pages find their styles and scripts."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """Names with a sum in them; a file that is not there keeps its plain name.

    A forgotten ``collectstatic`` then costs the looks of a page and not the page: above all not the
    calm ones that say what went wrong.
    """

    def stored_name(self, name: str) -> str:
        """Return the name with its sum, or as it is when nobody has collected it."""
        try:
            found: str = super().stored_name(name)
        except ValueError:
            return name
        return found
