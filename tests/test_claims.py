"""What the ledger and `make seeds` read out of executed chapters."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("claims", ROOT / "_ext" / "claims.py")
claims = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(claims)


def write_chapter(path, *made):
    outputs = [
        {"output_type": "display_data", "data": {claims.CLAIM_MIME: one}}
        for one in made
    ]
    other = {"output_type": "stream", "name": "stdout", "text": "no claim"}
    cells = [
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": "", "outputs": [other, *outputs]},
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def made_claim(slug="dcgan/a", holds=True, **changes):
    claim = {"slug": slug, "statement": "a is small", "measured": 0.1}
    return claim | {"shown": "0.1", "holds": holds} | changes


def test_harvest_keeps_the_order_and_skips_other_output(tmp_path):
    first, second = made_claim("dcgan/b"), made_claim("dcgan/a", holds=False)
    path = write_chapter(tmp_path / "dcgan.ipynb", first, second)
    assert claims.harvest(path) == [first, second]


def test_harvest_refuses_a_slug_used_twice(tmp_path):
    path = write_chapter(tmp_path / "dcgan.ipynb", made_claim(), made_claim())
    with pytest.raises(ValueError, match="made twice"):
        claims.harvest(path)


def test_harvest_refuses_a_claim_with_a_field_missing(tmp_path):
    path = write_chapter(tmp_path / "dcgan.ipynb", {"slug": "dcgan/a"})
    with pytest.raises(ValueError, match="lacks"):
        claims.harvest(path)


def test_gather_says_under_which_seeds_a_claim_held(tmp_path):
    paths = [
        write_chapter(tmp_path / seed / "dcgan.ipynb", made_claim(holds=holds))
        for seed, holds in [("10", False), ("2", True)]
    ]
    row = claims.gather(paths)["dcgan/a"]
    assert list(row["held"].items()) == [("2", True), ("10", False)]
    assert row["shown"] == {"2": "0.1", "10": "0.1"}


def test_gather_refuses_a_statement_that_depends_on_the_seed(tmp_path):
    paths = [
        write_chapter(tmp_path / seed / "dcgan.ipynb", made_claim(statement=seed))
        for seed in ("0", "1")
    ]
    with pytest.raises(ValueError, match="`measured`"):
        claims.gather(paths)
