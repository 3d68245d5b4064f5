"""Compiles, checks and refreshes the translations: `python -m config.translations --help`.

The `.po` files are committed; the `.mo` files that Django reads are made from them here, without
gettext on the machine. Finding the texts in the code needs gettext's `xgettext`.

A text that our own code does not hold (one of allauth's, say) stays in a `.po` file when its
translator's comment begins with "keep": `# keep: allauth's own translation says "u"`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
# Folders without a text for people to read, or (tests, bench) whose texts are never shown.
SKIPPED = frozenset({"var", "tests", "bench", "docs", "locale", "requirements", "migrations"})
TEMPLATE_SUFFIXES = frozenset({".html", ".txt"})
KEEP = "keep"
SHOWN_CHARACTERS = 60
# Besides xgettext's own for Python: what django.utils.translation offers.
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)
# A conversion as str % reads it, without the space flag: "50 % done" is a sentence.
PERCENT = re.compile(r"%(?:\((?P<name>\w+)\))?[#0\-+]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%%")
BRACES = re.compile(r"\{(\w*)(?:[!:][^{}]*)?\}")
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


class ExtractionError(Exception):
    """xgettext is missing or could not read a file; its text is one sentence for the developer."""


def po_files(root: Path) -> list[Path]:
    """Return the project's `.po` files."""
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_all(root: Path) -> list[Path]:
    """Write the `.mo` beside each `.po` that is newer; returns the files written."""
    written = []
    for source in po_files(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Another process may be reading: the new file takes the old one's place in one step.
        half = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(half))
        half.replace(target)
        written.append(target)
    return written


def problems(path: Path) -> Iterator[str]:
    """Yield one sentence per entry of a `.po` file that is not finished or not right."""
    catalogue = polib.pofile(str(path), encoding="utf-8")
    seen: set[tuple[str, str]] = set()
    for entry in catalogue:
        where = f"{path.name}:{entry.linenum}: {_short(entry.msgid)}"
        key = _key(entry)
        if entry.obsolete:
            yield f"{where} is no longer used; make messages removes it"
            continue
        if key in seen:
            yield f"{where} stands there twice"
        seen.add(key)
        if entry.fuzzy:
            yield f"{where} is marked fuzzy: read it, correct it, and take the mark away"
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not texts or not all(text.strip() for text in texts):
            yield f"{where} has no translation"
            continue
        yield from (f"{where} {what}" for what in _differences(entry))


def _differences(entry: polib.POEntry) -> Iterator[str]:
    """Yield how a translation's placeholders and outer line breaks differ from the original's."""
    plain = "python-format" not in entry.flags
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        # A singular may leave its number out ("one week"); every plural has it.
        pairs = [
            (entry.msgid if number == 0 else entry.msgid_plural, text)
            for number, text in sorted(entry.msgstr_plural.items())
        ]
    for number, (original, text) in enumerate(pairs):
        wanted, found = _placeholders(original, plain=plain), _placeholders(text, plain=plain)
        allowed = wanted
        if entry.msgid_plural and number == 0:
            allowed = wanted | _placeholders(entry.msgid_plural, plain=plain)
            wanted = wanted & found
        missing, strange = wanted - found, found - allowed
        if missing:
            yield f"misses {', '.join(sorted(missing))} in its translation"
        if strange:
            yield f"has {', '.join(sorted(strange))} in its translation only"
        for edge, has in (("begins", str.startswith), ("ends", str.endswith)):
            if has(original, "\n") != has(text, "\n"):
                yield f"{edge} with a line break on one side only"


def _placeholders(text: str, *, plain: bool) -> Counter[str]:
    """Count what is filled in later: `%(name)s`, `{name}` and, in format strings, a bare `%s`."""
    found = Counter(
        match.group()
        for match in PERCENT.finditer(text)
        if match.group() != "%%" and (match["name"] or not plain)
    )
    found.update(match.group() for match in BRACES.finditer(text))
    # A name may be used twice in one language and once in another; bare ones go by their order.
    return Counter(
        {
            placeholder: count if placeholder.startswith("%") and "(" not in placeholder else 1
            for placeholder, count in found.items()
        }
    )


def extract(root: Path) -> polib.POFile:
    """Collect every text of the code and the templates, as `makemessages` would.

    Raises:
        ExtractionError: no xgettext on this machine, or a file it cannot read.
    """
    tool = shutil.which("xgettext")
    if tool is None:
        raise ExtractionError("xgettext is not on this machine; install gettext.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = sorted(_readable_copies(root, folder))
        output = folder / "found.pot"
        command = [
            tool,
            "--language=Python",
            "--from-code=UTF-8",
            "--add-comments=Translators",
            "--add-location=file",
            "--no-wrap",
            *(f"--keyword={keyword}" for keyword in KEYWORDS),
            "--files-from=-",
            f"--output={output}",
        ]
        done = subprocess.run(  # noqa: S603 - our own file names
            command,
            cwd=folder,
            input="\n".join(paths),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ExtractionError(f"xgettext stopped: {done.stderr.strip()}")
        if not output.exists():
            return polib.POFile()
        return polib.pofile(str(output), encoding="utf-8")


def _readable_copies(root: Path, folder: Path) -> Iterator[str]:
    """Write what xgettext can read under `folder`, by the same relative names, and yield those."""
    for path in _sources(root):
        relative = path.relative_to(root)
        try:
            text = path.read_text(encoding="utf-8")
            if path.suffix in TEMPLATE_SUFFIXES:
                text = templatize(text, origin=str(relative))
        except (SyntaxError, UnicodeDecodeError) as error:
            raise ExtractionError(f"{relative} cannot be read: {error}") from error
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        yield relative.as_posix()


def _sources(root: Path) -> Iterator[Path]:
    for top in sorted(root.iterdir()):
        if top.name.startswith(".") or top.name in SKIPPED or not top.is_dir():
            continue
        for path in sorted(top.rglob("*")):
            inside = path.relative_to(root)
            if SKIPPED.intersection(inside.parts) or not path.is_file():
                continue
            if path.suffix == ".py" or (
                path.suffix in TEMPLATE_SUFFIXES and "templates" in inside.parts
            ):
                yield path


def missing_from(catalogue: polib.POFile, found: polib.POFile) -> Iterator[str]:
    """Yield one sentence per text of the code that the catalogue lacks, or has without use."""
    have = {_key(entry) for entry in catalogue if not entry.obsolete}
    used = {_key(entry): entry for entry in found}
    for key, entry in used.items():
        if key not in have:
            places = ", ".join(sorted({path for path, _ in entry.occurrences}))
            yield f"{_short(entry.msgid)} ({places}) is not in it; run make messages"
    for entry in catalogue:
        if not entry.obsolete and _key(entry) not in used and not _kept(entry):
            yield (
                f"line {entry.linenum}: {_short(entry.msgid)} is no longer used; "
                f"run make messages (or begin its comment with '{KEEP}')"
            )


def refresh(catalogue: polib.POFile, found: polib.POFile, *, fill: Iterable[polib.POFile]) -> None:
    """Bring the catalogue in step with the code; new texts are looked up in `fill`, in order."""
    known: dict[tuple[str, str], polib.POEntry] = {}
    for source in (*fill, catalogue):
        known |= {_key(entry): entry for entry in source if entry.translated()}
    kept = [entry for entry in catalogue if _kept(entry)]
    wanted = {_key(entry): entry for entry in found}
    entries: list[polib.POEntry] = []
    for key, fresh in wanted.items():
        if (old := known.get(key)) is not None:
            fresh.msgstr, fresh.tcomment = old.msgstr, old.tcomment
            if fresh.msgid_plural:
                fresh.msgstr_plural = old.msgstr_plural or fresh.msgstr_plural
        entries.append(fresh)
    entries += [entry for entry in kept if _key(entry) not in wanted]
    catalogue.clear()
    catalogue.extend(sorted(entries, key=_key))


def _kept(entry: polib.POEntry) -> bool:
    return str(entry.tcomment).strip().casefold().startswith(KEEP)


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def _short(text: str) -> str:
    return f'"{textwrap.shorten(text, SHOWN_CHARACTERS, placeholder="…")}"'


def check(root: Path, *, must_extract: bool) -> list[str]:
    """Return every problem of the translations, one sentence each; an empty list is good.

    Args:
        root: the checkout.
        must_extract: a machine without xgettext is a problem too (in CI).
    """
    found: polib.POFile | None = None
    report: list[str] = []
    try:
        found = extract(root)
    except ExtractionError as error:
        if must_extract or shutil.which("xgettext"):
            report.append(str(error))
    paths = po_files(root)
    if not paths:
        report.append("locale/ holds no .po file.")
    for path in paths:
        report += problems(path)
        if found is not None:
            catalogue = polib.pofile(str(path), encoding="utf-8")
            report += [f"{path.name}: {what}" for what in missing_from(catalogue, found)]
    return report


def _update(root: Path, *, fill: Sequence[Path]) -> int:
    sources = [polib.pofile(str(path), encoding="utf-8") for path in fill]
    paths = po_files(root) or [root / "locale" / "nl" / "LC_MESSAGES" / "django.po"]
    for path in paths:
        found = extract(root)
        catalogue = polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile()
        if not catalogue.metadata:
            # No dates: they would differ in every commit and tell nothing that git does not know.
            catalogue.metadata = {
                "Project-Id-Version": "rode-draad",
                "Language": path.parts[-3],
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=UTF-8",
                "Content-Transfer-Encoding": "8bit",
                "Plural-Forms": PLURAL_FORMS,
            }
        refresh(catalogue, found, fill=sources)
        catalogue.wrapwidth = 100
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        open_entries = [entry for entry in catalogue if not entry.translated()]
        sys.stdout.write(f"{path.name}: {len(catalogue)} texts, {len(open_entries)} to translate\n")
        sys.stdout.writelines(f"  {_short(entry.msgid)}\n" for entry in open_entries)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it; returns the exit code."""
    parser = argparse.ArgumentParser(description="Translations: compile, check, update.")
    parser.add_argument("action", choices=["compile", "check", "update"])
    parser.add_argument(
        "--fill",
        type=Path,
        nargs="*",
        default=[],
        metavar="PO",
        help="update: .po files that may hold the missing translations",
    )
    options = parser.parse_args(arguments)
    if options.action == "compile":
        sys.stdout.writelines(f"{path.name}\n" for path in compile_all(ROOT))
        return 0
    if options.action == "update":
        try:
            return _update(ROOT, fill=options.fill)
        except ExtractionError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    report = check(ROOT, must_extract=bool(os.environ.get("CI")))
    if report:
        sys.stderr.writelines(f"{line}\n" for line in report)
        sys.stderr.write(f"Translations are not complete: {len(report)} remarks.\n")
        return 1
    sys.stdout.write("Translations are complete.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
