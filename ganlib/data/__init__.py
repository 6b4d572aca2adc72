"""Real data: 2-D targets with known density, image sets in memory, and their batches.

Importing this room imports torch and nothing heavier.
"""

from ganlib.data import torchvision_ops
from ganlib.data.batches import Batch, ImageBatches, SampleBatches, StackedBatches
from ganlib.data.channels import ChannelBatches, ChannelImages, stacked_digits
from ganlib.data.files import (
    DataUnavailableError,
    cache_folder,
    fashion_mnist_folder,
    fetch_fashion_mnist,
)
from ganlib.data.images import (
    FASHION_CLASSES,
    ImageSet,
    digits,
    fashion_mnist,
    to_uint8,
    to_unit_range,
)
from ganlib.data.mixture import Mixture
from ganlib.data.targets import (
    gaussian,
    grid,
    moons,
    ring,
    spiral,
    two_clusters,
)

__all__ = [
    "FASHION_CLASSES",
    "Batch",
    "ChannelBatches",
    "ChannelImages",
    "DataUnavailableError",
    "ImageBatches",
    "ImageSet",
    "Mixture",
    "SampleBatches",
    "StackedBatches",
    "cache_folder",
    "digits",
    "fashion_mnist",
    "fashion_mnist_folder",
    "fetch_fashion_mnist",
    "gaussian",
    "grid",
    "moons",
    "ring",
    "spiral",
    "stacked_digits",
    "to_uint8",
    "to_unit_range",
    "torchvision_ops",
    "two_clusters",
]
