"""A small classifier of 28×28 grey images, whose last hidden layer serves as features.

Distances between sets of images are measured on features, because pixels are a bad
ruler: two photographs of one shirt, shifted by a pixel, are far apart in pixels.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy


class FashionClassifier(nn.Module):
    """Three convolutions, a mean over places, and one linear layer.

    Args:
        num_classes: how many classes, ≥ 2.

    Maps images (N, 1, 28, 28) in [−1, 1] to class logits (N, num_classes).

    Source: this book's own; the published weights and their test accuracy are in
    `zoo.card("fashion-classifier")`, and of the same network trained on handwritten
    digits in `zoo.card("digits-classifier")`.
    Chapter: dcgan
    """

    num_features = 128

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        for inputs, outputs in ((1, 32), (32, 64), (64, self.num_features)):
            blocks += [
                nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(),
                nn.MaxPool2d(2),
            ]
        blocks[-1] = nn.AvgPool2d(7)  # the last map is 7×7
        self.body = nn.Sequential(*blocks, nn.Flatten())
        self.head = nn.Linear(self.num_features, num_classes)
        # Channels last in memory: pooling on one core takes less than half the time.
        self.to(memory_format=torch.channels_last)

    def features(self, images: Tensor) -> Tensor:
        """Map images to non-negative features, shape (N, 128)."""
        if images.shape[1:] != (1, 28, 28):
            raise ValueError(
                f"images have shape {tuple(images.shape)}, but this classifier wants "
                "(N, 1, 28, 28) in [−1, 1]."
            )
        return self.body(images)

    def forward(self, images: Tensor) -> Tensor:
        """Map images to class logits, shape (N, num_classes)."""
        return self.head(self.features(images))


class FashionJudge(nn.Module):
    """A second opinion: another network, to name classes and for nothing else.

    Wide kernels, no batch statistics, and a dense layer that knows where in the image a
    feature is: as unlike `FashionClassifier` as a network of its size can be. What a
    measure on the features of the one rewards, the other has no stake in.

    Args:
        num_classes: how many classes, ≥ 2.

    Maps images (N, 1, 28, 28) in [−1, 1] to class logits (N, num_classes).

    Source: LeCun 1998, section II.B (two convolutions, then dense layers). Departure:
    pooling by the maximum, dropout, sizes.
    Chapter: conditional
    """

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in ((1, 32), (32, 64)):
            layers += [
                nn.Conv2d(inputs, outputs, 5, padding=2),
                nn.LeakyReLU(0.1),
                nn.MaxPool2d(2),
            ]
        layers += [nn.Flatten(), nn.Dropout(0.5), nn.Linear(64 * 7 * 7, 128)]
        layers += [nn.LeakyReLU(0.1), nn.Linear(128, num_classes)]
        self.layers = nn.Sequential(*layers)
        self.to(memory_format=torch.channels_last)

    def forward(self, images: Tensor) -> Tensor:
        """Map images to class logits, shape (N, num_classes)."""
        return self.layers(images)


@torch.no_grad()
def extract(
    classifier: FashionClassifier, images: Tensor, batch_size: int = 500
) -> tuple[Tensor, Tensor]:
    """Compute features and predicted classes, a chunk at a time.

    Args:
        classifier: in evaluation mode.
        images: float (N, 1, 28, 28) in [−1, 1].
        batch_size: images at a time, ≥ 1; bounds the memory.

    Returns:
        Features (N, 128) as float32 and class probabilities (N, num_classes).

    Chapter: dcgan
    """
    features = [classifier.features(chunk) for chunk in images.split(batch_size)]
    probabilities = [classifier.head(chunk).softmax(-1) for chunk in features]
    return torch.cat(features), torch.cat(probabilities)


def _augment(
    images: Tensor, generator: torch.Generator, mirror: bool, shift: int
) -> Tensor:
    """Mirror half of the images, if asked to, and move all by up to `shift` pixels."""
    if mirror:
        mirrored = torch.rand(len(images), 1, 1, 1, generator=generator) < 0.5
        images = torch.where(mirrored, images.flip(-1), images)
    if not shift:
        return images
    padded = nn.functional.pad(images, 4 * (shift,), value=-1.0)
    dy, dx = torch.randint(0, 2 * shift + 1, (2,), generator=generator).tolist()
    return padded[..., dy : dy + 28, dx : dx + 28]


@torch.no_grad()
def class_logits(judge: nn.Module, images: Tensor, batch_size: int = 500) -> Tensor:
    """Compute what a classifier says of images, a chunk at a time.

    Args:
        judge: a classifier in evaluation mode.
        images: float (N, 1, 28, 28) in [−1, 1].
        batch_size: images at a time, ≥ 1; bounds the memory.

    Returns:
        Class logits (N, K).

    Chapter: conditional
    """
    return torch.cat([judge(chunk) for chunk in images.split(batch_size)])


def predicted_classes(
    judge: nn.Module, images: Tensor, batch_size: int = 500
) -> Tensor:
    """Name the class of each image, a chunk at a time.

    Args:
        judge: a classifier in evaluation mode.
        images: float (N, 1, 28, 28) in [−1, 1].
        batch_size: images at a time, ≥ 1; bounds the memory.

    Returns:
        Class indices (N,) int64.

    Chapter: conditional
    """
    return class_logits(judge, images, batch_size).argmax(-1)


def train_classifier(
    classifier: FashionClassifier | FashionJudge,
    images: Tensor,
    labels: Tensor,
    generator: torch.Generator,
    num_epochs: int = 8,
    batch_size: int = 128,
    lr: float = 4e-3,
    mirror: bool = True,
    shift: int = 0,
) -> Iterator[float]:
    """Train by cross-entropy on images as they are, mirrored or moved.

    Args:
        classifier: changed in place; left in evaluation mode.
        images: uint8 (N, 1, 28, 28).
        labels: int64 (N,).
        generator: draws the order of the images and their augmentation.
        num_epochs: passes over the data, ≥ 1.
        batch_size: images a step.
        lr: peak learning rate of the one-cycle schedule of Adam.
        mirror: whether to mirror half of the images; not for digits.
        shift: how many pixels a batch is moved by, at most, each way; ≥ 0.

    Yields:
        The mean loss of each pass, nats.

    Chapter: dcgan
    """
    steps = len(images) // batch_size
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=lr, total_steps=steps * num_epochs
    )
    for _ in range(num_epochs):
        classifier.train()
        total = 0.0
        order = torch.randperm(len(images), generator=generator)
        for indices in order[: steps * batch_size].split(batch_size):
            batch = _augment(images[indices] / 127.5 - 1, generator, mirror, shift)
            loss = cross_entropy(
                classifier(batch), labels[indices], label_smoothing=0.05
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        classifier.eval()
        yield total / steps
