"""Read the claims out of an executed chapter.

`ganlib.notebook.claim` leaves each claim twice in a cell's output: as a line for the
reader, and as a dictionary under a mime type of its own. The ledger page and
`make seeds` both read the second form with `harvest`.
"""

import argparse
import json
import os
from importlib.metadata import version
from pathlib import Path

CLAIM_MIME = "application/vnd.ganlib.claim+json"
FIELDS = ("slug", "statement", "measured", "shown", "holds")


def harvest(notebook_path):
    """Return the claims of an executed notebook, in the order they were made.

    Each is a dictionary with the keys of `FIELDS`. A claim whose slug was used before
    in the same chapter raises `ValueError`, as does one with a field missing.
    """
    path = Path(notebook_path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    claims = []
    seen = set()
    for bundle in _claim_bundles(notebook):
        missing = [field for field in FIELDS if field not in bundle]
        if missing:
            raise ValueError(f"{path}: a claim lacks {missing}: {bundle}")
        if bundle["slug"] in seen:
            raise ValueError(f"{path}: claim {bundle['slug']!r} is made twice")
        seen.add(bundle["slug"])
        claims.append(bundle)
    return claims


def _claim_bundles(notebook):
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            bundle = output.get("data", {}).get(CLAIM_MIME)
            if bundle is not None:
                # nbformat may store a JSON mime type as text
                yield json.loads(bundle) if isinstance(bundle, str) else bundle


def gather(paths):
    """Return `{slug: {statement, held, shown}}` over files `<seed>/<chapter>.ipynb`."""
    table = {}
    for path in sorted(map(Path, paths), key=_chapter_then_seed):
        seed = path.parent.name
        for claim in harvest(path):
            row = table.setdefault(
                claim["slug"],
                {"statement": claim["statement"], "held": {}, "shown": {}},
            )
            if row["statement"] != claim["statement"]:
                raise ValueError(
                    f"{path}: claim {claim['slug']!r} states one thing under one seed "
                    "and another under the next; put the number into `measured`"
                )
            row["held"][seed] = bool(claim["holds"])
            row["shown"][seed] = claim["shown"]
    return table


def _chapter_then_seed(path):
    return path.stem, int(path.parent.name)


def main():
    """Write the claims of every seed to one file, and name those that failed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target", type=Path, help="benchmarks/results/seeds.json")
    parser.add_argument("paths", nargs="+", help="executed: <seed>/<chapter>.ipynb")
    options = parser.parse_args()
    claims = gather(options.paths)
    result = {
        "command": "make seeds",
        "versions": {name: version(name) for name in ("ganlib", "torch", "numpy")},
        "claims": claims,
    }
    partial = options.target.with_suffix(".partial")
    partial.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    os.replace(partial, options.target)
    print(f"{len(claims)} claims written to {options.target}")
    for slug, row in claims.items():
        failed = [seed for seed, held in row["held"].items() if not held]
        if failed:
            print(f"does not hold under seed {', '.join(failed)}: {slug}")


if __name__ == "__main__":
    main()
