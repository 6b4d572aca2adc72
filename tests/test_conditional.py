"""Conditional networks: where the label enters, what each D can and cannot tell."""

import math
from dataclasses import replace

import pytest
import torch
from torch.nn.functional import cross_entropy

from ganlib import data, networks, recipes, runs, training
from ganlib.diagnostics import STATES

NUM, Z_DIM, CLASSES = 6, 100, 10
NAMES = [name for name, recipe in recipes.RECIPES.items() if recipe.classes]


def small(name):
    """Build both players of a recipe, as narrow as they can be."""
    recipe = recipes.get(name)
    torch.manual_seed(0)
    return recipe.generator(base_width=4), recipe.discriminator(base_width=4)


def pairs(seed=0):
    torch.manual_seed(seed)
    images = torch.rand(NUM, 1, 28, 28) * 2 - 1
    return images, torch.randint(CLASSES, (NUM,))


@pytest.mark.parametrize("name", NAMES)
def test_shapes(name):
    generator, discriminator = small(name)
    _, labels = pairs()
    images = generator(torch.randn(NUM, Z_DIM), labels)
    assert images.shape == (NUM, 1, 28, 28)
    assert images.abs().max() <= 1
    assert discriminator(images, labels).shape == (NUM,)


@pytest.mark.parametrize(("size", "channels"), [(28, 1), (32, 3), (64, 3)])
def test_every_image_size_has_its_players(size, channels):
    sizes = {"image_size": size, "channels": channels, "base_width": 4}
    labels = torch.tensor([0, 9])
    images = networks.conditional_generator(**sizes)(torch.randn(2, Z_DIM), labels)
    assert images.shape == (2, channels, size, size)
    assert networks.concat_discriminator(**sizes)(images, labels).shape == (2,)
    kind = networks.ProjectionDiscriminator
    projection = networks.conditional_discriminator(kind, **sizes)
    assert projection(images, labels).shape == (2,)


def test_all_methods_play_with_one_generator():
    texts = {str(recipes.get(name).generator()) for name in NAMES}
    assert len(texts) == 1


def test_the_label_changes_the_sample_and_is_learned():
    generator, _ = small("cgan-fashion")
    generator.eval()
    z = torch.randn(1, Z_DIM).expand(CLASSES, -1)
    images = generator(z, torch.arange(CLASSES))
    assert torch.pdist(images.flatten(1)).min() > 0
    images.sum().backward()
    assert generator.embedding.weight.grad.abs().sum(1).min() > 0


def test_the_label_starts_out_smaller_than_z():
    """As large as z it is learned first, and each class becomes a single image."""
    generator, _ = small("cgan-fashion")
    first = generator.body.layers[0]
    z, rows = torch.randn(500, Z_DIM), generator.embedding.weight[torch.arange(CLASSES)]
    of_z = first(torch.cat([z, torch.zeros(500, 50)], 1)[..., None, None]).std(0)
    of_labels = first(
        torch.cat([torch.zeros(CLASSES, Z_DIM), rows], 1)[..., None, None]
    )
    share = of_labels.std(0).square().mean() / of_z.square().mean()
    assert 0 < share < 0.02  # 50 numbers of 0.1² beside 100 of 1


def of_all_labels(discriminator, images):
    """Logit of each image with each label, shape (N, K)."""
    discriminator.eval()
    logits = [discriminator(images, torch.full((NUM,), k)) for k in range(CLASSES)]
    return torch.stack(logits, dim=1).detach()


def interaction(logits):
    """What is left of a table when a term of its row and one of its column are gone."""
    centred = logits - logits.mean(0) - logits.mean(1, keepdim=True) + logits.mean()
    return centred.abs().max().item()


def test_a_label_that_comes_late_cannot_meet_the_image():
    images, _ = pairs()
    for name, discriminator in ((name, small(name)[1]) for name in NAMES):
        left = interaction(of_all_labels(discriminator, images))
        told = name in ("cgan-fashion", "cgan-fashion-concat")
        assert (left > 1e-4) == told, name


def test_projection_is_its_formula():
    _, discriminator = small("cgan-fashion")
    images, labels = pairs()
    discriminator.eval()
    body = discriminator.body
    phi = body.layers[:-2](images).flatten(1)
    psi = body.layers[-2]
    by_hand = phi @ psi.weight.flatten() + psi.bias
    by_hand = by_hand + (phi * discriminator.embedding.weight[labels]).sum(1)
    assert torch.allclose(discriminator(images, labels), by_hand, atol=1e-6)


def test_the_auxiliary_discriminator_does_not_look_at_labels():
    _, discriminator = small("cgan-fashion-auxiliary")
    images, labels = pairs()
    discriminator.eval()
    logits, class_logits = discriminator.classify(images)
    assert torch.equal(logits, discriminator(images, labels))
    assert torch.equal(logits, discriminator(images))
    assert class_logits.shape == (NUM, CLASSES)


def narrow(name, **changes):
    """Make a game of narrow players, without data."""
    generator, discriminator = small(name)
    recipe = replace(
        recipes.get(name),
        generator=lambda: generator,
        discriminator=lambda: discriminator,
        data=lambda: data.ImageSet(*pairs_as_bytes(), data.FASHION_CLASSES),
        batch_size=NUM,
        **changes,
    )
    return recipes.build(recipe, 0)


def pairs_as_bytes(num=60):
    torch.manual_seed(1)
    images = torch.randint(256, (num, 1, 28, 28), dtype=torch.uint8)
    return images, torch.arange(num) % CLASSES


@pytest.mark.parametrize("name", ["cgan-fashion-auxiliary", "cgan-fashion-odena"])
def test_naming_the_label_adds_its_cross_entropy(name):
    with_term, batches = narrow(name)
    without, _ = narrow(name, class_weight=0.0, class_on_fakes=False)
    real, labels = next(batches)
    expected = cross_entropy(with_term.discriminator.classify(real)[1], labels)
    noise = with_term.noise.get_state()
    if with_term.class_on_fakes:
        z = training.draw_noise(NUM, Z_DIM, with_term.noise)
        with_term.noise.set_state(noise)
        fake = with_term.generator(z, labels)
        fake_term = cross_entropy(with_term.discriminator.classify(fake)[1], labels)
        expected = expected + fake_term
    losses = [
        training.discriminator_step(gan, real, labels).loss
        for gan in (with_term, without)
    ]
    assert torch.allclose(losses[0] - losses[1], expected, atol=1e-5)


def test_the_generator_pays_for_fakes_that_are_not_what_was_asked():
    gan, batches = narrow("cgan-fashion-auxiliary")
    real, labels = next(batches)
    with torch.no_grad():  # a classifier that says nothing: the term is log K
        gan.discriminator.classes.weight.zero_()
    plain, _ = narrow("cgan-fashion-auxiliary", class_weight=0.0)
    losses = [training.generator_step(g, real, labels).item() for g in (gan, plain)]
    assert losses[0] - losses[1] == pytest.approx(math.log(CLASSES), abs=1e-5)


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        (torch.tensor([0, 10]), "knows the classes 0 to 9"),
        (torch.tensor([-1, 2]), "run from -1 to 2"),
        (torch.tensor([0.0, 1.0]), "must be int64"),
        (torch.tensor([0, 1, 2]), r"shape \(2,\)"),
    ],
)
@pytest.mark.parametrize("name", ["cgan-fashion", "cgan-fashion-concat"])
def test_wrong_labels_get_a_sentence(name, labels, sentence):
    generator, discriminator = small(name)
    with pytest.raises(ValueError, match=sentence):
        generator(torch.randn(2, Z_DIM), labels)
    with pytest.raises(ValueError, match=sentence):
        discriminator(torch.zeros(2, 1, 28, 28), labels)


def test_a_latent_vector_of_the_wrong_size_gets_a_sentence():
    generator, _ = small("cgan-fashion")
    with pytest.raises(ValueError, match=r"\(N, 100\), and labels \(N,\)"):
        generator(torch.randn(2, 150), torch.tensor([0, 1]))


def test_labels_to_be_named_must_be_there():
    gan, _ = narrow("cgan-fashion-auxiliary")
    batches = iter([(torch.rand(4, 1, 28, 28) * 2 - 1, None)])
    with pytest.raises(ValueError, match="has to name the labels"):
        next(training.train(gan, batches, training.Settings(1)))


@pytest.mark.parametrize("name", NAMES)
def test_a_run_in_a_folder_carries_labels_and_gets_a_verdict(name, tmp_path):
    recipe = recipes.get(name)
    tiny = replace(
        recipe,
        generator=lambda: recipe.generator(base_width=4),
        discriminator=lambda: recipe.discriminator(base_width=4),
        data=lambda: data.ImageSet(*pairs_as_bytes(), data.FASHION_CLASSES),
        batch_size=10,
        num_steps=2,
    )
    facts = runs.train_into(tmp_path, tiny)
    assert facts["step"] == 2
    assert facts["verdict"]["state"] in STATES
    assert facts["numbers"]["classes"][3] == "Dress"


@pytest.mark.parametrize(
    ("label", "index"), [("dress", 3), ("Dress", 3), ("t-shirt", 0), ("ankle", 9)]
)
def test_a_class_is_found_by_name(label, index):
    assert runs.class_index("cgan-fashion", label) == index


@pytest.mark.parametrize("label", ["hat", "s", ""])
def test_an_unknown_class_gets_all_ten(label):
    with pytest.raises(ValueError, match=r"T-shirt/top, Trouser.*Bag, Ankle boot"):
        runs.class_index("cgan-fashion", label)


def test_a_generator_without_labels_cannot_be_asked():
    with pytest.raises(ValueError, match=r"told no labels.*cgan-fashion"):
        runs.class_index("dcgan-fashion", "dress")


def test_samples_are_of_the_class_or_of_all():
    generator, _ = small("cgan-fashion")
    generator.eval()
    one, same = (runs.draw(generator, Z_DIM, 8, seed=3, label=4) for _ in range(2))
    assert torch.equal(one, same)
    z = training.draw_noise(8, Z_DIM, torch.Generator().manual_seed(3))
    assert torch.equal(one, training.sample(generator, z, torch.full((8,), 4)))
    mixed = runs.draw(generator, Z_DIM, 8, seed=3)
    assert not torch.allclose(mixed, one)
