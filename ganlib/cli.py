"""The command line: `ganlib recipes | data | train | sample | evaluate | export`.

Exit codes: 0 done, 1 the run failed, 2 the command was wrong, 3 data is not reachable,
130 interrupted. Results go to standard output, progress and errors to standard error.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

# Heavy rooms are imported by the commands that need them: --help answers at once.

DONE, FAILED, WRONG, NO_DATA, INTERRUPTED = 0, 1, 2, 3, 130

TRAIN_HELP = """\
Train a recipe into a folder. The folder then holds checkpoint.pt (everything the next
step depends on) and records.jsonl (one line every 100 steps). Interrupt it whenever
you like: the same command goes on from the last checkpoint, and ends at the same
weights, bit for bit, as a run that was never stopped. A verdict on the run's health is
printed whenever it changes, and at the end.

  ganlib train ring                      a 2-D ring in seconds, into runs/ring
  ganlib train dcgan-fashion --steps 2000 --out runs/garments
"""
SAMPLE_HELP = """\
Draw samples from a generator: a folder made by `ganlib train`, or the name of a
published one. Same seed, same samples.

  ganlib sample dcgan-fashion --num 64 --out garments.png
  ganlib sample cgan-fashion --label dress --num 16 --out dress.png
  ganlib sample runs/ring --num 2500 --seed 1 --out points.npz

A .png shows a grid of images, or a density map of 2-D points. An .npz holds `images`
(uint8, N×H×W, or N×H×W×C for colour), or `points` (float32, N×2).
"""
EVALUATE_HELP = """\
Score samples against data, and print how real data scores beside them: a value below
that means nothing. The samples come from a folder made by `ganlib train`, a published
generator, or a file made by `ganlib sample`.

  ganlib evaluate dcgan-fashion --against fashion-mnist
  ganlib evaluate points.npz --against other.npz --metrics fid,prdc,c2st

Metrics: fid (Frechet distance), kid (kernel distance), prdc (precision, recall,
density, coverage), is (Inception Score), c2st (accuracy of a nearest neighbour that
tells samples from data). Images of 28x28 are seen through the published classifier of
garments, so these values compare with one another, not with those of Inception.
"""
EXPORT_HELP = """\
Write a generator as one ONNX file, which runs without Python and without torch: a
folder made by `ganlib train`, or the name of a published one.

  ganlib export cgan-fashion --out cgan.onnx
  ganlib export runs/ring --out ring.onnx

Inputs: z (N x z_dim, float32), and label (N, int64) of a generator that was told
labels; N is free. Output: image (N x C x H x W, from -1 to 1), or point (N x 2). The
file's metadata name the recipe, the version of ganlib and the SHA-256 of the weights.
Needs two packages more: pip install "ganlib[export]"
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: words after `ganlib`; the process's own when `None`.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except FloatingPointError as error:
        return _complain(error, FAILED)
    except (ImportError, OSError, ValueError) as error:
        return _complain(error, WRONG)
    except RuntimeError as error:
        from ganlib.data import DataUnavailableError

        if isinstance(error, DataUnavailableError):
            return _complain(error, NO_DATA)
        raise


def _complain(error: Exception, code: int) -> int:
    print(f"ganlib: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ganlib",
        description="The package of the course The Forger and the Detective.",
        epilog="Each command explains itself: ganlib train --help",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, summary: str, text: str = ""):
        made = commands.add_parser(
            name,
            help=summary,
            description=text or summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help="print JSON")
        return made

    command("recipes", _recipes, "List the training set-ups of the book.")
    fetch = command("data", _data, "Find, verify and cache a data set.")
    fetch.add_argument("action", choices=["fetch"], help="what to do")
    fetch.add_argument("name", choices=["fashion-mnist"], help="which data set")
    train = command("train", _train, "Train a recipe; resumes by itself.", TRAIN_HELP)
    train.add_argument("recipe", help="a name from `ganlib recipes`")
    train.add_argument("--out", type=Path, help="folder (default: runs/RECIPE)")
    train.add_argument("--seed", type=int, default=0, help="default: 0")
    train.add_argument("--steps", type=int, help="instead of the recipe's number")
    sample = command("sample", _sample, "Draw samples from a generator.", SAMPLE_HELP)
    sample.add_argument("source", help="a folder, or a published generator's name")
    sample.add_argument("--label", help="a class, of a generator that was told them")
    sample.add_argument("--num", type=int, default=64, help="default: 64")
    sample.add_argument("--seed", type=int, default=0, help="default: 0")
    sample.add_argument("--out", type=Path, required=True, help="FILE.png or FILE.npz")
    scored = command(
        "evaluate", _evaluate, "Score samples against data.", EVALUATE_HELP
    )
    scored.add_argument("source", help="a folder, a published name, or FILE.npz")
    scored.add_argument("--against", required=True, help="fashion-mnist or FILE.npz")
    scored.add_argument(
        "--metrics", default="fid,kid,prdc,is", help="default: %(default)s"
    )
    scored.add_argument("--num", type=int, default=10_000, help="default: 10000")
    scored.add_argument("--seed", type=int, default=0, help="default: 0")
    written = command("export", _export, "Write a generator as ONNX.", EXPORT_HELP)
    written.add_argument("source", help="a folder, or a published generator's name")
    written.add_argument("--out", type=Path, required=True, help="FILE.onnx")
    return parser


def _report(options: argparse.Namespace, facts: dict[str, Any], text: str) -> int:
    print(json.dumps(facts, indent=2) if options.json else text)
    return DONE


def _recipes(options: argparse.Namespace) -> int:
    from ganlib.recipes import RECIPES

    facts = {
        name: recipe.numbers() | {"sources": dict(recipe.sources)}
        for name, recipe in RECIPES.items()
    }
    lines = [
        f"{name:<16}{recipe.num_steps:>8,} steps  {recipe.summary}"
        for name, recipe in RECIPES.items()
    ]
    return _report(options, facts, "\n".join(lines))


def _data(options: argparse.Namespace) -> int:
    from ganlib.data import fetch_fashion_mnist

    folder = fetch_fashion_mnist()
    facts = {"name": options.name, "folder": str(folder)}
    return _report(options, facts, f"Fashion-MNIST is verified and lies in {folder}")


def _train(options: argparse.Namespace) -> int:
    from ganlib import recipes, runs

    recipe = recipes.get(options.recipe)
    folder = options.out or Path("runs") / recipe.name
    facts = runs.train_into(folder, recipe, options.seed, options.steps)
    verdict = facts["verdict"]
    text = (
        f"{recipe.name}: {facts['step']:,} steps in {folder}/checkpoint.pt\n"
        f"{verdict['state']}. {verdict['evidence']}"
    )
    if verdict["section"]:
        text += f"\nThe book on this: {verdict['section']}"
    return _report(options, facts | {"folder": str(folder)}, text)


def _sample(options: argparse.Namespace) -> int:
    from ganlib import recipes, runs

    generator, z_dim, name = runs.load_generator(options.source)
    facts = {"source": name, "num": options.num, "seed": options.seed}
    label = None
    if options.label is not None:
        label = runs.class_index(name, options.label)
        facts["label"] = recipes.get(name).classes[label]
    samples = runs.draw(generator, z_dim, options.num, options.seed, label)
    runs.write_samples(options.out, samples)
    text = f"{options.num} samples of {name} in {options.out}"
    return _report(options, facts | {"out": str(options.out)}, text)


def _evaluate(options: argparse.Namespace) -> int:
    from ganlib import runs

    names = [name for name in options.metrics.split(",") if name]
    facts = runs.evaluate(
        options.source, options.against, names, options.num, options.seed
    )
    lines = [
        "{source}: {num:,} samples against {num_real:,} of {against}".format(**facts),
        "Features: {features}.".format(**facts),
    ]
    rows = facts["scores"]
    lines.append(" " * 14 + "".join(f"{row:>12}" for row in rows))
    for name in rows["samples"]:
        values = (f"{row[name]:>12.5g}" for row in rows.values())
        lines.append(f"{name:<14}" + "".join(values))
    return _report(options, facts, "\n".join(lines))


def _export(options: argparse.Namespace) -> int:
    from ganlib import runs

    facts = runs.export_onnx(options.source, options.out)
    text = f"{facts['recipe']} as one file in {options.out}"
    return _report(options, facts | {"out": str(options.out)}, text)


if __name__ == "__main__":
    sys.exit(main())
