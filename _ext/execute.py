"""Execute one chapter: `python _ext/execute.py SOURCE.ipynb TARGET.ipynb`.

Make calls this once per chapter. The result appears under its final name only when
every cell has run, so an interrupted run is never taken for a finished one. With
`--seed` the chapter's `parameters` cell is overridden, and `--record` lets claims that
do not hold be written down instead of raising: `make seeds` uses both.
"""

import argparse
import json
import os
import re
import resource
import sys
import time
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

ANSI = re.compile(r"\x1b\[[0-9;]*m")
CELL_TIMEOUT = 900  # seconds; far above the budget of a whole chapter


def prepare_environment(record, work):
    """Set what the kernel inherits: one thread, this Python, no personal settings."""
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["GANLIB_BUILD"] = "1"
    os.environ.pop("GANLIB_CLAIMS", None)
    if record:
        os.environ["GANLIB_CLAIMS"] = "record"
    # the kernel called python3 must be this one, whatever else is installed
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.pop("JUPYTER_PATH", None)
    os.environ["IPYTHONDIR"] = str(work / "ipython")


def run(source, partial, parameters):
    """Run every cell of `source` and leave the outcome in `partial`."""
    papermill.execute_notebook(
        source,
        partial,
        parameters=parameters,
        kernel_name="python3",
        cwd=source.parent,
        progress_bar=False,
        execution_timeout=CELL_TIMEOUT,
        extra_arguments=["--log-level=CRITICAL"],  # nothing about the transport
    )


def remove_traces(partial):
    """Take out papermill's notes (paths, the time of day) and what widgets left."""
    notebook = nbformat.read(partial, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, partial)


def core_seconds():
    """Return how long the kernel kept a core busy: what an idle core would need."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peak_memory_mb():
    """Return the largest resident size that the kernel reached, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    return peak * unit / 1e6


def explain(error):
    """Return the failing cell and the end of its traceback as plain text."""
    trace = ANSI.sub("", "\n".join(error.traceback)).splitlines()
    cell = "\n".join(f"    {line}" for line in error.source.splitlines())
    return f"the cell was\n{cell}\nand it ended with\n" + "\n".join(trace[-15:])


def publish(partial, target):
    """Move the finished chapter and its cost to their final names, the chapter last."""
    cost = {"seconds": round(core_seconds(), 1), "peak_mb": round(peak_memory_mb())}
    partial_cost = partial.with_suffix(".time.json")
    partial_cost.write_text(json.dumps(cost) + "\n", encoding="utf-8")
    os.replace(partial_cost, target.with_suffix(".time.json"))
    os.replace(partial, target)
    return cost


def main():
    """Read the command line, run the chapter, say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="the chapter as committed")
    parser.add_argument("target", type=Path, help="where the executed copy goes")
    parser.add_argument("--seed", type=int, help="overrides the chapter's own seed")
    parser.add_argument("--record", action="store_true", help="record failing claims")
    options = parser.parse_args()

    name = options.source.stem
    if options.seed is not None:
        name += f" (seed {options.seed})"
    work = options.target.parent / ".running"
    work.mkdir(parents=True, exist_ok=True)
    partial = work.resolve() / options.target.name
    prepare_environment(options.record, work.resolve())
    parameters = {} if options.seed is None else {"seed": options.seed}

    print(f"{name}: running", flush=True)
    start = time.perf_counter()
    try:
        run(options.source.resolve(), partial, parameters)
    except PapermillExecutionError as error:
        sys.exit(f"{name}: FAILED; {explain(error)}")
    except KeyboardInterrupt:
        sys.exit(f"{name}: interrupted")
    remove_traces(partial)
    cost = publish(partial, options.target.resolve())
    print(
        f"{name}: done in {time.perf_counter() - start:.0f} s "
        f"({cost['seconds']:.0f} s of one core, at most {cost['peak_mb']} MB)",
        flush=True,
    )


if __name__ == "__main__":
    main()
