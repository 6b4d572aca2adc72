"""Networks that are asked for a class: where the label enters, and what that can do.

All discriminators here share the convolutions of `DCGANDiscriminator`; they differ in
the one place where the label meets the image.
"""

import torch
from torch import Tensor, nn

from ganlib.networks.dcgan import (
    DCGANDiscriminator,
    DCGANGenerator,
    DCGANRules,
    dcgan_discriminator,
    dcgan_generator,
)


def _check_labels(labels: Tensor, num: int, num_classes: int) -> None:
    if labels.dtype != torch.int64 or labels.shape != (num,):
        raise ValueError(
            f"labels are {labels.dtype} of shape {tuple(labels.shape)}, but must be "
            f"int64 of shape ({num},): one class index for each sample."
        )
    if num and not 0 <= labels.min() <= labels.max() < num_classes:
        raise ValueError(
            f"labels run from {labels.min()} to {labels.max()}, but this network "
            f"knows the classes 0 to {num_classes - 1}."
        )


class ConditionalGenerator(nn.Module):
    """A generator whose latent vector is joined by an embedding of the label.

    Args:
        body: maps vectors (N, z_dim + embedding_dim) to samples.
        z_dim: size of the latent vector.
        num_classes: how many classes, K ≥ 1.
        embedding_dim: numbers that a label is given, ≥ 1.

    Maps z (N, z_dim) and labels (N,) int64 to what `body` returns.

    Raises:
        ValueError: labels out of range, or as many as there are not latent vectors.

    Source: Mirza 2014, section 3.2. Departure: an embedding, drawn from N(0, 0.1²), not
    a one-hot vector.
    Chapter: conditional
    """

    def __init__(
        self, body: nn.Module, z_dim: int, num_classes: int, embedding_dim: int
    ) -> None:
        super().__init__()
        self.body = body
        self.embedding = nn.Embedding(num_classes, embedding_dim)
        # As large as z, the label is learned first and z never: one image a class.
        nn.init.normal_(self.embedding.weight, 0.0, 0.1)
        self.z_dim = z_dim

    @property
    def num_classes(self) -> int:
        """How many classes it can be asked for."""
        return self.embedding.num_embeddings

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        """Map latent vectors (N, z_dim) and labels (N,) to samples."""
        if z.ndim != 2 or z.shape[1] != self.z_dim:
            raise ValueError(
                f"z has shape {tuple(z.shape)}, but this generator wants "
                f"(N, {self.z_dim}), and labels (N,) beside it."
            )
        _check_labels(labels, len(z), self.num_classes)
        return self.body(torch.cat([z, self.embedding(labels)], dim=1))


class ConcatDiscriminator(nn.Module):
    r"""The label as one more channel of the image: a picture learned for each class.

    $$D(x, y) = f([x,\, E_y])$$

    Every layer sees label and image together, so D can learn any function of the pair.

    Args:
        body: a discriminator of images with one more channel than the data.
        image_size: side of the images in pixels.
        num_classes: how many classes, K ≥ 1.

    Maps images (N, C, H, W) and labels (N,) int64 to logits (N,).

    Source: Mirza 2014, section 3.2. Departure: joined at the input of convolutions.
    Chapter: conditional
    """

    def __init__(
        self, body: DCGANDiscriminator, image_size: int, num_classes: int
    ) -> None:
        super().__init__()
        self.body = body
        self.embedding = nn.Embedding(num_classes, image_size**2)

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        """Map images and labels to one logit for each pair, shape (N,)."""
        _check_labels(labels, len(images), self.embedding.num_embeddings)
        picture = self.embedding(labels).view(-1, 1, *images.shape[2:])
        return self.body(torch.cat([images, picture], dim=1))


class ProjectionDiscriminator(nn.Module):
    r"""The label as a direction in which the image's features are measured.

    $$D(x, y) = \psi(\phi(x)) + \langle e_y,\, \phi(x) \rangle$$

    Args:
        body: a discriminator of the data; its features are φ, its last layer is ψ.
        num_classes: how many classes, K ≥ 1.

    Maps images (N, C, H, W) and labels (N,) int64 to logits (N,).

    Source: Miyato and Koyama 2018, eq. 3. Departure: φ is a map of features laid out as
    a vector, not its sum over places.
    Chapter: conditional
    """

    def __init__(self, body: DCGANDiscriminator, num_classes: int) -> None:
        super().__init__()
        self.body = body
        self.embedding = nn.Embedding(num_classes, body.num_features)
        _draw_small(self.embedding)

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        """Map images and labels to one logit for each pair, shape (N,)."""
        _check_labels(labels, len(images), self.embedding.num_embeddings)
        logits, features = self.body.logits_and_features(images)
        return logits + (self.embedding(labels) * features).sum(1)


class LateDiscriminator(nn.Module):
    r"""The label joined to the features just before a last linear layer: too late.

    $$D(x, y) = \psi(\phi(x)) + b_y$$

    which is all that $w \cdot [\phi(x), E_y] + c$ can be. It cannot tell a pair that
    fits from one that does not; kept to show what that does.

    Args:
        body: a discriminator of the data.
        num_classes: how many classes, K ≥ 1.

    Maps images (N, C, H, W) and labels (N,) int64 to logits (N,).

    Source: this course (a common mistake). Departure: none.
    Chapter: conditional
    """

    def __init__(self, body: DCGANDiscriminator, num_classes: int) -> None:
        super().__init__()
        self.body = body
        self.bias = nn.Embedding(num_classes, 1)
        _draw_small(self.bias)

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        """Map images and labels to one logit for each pair, shape (N,)."""
        _check_labels(labels, len(images), self.bias.num_embeddings)
        return self.body(images) + self.bias(labels).squeeze(1)


class AuxiliaryDiscriminator(nn.Module):
    r"""A discriminator that is not told the label, and has to name it.

    $$D(x) = \psi(\phi(x)), \qquad C(y \mid x) = \mathrm{softmax}(W \phi(x) + c)_y$$

    Args:
        body: a discriminator of the data; C shares its features.
        num_classes: how many classes, K ≥ 2.

    Maps images (N, C, H, W), and labels that it does not look at, to logits (N,).

    Source: Odena 2017, section 3. Departure: none.
    Chapter: conditional
    """

    def __init__(self, body: DCGANDiscriminator, num_classes: int) -> None:
        super().__init__()
        self.body = body
        self.classes = nn.Linear(body.num_features, num_classes)
        _draw_small(self.classes)

    def forward(self, images: Tensor, labels: Tensor | None = None) -> Tensor:
        """Map images to one logit each, shape (N,); the labels are not used."""
        return self.body(images)

    def classify(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Map images to logits (N,) and class logits (N, K), in one pass."""
        logits, features = self.body.logits_and_features(images)
        return logits, self.classes(features)


def _draw_small(layer: nn.Embedding | nn.Linear) -> None:
    """Draw weights from N(0, 0.02²), as those of the convolutions."""
    nn.init.normal_(layer.weight, 0.0, 0.02)
    if isinstance(layer, nn.Linear):
        nn.init.zeros_(layer.bias)


def conditional_generator(
    image_size: int = 28,
    channels: int = 1,
    z_dim: int = 100,
    base_width: int = 64,
    num_classes: int = 10,
    embedding_dim: int = 50,
    rules: DCGANRules | None = None,
) -> ConditionalGenerator:
    """Build a DCGAN generator that is asked for a class.

    Args:
        image_size: 28, 32 or 64 pixels.
        channels: 1 or 3.
        z_dim: size of the latent vector.
        base_width: channels of the last hidden layer.
        num_classes: how many classes.
        embedding_dim: numbers that a label is given beside z.
        rules: the rules of DCGAN, or some of them broken.

    Returns:
        Maps z (N, z_dim) and labels (N,) to images in [−1, 1].

    Raises:
        ValueError: no plan for this image size.

    Source: Mirza 2014, section 3.2. Departure: see `ConditionalGenerator`.
    Chapter: conditional
    """
    body: DCGANGenerator = dcgan_generator(
        image_size, channels, z_dim + embedding_dim, base_width, rules
    )
    return ConditionalGenerator(body, z_dim, num_classes, embedding_dim)


def concat_discriminator(
    image_size: int = 28,
    channels: int = 1,
    base_width: int = 64,
    num_classes: int = 10,
    rules: DCGANRules | None = None,
) -> ConcatDiscriminator:
    """Build a DCGAN discriminator that sees the label as one more channel.

    Args:
        image_size: 28, 32 or 64 pixels.
        channels: 1 or 3, without that of the label.
        base_width: channels of the first hidden layer.
        num_classes: how many classes.
        rules: the rules of DCGAN, or some of them broken.

    Returns:
        Maps images and labels (N,) to logits (N,).

    Raises:
        ValueError: no plan for this image size.

    Source: Mirza 2014, section 3.2. Departure: see `ConcatDiscriminator`.
    Chapter: conditional
    """
    body = dcgan_discriminator(image_size, channels + 1, base_width, rules)
    return ConcatDiscriminator(body, image_size, num_classes)


def conditional_discriminator(
    kind: type[ProjectionDiscriminator | AuxiliaryDiscriminator | LateDiscriminator],
    image_size: int = 28,
    channels: int = 1,
    base_width: int = 64,
    num_classes: int = 10,
    rules: DCGANRules | None = None,
) -> nn.Module:
    """Build a DCGAN discriminator whose features meet the label at the end.

    Args:
        kind: the class of discriminator: how label and features meet.
        image_size: 28, 32 or 64 pixels.
        channels: 1 or 3.
        base_width: channels of the first hidden layer.
        num_classes: how many classes.
        rules: the rules of DCGAN, or some of them broken.

    Returns:
        Maps images and labels (N,) to logits (N,).

    Raises:
        ValueError: no plan for this image size.

    Source: see the classes. Departure: none.
    Chapter: conditional
    """
    body = dcgan_discriminator(image_size, channels, base_width, rules)
    return kind(body, num_classes)
