"""The ledger page and the reference pages: what becomes of their input."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

ledger = pytest.importorskip("ledger")
reference = pytest.importorskip("reference")

CLAIM_MIME = "application/vnd.ganlib.claim+json"


def test_seeds_are_counted():
    held = {"0": True, "1": True, "2": False}
    recorded = {"minimax/gradient": {"statement": "…", "held": held}}
    assert ledger.seeds_held("minimax/gradient", recorded) == "2 of 3"
    assert ledger.seeds_held("minimax/other", recorded) == "–"


def test_costs_are_in_words():
    assert ledger.chapter_cost({"seconds": 41.26, "peak_mb": 611.7}) == (
        "41 s",
        "612 MB",
    )
    assert ledger.chapter_cost({}) == ("–", "–")


def sphinx_book(folder, notebooks, seeds=None):
    """Render a small book with a ledger page; return the ledger's text."""
    sphinx = pytest.importorskip("sphinx.application")
    source = folder / "source"
    (source / "book").mkdir(parents=True, exist_ok=True)
    (source / "conf.py").write_text(
        "extensions = ['ledger']\nroot_doc = 'index'\n", encoding="utf-8"
    )
    (source / "index.rst").write_text(
        "Title\n=====\n\n.. toctree::\n\n   book/a\n   book/ledger\n", encoding="utf-8"
    )
    (source / "_toc.yml").write_text("- file: book/a\n", encoding="utf-8")
    (source / "book/a.rst").write_text("A\n=\n", encoding="utf-8")
    (source / "book/ledger.rst").write_text(
        "Ledger\n======\n\n.. claim-ledger::\n", encoding="utf-8"
    )
    for name, document in notebooks.items():
        (source / f"book/{name}.ipynb").write_text(json.dumps(document))
    if seeds:
        (source / ledger.SEEDS_FILE).parent.mkdir(parents=True, exist_ok=True)
        (source / ledger.SEEDS_FILE).write_text(json.dumps(seeds))
    app = sphinx.Sphinx(
        source, source, folder / "out", folder / "trees", "text", status=None
    )
    app.build()
    return (folder / "out/book/ledger.txt").read_text(encoding="utf-8")


def chapter(*shown):
    """Return a notebook with one claim for each measured text."""
    outputs = [
        {
            "output_type": "display_data",
            "data": {
                CLAIM_MIME: {
                    "slug": f"a/claim-{number}",
                    "statement": f"Statement {number}",
                    "measured": 1.0,
                    "shown": text,
                    "holds": True,
                }
            },
        }
        for number, text in enumerate(shown)
    ]
    return {
        "cells": [
            {"cell_type": "markdown", "source": ["# Do this\n"]},
            {"cell_type": "code", "source": [], "outputs": outputs},
        ]
    }


@pytest.mark.filterwarnings("ignore")  # warnings of Sphinx's own
def test_page_lists_each_claim_and_follows_the_notebooks(tmp_path):
    text = sphinx_book(tmp_path, {})
    assert "without executing" in text

    seeds = {"claims": {"a/claim-0": {"held": {"0": True, "1": True}}}}
    text = sphinx_book(tmp_path, {"a": chapter("1.386", "0.018")}, seeds)
    assert "2 claims in 1 chapters; 2 of them held" in text
    assert "Do this" in text
    for words in ("Statement 0", "1.386", "Statement 1", "0.018", "2 of 2"):
        assert words in text

    text = sphinx_book(tmp_path, {"a": chapter("0.25")}, seeds)
    assert "0.25" in text
    assert "1.386" not in text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("½ ∫ |p − q| dx", r"½ ∫ \|p − q\| dx"),
        ("keep ``a | b`` as it is", "keep ``a | b`` as it is"),
        ("the weight $w_i$ here", "the weight :math:`w_i` here"),
        ("costs v_ nats", r"costs v\_ nats"),
        ("private_name stays", "private_name stays"),
    ],
)
def test_marks_in_docstrings(written, wanted):
    lines = [written]
    reference.set_formulas(None, "function", "f", None, None, lines)
    reference.escape_marks(None, "function", "f", None, None, lines)
    assert lines == [wanted]


def test_displayed_formula_in_a_docstring():
    lines = ["First.", "", r"$$\|x\| = 1", "y = |z|$$", "", "Last |a|."]
    reference.set_formulas(None, "function", "f", None, None, lines)
    reference.escape_marks(None, "function", "f", None, None, lines)
    text = "\n".join(lines)
    assert "\n.. math::\n\n   \\|x\\| = 1\n   y = |z|\n" in text
    assert text.endswith(r"Last \|a\|.")
