"""A forgotten ``collectstatic`` costs the looks of a page, not the page."""

from __future__ import annotations

from pathlib import Path

from core.static_files import StaticFiles


def test_a_file_that_nobody_collected_keeps_its_plain_name(tmp_path: Path) -> None:
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    assert storage.url("css/base.css", force=True) == "/static/css/base.css"


def test_a_collected_file_is_known_by_its_sum(tmp_path: Path) -> None:
    (tmp_path / "base.css").write_text("p {}", encoding="ascii")
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    list(storage.post_process({"base.css": (storage, "base.css")}))
    name = storage.url("base.css", force=True)
    assert name.startswith("/static/base.")
    assert name.endswith(".css")
    assert name != "/static/base.css"
