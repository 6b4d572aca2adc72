"""Lay out in `_build/source/` what Jupyter Book renders.

The chapters come from `_build/executed/`, with their outputs and what they cost;
everything else comes from where it is written. Execution is switched off in the copy of
`_config.yml`: a page shows what `make book` computed, and nothing runs twice.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "_build" / "source"
EXECUTED = ROOT / "_build" / "executed"
FOLDERS = ("_ext", "_static", "book", "benchmarks/results")
FILES = ("_toc.yml", "index.md", "requirements.lock")


def without_execution(config):
    """Return the text of `_config.yml` with execution switched off."""
    pattern = r"^(\s+execute_notebooks:).*$"
    text, count = re.subn(pattern, r'\1 "off"', config, flags=re.MULTILINE)
    if count != 1:
        sys.exit(f"_config.yml: found {count} lines execute_notebooks:, expected one")
    return text


def main():
    """Start from nothing, so that a removed page does not stay in the book."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    ignore = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_checkpoints")
    for folder in FOLDERS:
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, SOURCE / folder, ignore=ignore)
    for name in FILES:
        shutil.copy2(ROOT / name, SOURCE / name)
    for chapter in sorted((ROOT / "book").glob("*.ipynb")):
        for name in (chapter.name, f"{chapter.stem}.time.json"):
            shutil.copy2(EXECUTED / name, SOURCE / "book" / name)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    (SOURCE / "_config.yml").write_text(without_execution(config), encoding="utf-8")


if __name__ == "__main__":
    main()
