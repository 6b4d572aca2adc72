"""The generator with a density: samples and formula belong together."""

import math

import pytest
import torch

from ganlib import networks
from ganlib.networks import AffineMixture, stack_mixtures


def mixture(seed=0, components=3, dim=2):
    rng = torch.Generator().manual_seed(seed)
    means = 2 * torch.randn(components, dim, generator=rng, dtype=torch.float64)
    shape = (components, dim, dim)
    noise = 0.2 * torch.randn(shape, generator=rng, dtype=torch.float64)
    return AffineMixture(means, torch.eye(dim, dtype=torch.float64) * 0.7 + noise)


def noise(*shape, seed=1):
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def test_density_is_the_distribution_of_torch():
    generator, x = mixture(), 3 * noise(50, 2)
    factors = generator.factors.detach()
    parts = torch.distributions.MultivariateNormal(
        generator.means.detach(), factors @ factors.mT
    )
    weights = torch.distributions.Categorical(torch.ones(3, dtype=torch.float64))
    known = torch.distributions.MixtureSameFamily(weights, parts).log_prob(x)
    assert torch.allclose(generator.log_density(x), known, atol=1e-10)


def test_density_at_the_origin():
    one = AffineMixture(torch.zeros(1, 2), torch.eye(2)[None])
    found = one.log_density(torch.zeros(1, 2)).item()
    assert found == pytest.approx(-math.log(2 * math.pi), abs=1e-6)


@pytest.mark.parametrize("dim", [1, 2])
def test_density_integrates_to_one(dim):
    line = torch.linspace(-12, 12, 241, dtype=torch.float64)
    x = torch.cartesian_prod(*[line] * dim).reshape(-1, dim)
    total = mixture(dim=dim).log_density(x).exp().sum() * 0.1**dim
    assert total.item() == pytest.approx(1, abs=1e-8)


def test_samples_have_the_moments_of_the_density():
    generator, num = mixture(2), 200_000
    with torch.no_grad():
        x = generator(noise(num, 3))
        mean = generator.means.mean(0)
        spread = generator.factors @ generator.factors.mT
        offset = generator.means - mean
        cov = (spread + offset[:, :, None] * offset[:, None, :]).mean(0)
    assert torch.allclose(x.mean(0), mean, atol=5 * cov.max().sqrt() / num**0.5)
    assert torch.allclose(x.T.cov(), cov, atol=0.05)


def test_samples_follow_the_density():
    """E_q[1/q] over a box is the box's area: each wrong weight or factor breaks it."""
    generator = AffineMixture(
        torch.tensor([[-1.0, 0.0], [1.0, 0.5]]).double(),
        torch.tensor([[[0.8, 0.0], [0.5, 0.6]], [[0.6, -0.3], [0.0, 0.9]]]).double(),
    )
    with torch.no_grad():
        x = generator(noise(400_000, 3))
        inside = (x.abs() < 1).all(-1)
        weights = inside * (-generator.log_density(x)).exp()
    error = weights.std() / len(x) ** 0.5
    assert abs(weights.mean() - 4) < 4 * error
    assert error < 0.05


def test_components_are_equally_likely():
    far = AffineMixture(
        torch.tensor([[0.0], [10.0], [20.0]]), 0.1 * torch.ones(3, 1, 1)
    )
    with torch.no_grad():
        x = far(noise(30_000, 2).float()).flatten()
    counts = torch.histc(x, 3, -5, 25) / len(x)
    assert torch.allclose(counts, torch.full((3,), 1 / 3), atol=0.015)


def test_extreme_noise_chooses_the_ends():
    far = AffineMixture(torch.tensor([[0.0], [10.0]]), torch.ones(2, 1, 1))
    z = torch.tensor([[-40.0, 0.0], [40.0, 0.0]])
    assert far(z).flatten().tolist() == [0.0, 10.0]


def test_stacked_runs_are_the_single_ones():
    singles = [mixture(seed) for seed in range(4)]
    stacked, z, x = stack_mixtures(singles), noise(4, 9, 3), noise(8, 2)
    samples = torch.stack([one(a) for one, a in zip(singles, z, strict=True)])
    logs = torch.stack([one.log_density(x) for one in singles])
    assert torch.allclose(stacked(z), samples)
    assert torch.allclose(stacked.log_density(x), logs)
    own = stacked.log_density(noise(4, 8, 2))
    each = [one.log_density(a) for one, a in zip(singles, noise(4, 8, 2), strict=True)]
    assert torch.allclose(own, torch.stack(each))


def test_stacking_copies():
    single = mixture()
    stacked = stack_mixtures([single])
    with torch.no_grad():
        single.means.zero_()
    assert stacked.means.abs().sum() > 0


def test_gradients():
    generator, x = mixture(), noise(4, 2)
    parameters = (generator.means.detach(), generator.factors.detach())

    def log_density(means, factors):
        return _log_density(generator, {"means": means, "factors": factors}, x)

    inputs = tuple(p.clone().requires_grad_() for p in parameters)
    assert torch.autograd.gradcheck(log_density, inputs)


def _log_density(generator, named, x):
    class Reader(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = generator

        def forward(self):
            return self.inner.log_density(x)

    renamed = {f"inner.{name}": value for name, value in named.items()}
    return torch.func.functional_call(Reader(), renamed, ())


def test_samples_pass_gradients_to_means_and_factors():
    generator, z = mixture(), noise(6, 3)
    generator(z).sum().backward()
    assert generator.means.grad.sum().item() == pytest.approx(12)
    assert generator.factors.grad.abs().sum() > 0


def test_bad_shapes_get_a_sentence():
    with pytest.raises(ValueError, match="do not fit"):
        AffineMixture(torch.zeros(3, 2), torch.zeros(3, 2))
    with pytest.raises(ValueError, match="seed axis"):
        mixture()(noise(5, 2))
    with pytest.raises(ValueError, match="one shape"):
        stack_mixtures([])
    with pytest.raises(ValueError, match="one shape"):
        stack_mixtures([mixture(), mixture(components=2)])


def test_it_is_exported():
    assert networks.AffineMixture is AffineMixture
