"""From a generator to one ONNX file, which other runtimes can run."""

import copy
import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ganlib import __version__, checkpoint, recipes, zoo
from ganlib.networks import ConditionalGenerator
from ganlib.runs.folders import CHECKPOINT
from ganlib.runs.samples import load_generator


class _Told(nn.Module):
    """A conditional generator that leaves the check of its labels to the runtime.

    The check looks at the labels' values, and a graph that is fixed before there are
    any cannot. The runtime refuses labels that are too large: there is no such row.
    Negative ones it would count from the end, so they are made too large as well.
    """

    def __init__(self, generator: ConditionalGenerator) -> None:
        super().__init__()
        self.embedding, self.body = generator.embedding, generator.body

    def forward(self, z: Tensor, label: Tensor) -> Tensor:
        row = torch.where(label < 0, self.embedding.num_embeddings, label)
        return self.body(torch.cat([z, self.embedding(row)], dim=1))


def export_onnx(source: str, path: Path) -> dict[str, Any]:
    """Write a generator, in evaluation mode, as one ONNX file.

    Inputs are `z` (N, z_dim), float32, and, for a conditional generator, `label` (N,),
    int64; N is free. The runtime refuses labels that are no class. The output is
    `image` (N, C, H, W), or `point` (N, d) of a generator of points.

    Args:
        source: a folder made by `train_into`, or a published generator's name.
        path: FILE.onnx, in a folder that exists; there whole or not at all.

    Returns:
        What the file says about itself: recipe, ganlib, weights_sha256 (of the file
        that held the weights) and, where there are classes, their names as JSON.

    Raises:
        ValueError: neither a run nor a published generator, or another ending.
        FileNotFoundError: the folder for the file does not exist.
        ImportError: what writes ONNX is not installed.
    """
    if path.suffix != ".onnx":
        raise ValueError(f"{path} must end in .onnx.")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"the folder {path.parent} does not exist: make it, or choose another."
        )
    generator, z_dim, name = load_generator(source)
    facts = {
        "recipe": name,
        "ganlib": __version__,
        "weights_sha256": hashlib.sha256(_weight_bytes(source)).hexdigest(),
    }
    if classes := recipes.get(name).classes:
        facts["classes"] = json.dumps(classes)
    content = onnx_bytes(generator, z_dim, facts)
    checkpoint.write_atomically(path, lambda file: file.write(content))
    return facts


def _weight_bytes(source: str) -> bytes:
    """Read the file that `load_generator` reads: the run's, else the zoo's."""
    path = Path(source) / CHECKPOINT
    return path.read_bytes() if path.exists() else zoo.weight_bytes(source)


def onnx_bytes(generator: nn.Module, z_dim: int, facts: dict[str, str]) -> bytes:
    """Translate a generator into the bytes of an ONNX file.

    Args:
        generator: the network; it stays as it is, the copy is in evaluation mode.
        z_dim: size of its latent vector.
        facts: written into the file's metadata.

    Returns:
        A checked model, weights included.

    Raises:
        ImportError: what writes ONNX is not installed.
    """
    onnx = _require_onnx()
    network = copy.deepcopy(generator)
    given = {"z": torch.zeros(2, z_dim)}
    if isinstance(network, ConditionalGenerator):
        network = _Told(network)
        given["label"] = torch.zeros(2, dtype=torch.int64)
    network = network.eval()
    with torch.no_grad():
        made = "image" if network(*given.values()).ndim == 4 else "point"
    with warnings.catch_warnings():
        # torch's exporter uses what torch itself calls out of date, and warns that z
        # and label have one axis N, as they shall.
        warnings.simplefilter("ignore", FutureWarning)
        warnings.filterwarnings("ignore", "# The axis name: N")
        program = torch.onnx.export(
            network,
            tuple(given.values()),
            input_names=list(given),
            output_names=[made],
            dynamic_shapes=({0: torch.export.Dim("N", min=1)},) * len(given),
            dynamo=True,
            external_data=False,  # otherwise the weights land in a second file
            verbose=False,
        )
    model = program.model_proto
    onnx.helper.set_model_props(model, facts)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def _require_onnx() -> Any:
    try:
        import onnx
        import onnxscript  # noqa: F401 - torch.onnx asks for it
    except ImportError as error:
        raise ImportError(
            "export needs the packages onnx and onnxscript, which are not installed: "
            'pip install "ganlib[export]", or pip install -e ".[export]" in a checkout.'
        ) from error
    return onnx
