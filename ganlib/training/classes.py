"""A discriminator that has to name the label as well."""

from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ganlib.training.game import GAN
from ganlib.training.sampling import call_network


def logits_and_term(
    gan: GAN, discriminator: nn.Module, x: Tensor, labels: Tensor | None
) -> tuple[Tensor, Tensor | float]:
    r"""Ask for the logits of samples and, where the game wants it, for their labels.

    .. math:: \lambda\, E\,[-\log C(y \mid x)]

    Args:
        gan: the game; its `class_weight` is λ.
        discriminator: its discriminator, or what the generator looks ahead to.
        x: samples as the discriminator is shown them, (N, ...) or (S, N, ...).
        labels: what they were drawn for, (N,), or `None`.

    Returns:
        Logits (N,) or (S, N), and the term that the discriminator adds to its loss for
        data, the generator for fakes; 0 without an auxiliary classifier. C even over K
        classes, λ = 1: log K.

    Source: Odena 2017, eq. 3. Departure: a weight, 1 in the paper; the discriminator
    learns the labels of fakes only if the game says so, always in the paper.
    Chapter: conditional
    """
    if not gan.class_weight:
        return call_network(discriminator, x, labels), 0.0
    logits, class_logits = discriminator.classify(x)
    return logits, gan.class_weight * cross_entropy(class_logits, labels)
