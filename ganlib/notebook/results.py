r"""What was measured for a chapter beforehand, and committed with the repository.

Chapter: dcgan, spectral-norm, mode-counting, failures, conditional,
evaluation.
"""

import json
from pathlib import Path


def committed_results(name):
    r"""Read ``benchmarks/results/<name>.json`` of the repository around the notebook.

    The results come with the repository, not with the installed package: on Colab, for
    example, they are missing, and the reader is told so.

    Args:
        name: of the benchmark, without the ending.

    Returns:
        What the file holds, or None where there is none.

    Chapter: dcgan, spectral-norm, mode-counting, failures, conditional,
    evaluation.
    """
    for home in (Path.cwd(), *Path.cwd().parents):
        file = home / "benchmarks" / "results" / f"{name}.json"
        if file.is_file():
            return json.loads(file.read_text(encoding="utf-8"))
    print("benchmarks/results is not here: clone the repository to see this section.")
    return None
