"""How much ten seeds cost when they train as one stacked model.

Times the ring recipe (batch 128, two hidden layers of 64, one thread) for one seed
alone and for ten seeds stacked, turn by turn in one process, so that both meet the same
machine. Prints JSON: the best of five turns each, and their ratio.
"""

import json
import time

import torch
from measuring import provenance

from ganlib import recipes, training

NUM_STEPS, NUM_SEEDS, TURNS = 500, 10, 5


def seconds(gan: training.GAN, batches: object) -> float:
    """Time one stretch of training."""
    began = time.perf_counter()
    for _ in training.train(gan, batches, training.Settings(NUM_STEPS)):
        pass
    return time.perf_counter() - began


def main() -> None:
    """Time both and print the ratio."""
    torch.set_num_threads(1)
    recipe = recipes.get("ring")
    alone, stacked = [], []
    for _ in range(TURNS):
        alone.append(seconds(*recipes.build(recipe, 0)))
        stacked.append(seconds(*recipes.build_stacked(recipe, list(range(NUM_SEEDS)))))
    result = {
        **provenance(__file__),
        "num_steps": NUM_STEPS,
        "seconds of one seed": round(min(alone), 3),
        "seconds of ten seeds": round(min(stacked), 3),
        "ratio": round(min(stacked) / min(alone), 2),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
