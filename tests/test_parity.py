"""The measures beside those of torchmetrics, torch-fidelity, pytorch-fid and prdc.

All get the same float64 features: random ones of 2 to 2,048 dimensions, and those of
real garments and of garments that the published generator made up.
"""

import contextlib
import io

import numpy as np
import prdc as reference_prdc
import pytest
import torch
from torch import nn

from ganlib import data, recipes, training, zoo
from ganlib.data.torchvision_ops import make_importable
from ganlib.metrics import (
    frechet_distance,
    inception_score,
    kernel_distance,
    prdc,
)
from ganlib.metrics.features import extract

make_importable()

from pytorch_fid.fid_score import calculate_frechet_distance  # noqa: E402
from torch_fidelity.metric_fid import (  # noqa: E402
    fid_features_to_statistics,
    fid_statistics_to_metric,
)
from torch_fidelity.metric_isc import isc_features_to_metric  # noqa: E402
from torch_fidelity.metric_kid import kid_features_to_metric  # noqa: E402
from torchmetrics.image.fid import FrechetInceptionDistance  # noqa: E402
from torchmetrics.image.inception import InceptionScore  # noqa: E402
from torchmetrics.image.kid import KernelInceptionDistance  # noqa: E402

pytestmark = [
    # torchmetrics says that it stores what it is given, and has one part's deviation.
    pytest.mark.filterwarnings("ignore:Metric `:UserWarning"),
    pytest.mark.filterwarnings("ignore:std:UserWarning"),
    # SciPy 1.17 warns of an argument that pytorch-fid passes, and 1.18 has not.
    pytest.mark.filterwarnings("ignore:The `disp` argument:DeprecationWarning"),
]

NUM = 5_000
SMALL = ["random-2", "random-64", "fashion"]
# One reference takes 20 s for a root of 2,048 dimensions: it gets 512 at the most.
LARGE = [
    pytest.param(name, marks=pytest.mark.slow) for name in ("random-512", "random-2048")
]
each_set = pytest.mark.parametrize("name", SMALL + LARGE)


class AsTheyAre(nn.Module):
    """Features in place of images: what torchmetrics takes for a network."""

    def __init__(self, num_features):
        super().__init__()
        self.num_features = num_features

    def forward(self, features):
        return features


def random_pair(dims):
    """Two laws that differ in mean, width and shape; not centred at the origin."""
    rng = torch.Generator().manual_seed(dims)
    real, fake = torch.randn(2, NUM, dims, generator=rng, dtype=torch.float64)
    mixing = torch.linspace(0.5, 1.5, dims, dtype=torch.float64)
    return real + 1, (fake * mixing + 1.1).relu() if dims > 2 else fake * mixing + 1.1


@pytest.fixture(scope="module")
def fashion():
    """Features and probabilities of real garments and of made-up ones."""
    classifier = zoo.load("fashion-classifier")
    real = data.to_unit_range(data.fashion_mnist("test").images[:NUM])
    z_dim = recipes.get("dcgan-fashion").z_dim
    z = training.draw_noise(NUM, z_dim, torch.Generator().manual_seed(0))
    fake = training.sample(zoo.load("dcgan-fashion"), z)
    return [extract(classifier, images) for images in (real, fake)]


@pytest.fixture
def pair(name, request):
    if name == "fashion":
        both = request.getfixturevalue("fashion")
        return [features.double() for features, _ in both]
    return random_pair(int(name.removeprefix("random-")))


def streamed(metric, real, fake):
    """Feed a torchmetrics metric in batches."""
    for features, is_real in ((real, True), (fake, False)):
        for batch in features.split(500):
            metric.update(batch, real=is_real)
    return metric.compute()


@each_set
def test_frechet_distance_is_torchmetrics(pair):
    real, fake = pair
    metric = FrechetInceptionDistance(AsTheyAre(real.shape[1]))
    expected = streamed(metric, real, fake).item()
    assert frechet_distance(real, fake) == pytest.approx(expected, rel=1e-6)


@each_set
def test_frechet_distance_is_torch_fidelitys(pair):
    moments = [fid_features_to_statistics(features) for features in pair]
    expected = fid_statistics_to_metric(*moments, verbose=False)
    expected = expected["frechet_inception_distance"]
    assert frechet_distance(*pair) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", [*SMALL, LARGE[0]])
def test_frechet_distance_is_pytorch_fids(pair):
    moments = [(x.numpy().mean(0), np.cov(x.numpy(), rowvar=False)) for x in pair]
    expected = calculate_frechet_distance(*moments[0], *moments[1])
    assert frechet_distance(*pair) == pytest.approx(expected, rel=1e-6)


@each_set
def test_kernel_distance_is_torchmetrics_on_the_same_subsets(pair):
    """It draws as we do, but from the global generator: one seed gives one draw."""
    real, fake = pair
    module = AsTheyAre(real.shape[1])
    metric = KernelInceptionDistance(module, subsets=5, subset_size=1_000)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        mean, std = streamed(metric, real, fake)
    rng = torch.Generator().manual_seed(3)
    found = kernel_distance(real, fake, rng, num_subsets=5)
    assert found.mean == pytest.approx(mean.item(), rel=1e-6)
    assert found.std == pytest.approx(std.item(), rel=1e-6)


@each_set
def test_kernel_distance_is_torch_fidelitys_on_all_samples(pair):
    """It draws with NumPy: a subset that holds every sample is the same for both."""
    real, fake = (features[:2_000] for features in pair)
    options = {"kid_subsets": 1, "kid_subset_size": 2_000, "verbose": False}
    expected = kid_features_to_metric(real, fake, **options)
    rng = torch.Generator().manual_seed(0)
    found = kernel_distance(real, fake, rng, num_subsets=1, subset_size=2_000)
    mean = expected["kernel_inception_distance_mean"]
    assert found.mean == pytest.approx(mean, rel=1e-6)


def same_counts(real, fake, k):
    """Compare the four measures as the whole numbers behind them."""
    with contextlib.redirect_stdout(io.StringIO()):
        expected = reference_prdc.compute_prdc(real.numpy(), fake.numpy(), k)
    found = prdc(real, fake, k, k)
    sizes = {"precision": 1, "recall": 1, "density": k, "coverage": 1}
    for name, parts in sizes.items():
        count = getattr(found, name) * len(real) * parts
        assert round(count) == pytest.approx(count, abs=1e-6)
        assert round(count) == round(expected[name] * len(real) * parts), name


@each_set
def test_precision_recall_density_coverage_count_as_prdc(pair):
    same_counts(*pair, k=5)


@pytest.mark.parametrize("name", ["fashion"])
@pytest.mark.parametrize("k", [1, 3])
def test_precision_recall_density_coverage_count_as_prdc_for_other_k(pair, k):
    same_counts(*(features[:1_500] for features in pair), k=k)


def logits_of(which, fashion):
    if which == "fashion":
        return fashion[1][1].double().log()
    rng = torch.Generator().manual_seed(0)
    return 3 * torch.randn(NUM, 1_000, generator=rng, dtype=torch.float64)


@pytest.mark.parametrize("which", ["fashion", "random"])
def test_inception_score_is_torch_fidelitys(which, fashion):
    logits = logits_of(which, fashion)
    expected = isc_features_to_metric(logits, splits=7, shuffle=False)
    found = inception_score(logits.softmax(-1), num_splits=7)
    assert found.mean == pytest.approx(expected["inception_score_mean"], rel=1e-6)
    assert found.std == pytest.approx(expected["inception_score_std"], rel=1e-6)


@pytest.mark.parametrize("which", ["fashion", "random"])
def test_inception_score_is_torchmetrics(which, fashion):
    """It shuffles, and so one part is compared, which holds every sample."""
    logits = logits_of(which, fashion)
    metric = InceptionScore(AsTheyAre(logits.shape[1]), splits=1)
    metric.update(logits)
    mean, _ = metric.compute()
    found = inception_score(logits.softmax(-1), num_splits=1)
    assert found.mean == pytest.approx(mean.item(), rel=1e-6)
