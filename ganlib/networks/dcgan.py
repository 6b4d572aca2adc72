"""Deep convolutional GAN: both players from strided convolutions.

One plan serves all image sizes: a start of 4×4 or 7×7 features is doubled until the
image is full, and the channels halve at each doubling; the discriminator is the mirror
image. `DCGANRules` switches the paper's rules off one at a time, so that a chapter can
measure what each is worth.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ganlib.networks.minibatch import MinibatchLayer

# image size: (side of the first feature map, number of doublings)
PLANS = {28: (7, 2), 32: (4, 3), 64: (4, 4)}


@dataclass(frozen=True)
class DCGANRules:
    """The architecture rules of the DCGAN paper; each can be broken for comparison.

    Args:
        strided: learn the change of size by strided convolutions. Off: average
            pooling in the discriminator, nearest-neighbour doubling in the generator,
            each beside a 3×3 convolution.
        batch_norm: normalise each layer over the batch. Off: none.
        bare_edges: no normalisation at the generator's output and the discriminator's
            input. Off: both get one.
        relu_generator: ReLU inside the generator. Off: tanh there.
        leaky_discriminator: LeakyReLU(0.2) in the discriminator. Off: ReLU.
        tanh_output: the generator ends in tanh, as data in [−1, 1]. Off: linear.
        no_dense: no fully connected hidden layer. Off: one of 128 units in each.
        small_weights: weights from N(0, 0.02²). Off: PyTorch's default.

    Source: Radford 2016, section 3 and "Details of adversarial training".
    Chapter: dcgan
    """

    strided: bool = True
    batch_norm: bool = True
    bare_edges: bool = True
    relu_generator: bool = True
    leaky_discriminator: bool = True
    tanh_output: bool = True
    no_dense: bool = True
    small_weights: bool = True


def _plan(image_size: int) -> tuple[int, int]:
    if image_size not in PLANS:
        raise ValueError(
            f"image_size is {image_size}, but these networks are built for "
            f"{sorted(PLANS)}: resize or pad the images to one of them."
        )
    return PLANS[image_size]


def _norm(channels: int, wanted: bool) -> list[nn.Module]:
    return [nn.BatchNorm2d(channels)] if wanted else []


def _upsample(inputs: int, outputs: int, rules: DCGANRules, bias: bool) -> nn.Module:
    """Double the side of a feature map."""
    if rules.strided:
        return nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1, bias=bias)
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=bias)
    return nn.Sequential(nn.Upsample(scale_factor=2, mode="nearest"), convolution)


def _downsample(inputs: int, outputs: int, rules: DCGANRules, bias: bool) -> nn.Module:
    """Halve the side of a feature map."""
    if rules.strided:
        return nn.Conv2d(inputs, outputs, 4, stride=2, padding=1, bias=bias)
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=bias)
    return nn.Sequential(convolution, nn.AvgPool2d(2))


class DCGANGenerator(nn.Module):
    """From a latent vector to an image, by doubling a small feature map.

    Args:
        image_size: side of the image in pixels, 28, 32 or 64.
        channels: 1 for grey, 3 for colour.
        z_dim: size of the latent vector.
        base_width: channels of the last hidden layer; each earlier one has twice as
            many as the next.
        rules: which of the paper's rules to follow.

    Maps z (N, z_dim) to images (N, channels, image_size, image_size) in [−1, 1].

    Source: Radford 2016, figure 1. Departure: for 28×28 the map starts at 7×7.
    Chapter: dcgan
    """

    def __init__(
        self,
        image_size: int,
        channels: int,
        z_dim: int,
        base_width: int,
        rules: DCGANRules,
    ) -> None:
        super().__init__()
        side, doublings = _plan(image_size)
        width = base_width * 2 ** (doublings - 1)
        activation = nn.ReLU if rules.relu_generator else nn.Tanh
        bias = not rules.batch_norm

        def hidden(layer: nn.Module, outputs: int) -> list[nn.Module]:
            return [layer, *_norm(outputs, rules.batch_norm), activation()]

        layers: list[nn.Module] = []
        if not rules.no_dense:
            dense = [nn.Flatten(), nn.Linear(z_dim, 128), activation()]
            layers += [*dense, nn.Unflatten(1, (128, 1, 1))]
        first = z_dim if rules.no_dense else 128
        # On a 1×1 input this layer is the "project and reshape" of the paper.
        layers += hidden(nn.ConvTranspose2d(first, width, side, bias=bias), width)
        for _ in range(doublings - 1):
            layers += hidden(_upsample(width, width // 2, rules, bias), width // 2)
            width //= 2
        layers.append(_upsample(width, channels, rules, bias=True))
        layers += _norm(channels, rules.batch_norm and not rules.bare_edges)
        layers += [nn.Tanh()] if rules.tanh_output else []
        self.layers = nn.Sequential(*layers)
        self.z_dim = z_dim

    def forward(self, z: Tensor) -> Tensor:
        """Map z of shape (N, z_dim) to images in [−1, 1]."""
        if z.ndim != 2 or z.shape[1] != self.z_dim:
            raise ValueError(
                f"z has shape {tuple(z.shape)}, but this generator wants "
                f"(N, {self.z_dim}): N latent vectors, no axes for height and width."
            )
        return self.layers(z[:, :, None, None])


class DCGANDiscriminator(nn.Module):
    """From an image to one logit, by halving the feature map.

    Args:
        image_size: side of the image in pixels, 28, 32 or 64.
        channels: 1 for grey, 3 for colour.
        base_width: channels of the first hidden layer; each later one has twice as
            many as the one before.
        rules: which of the paper's rules to follow.
        minibatch: builds a layer that looks across the batch, put before the last
            layer; `None` for none.

    Attributes:
        num_features: size F of what the last layer sees.

    Maps images (N, channels, image_size, image_size) in [−1, 1] to logits (N,).

    Source: Radford 2016, section 3. Departure: returns a logit, without the sigmoid.
    Chapter: dcgan
    """

    def __init__(
        self,
        image_size: int,
        channels: int,
        base_width: int,
        rules: DCGANRules,
        minibatch: MinibatchLayer | None = None,
    ) -> None:
        super().__init__()
        side, halvings = _plan(image_size)
        slope = 0.2 if rules.leaky_discriminator else 0.0
        layers: list[nn.Module] = []
        inputs, outputs = channels, base_width
        for depth in range(halvings):
            normalise = rules.batch_norm and (depth > 0 or not rules.bare_edges)
            layers.append(_downsample(inputs, outputs, rules, bias=not normalise))
            layers += [*_norm(outputs, normalise), nn.LeakyReLU(slope)]
            inputs, outputs = outputs, outputs * 2
        if not rules.no_dense:
            dense = nn.Linear(inputs * side**2, 128)
            layers += [nn.Flatten(), dense, nn.LeakyReLU(slope)]
            inputs = 128
        if minibatch:
            layers.append(minibatch(inputs))
            inputs = layers[-1].out_features
        last = nn.Conv2d(inputs, 1, side) if rules.no_dense else nn.Linear(inputs, 1)
        self.layers = nn.Sequential(*layers, last, nn.Flatten(0))
        self.num_features = last.weight.numel()

    def forward(self, images: Tensor) -> Tensor:
        """Map images to one logit each, shape (N,)."""
        return self.layers(images)

    def logits_and_features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Map images to logits (N,) and what the last layer made them from, (N, F)."""
        maps = self.layers[:-2](images)
        return self.layers[-2:](maps), maps.flatten(1)


@torch.no_grad()
def _initialise(network: nn.Module) -> None:
    """Draw weights as the paper does: N(0, 0.02²), and N(1, 0.02²) for BatchNorm."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            module.weight.normal_(0.0, 0.02)
            if module.bias is not None:
                module.bias.zero_()
        elif isinstance(module, nn.BatchNorm2d):
            # The paper is silent here; its authors' code draws N(1, 0.02²).
            module.weight.normal_(1.0, 0.02)
            module.bias.zero_()


def dcgan_generator(
    image_size: int = 28,
    channels: int = 1,
    z_dim: int = 100,
    base_width: int = 64,
    rules: DCGANRules | None = None,
) -> DCGANGenerator:
    """Build a DCGAN generator with the paper's initial weights.

    Args:
        image_size: 28, 32 or 64 pixels.
        channels: 1 or 3.
        z_dim: size of the latent vector; 100 in the paper.
        base_width: channels of the last hidden layer; 64 in the paper.
        rules: the paper's rules, or some of them broken.

    Returns:
        A module from z (N, z_dim) to images (N, channels, size, size) in [−1, 1]. At
        64×64×3 with width 64 its channels are 512, 256, 128, 64, 3.

    Raises:
        ValueError: no plan for this image size.

    Source: Radford 2016, figure 1. Departure: see `DCGANGenerator`.
    Chapter: dcgan
    """
    rules = rules or DCGANRules()
    network = DCGANGenerator(image_size, channels, z_dim, base_width, rules)
    if rules.small_weights:
        _initialise(network)
    return network


def dcgan_discriminator(
    image_size: int = 28,
    channels: int = 1,
    base_width: int = 64,
    rules: DCGANRules | None = None,
    minibatch: MinibatchLayer | None = None,
) -> DCGANDiscriminator:
    """Build a DCGAN discriminator with the paper's initial weights.

    Args:
        image_size: 28, 32 or 64 pixels.
        channels: 1 or 3.
        base_width: channels of the first hidden layer; 64 in the paper's code.
        rules: the paper's rules, or some of them broken.
        minibatch: builds a layer that looks across the batch, such as
            `MinibatchStdDev`; `None` for none.

    Returns:
        A module from images (N, channels, size, size) in [−1, 1] to logits (N,).

    Raises:
        ValueError: no plan for this image size.

    Source: Radford 2016, section 3. Departure: see `DCGANDiscriminator`.
    Chapter: dcgan
    """
    rules = rules or DCGANRules()
    network = DCGANDiscriminator(image_size, channels, base_width, rules, minibatch)
    if rules.small_weights:
        _initialise(network)
    return network
