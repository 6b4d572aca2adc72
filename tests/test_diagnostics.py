"""The judges on cases with a known answer, the rules one by one, and runs made sick."""

import math
import re
from dataclasses import replace

import pytest
import torch
from scipy.stats import mannwhitneyu
from torch import nn

from ganlib import data, diagnostics, losses, metrics, networks, recipes, training, zoo
from ganlib.diagnostics import CaseFile, Judge, Symptoms, diagnose
from ganlib.diagnostics.landscape import (
    Balls,
    as_points,
    cluster_numbers,
    k_means,
)
from ganlib.diagnostics.probes import _constant_level
from ganlib.diagnostics.verdict import treated_in
from ganlib.training import Settings, train

RING = recipes.get("ring")
HASTY = replace(RING, g_lr=1e-2, d_lr=1e-3, betas=(0.9, 0.999))


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def normal(num, seed=0, dim=2):
    return torch.randn(num, dim, generator=rng(seed))


# ------------------------------------------------------------------- the landscape
def test_points_stay_and_images_become_averages_of_large_squares():
    points = normal(5)
    assert torch.equal(as_points(points), points)
    images = torch.arange(28.0 * 28).reshape(1, 1, 28, 28)
    means = images.reshape(1, 7, 4, 7, 4).mean((2, 4)).flatten(1)
    torch.testing.assert_close(as_points(images), means)
    with pytest.raises(ValueError, match=r"points \(N, d\) or images"):
        as_points(torch.zeros(3))


def test_a_ball_holds_its_share_of_the_others_or_has_the_least_radius():
    points = normal(101)
    radii = Balls(points, 1e-9).radii
    inside = (torch.cdist(points, points) <= radii[:, None] * (1 + 1e-6)).sum(1) - 1
    assert (inside == 4).all()
    assert (Balls(points, 9.0).radii == 9.0).all()


def test_density_ratios_of_equal_and_of_disjoint_sets():
    points, others = normal(400), normal(400, seed=1)
    balls = Balls(points, 0.6)
    ratios = balls.density_ratios(others)
    assert abs(ratios.mean() - 1) < 0.15
    assert (balls.density_ratios(points + 100) == 0).all()
    half = torch.cat([others[:200], others[:200] + 100])
    torch.testing.assert_close(
        balls.density_ratios(half),
        balls.density_ratios(others[:200]) / 2,
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (data.ring(radius=2.0, std=0.1), 8),
        (data.grid(), 25),
        (data.two_clusters(), 2),
        (data.gaussian(), 1),
        (data.spiral(), 1),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_clusters_are_found_without_being_told(target, expected, seed):
    judge = Judge(target.sample(1_000, rng(seed)))
    assert judge.num_clusters == expected


def test_clusters_are_numbered_by_size_and_strays_belong_to_none():
    points = torch.cat([normal(30) * 0.01, normal(60) * 0.01 + 5, torch.ones(1, 2) * 9])
    labels = cluster_numbers(points, 0.5)
    assert (labels[:30] == 1).all()
    assert (labels[30:90] == 0).all()
    assert labels[90] == -1


def test_cells_of_two_clusters_are_centred_on_them_and_the_same_on_every_call():
    points = torch.cat([normal(50) * 0.01, normal(50, 1) * 0.01 + 5])
    centres = k_means(points, 2)
    expected = torch.stack([points[:50].mean(0), points[50:].mean(0)])
    torch.testing.assert_close(centres.sort(0).values, expected)
    assert torch.equal(centres, k_means(points, 2))
    assert len(k_means(torch.ones(9, 2), 4)) == 1


# ----------------------------------------------------------------------- the judges
@pytest.fixture(scope="module")
def ring_judge():
    return Judge(RING.data.sample(1_000, rng()))


def without_modes(num_left_out, seed=5):
    """A perfect sampler of the ring but for some of its modes."""
    points = RING.data.sample(3_000, rng(seed))
    nearest = torch.cdist(points, RING.data.means).argmin(1)
    return points[nearest >= num_left_out][:400]


@pytest.mark.parametrize("seed", range(1, 6))
def test_data_against_data_is_well(ring_judge, seed):
    fake = RING.data.sample(400, rng(seed))
    assert 0 < ring_judge.mismatch([fake]) < 0.15
    assert ring_judge.missing([fake]) == 0
    assert ring_judge.held(fake) == 8
    assert abs(ring_judge.spread(fake) - 1) < 0.05


def test_mismatch_is_the_total_variation_of_what_lies_apart(ring_judge):
    fake = RING.data.sample(400, rng(1))
    assert ring_judge.mismatch([fake + 100]) == 1
    half = torch.cat([fake[:200], fake[:200] + 100])
    assert abs(ring_judge.mismatch([half]) - 0.5) < 0.08
    both = [ring_judge.mismatch([one]) for one in (fake, half)]
    assert math.isclose(ring_judge.mismatch([fake, half]), sum(both) / 2, rel_tol=1e-6)


@pytest.mark.parametrize("num", [1, 3, 6])
def test_modes_left_out_are_missed_and_not_held(ring_judge, num):
    fake = without_modes(num)
    assert ring_judge.held(fake) == 8 - num
    assert abs(ring_judge.mismatch([fake]) - num / 8) < 0.12
    if num > 1:  # with ten cells for eight modes, one mode may share its cell
        assert ring_judge.missing([fake]) > 0.1


def test_what_is_visited_in_turn_is_not_missing(ring_judge):
    fake = RING.data.sample(4_000, rng(2))
    left = fake[:, 0] < 0
    halves = [fake[left][:400], fake[~left][:400]]
    each = [ring_judge.missing([one]) for one in halves]
    assert min(each) > 0.3
    assert ring_judge.missing(halves) == 0


def test_travel_of_a_shift_by_one_width_and_of_no_shift():
    points = normal(400)
    judge = Judge(points)
    shift = torch.tensor([judge.width, 0.0])
    assert abs(judge.travel([points, points + shift]) - 1) < 0.25
    assert judge.travel([points, points]) == 0
    assert judge.travel([points]) == 0
    assert math.isclose(judge.spread(3 * points), 3, rel_tol=1e-6)


def test_ranking_is_the_statistic_of_mann_and_whitney():
    real, fake = normal(40, 1, 1).flatten() + 1, normal(50, 2, 1).flatten()
    expected = mannwhitneyu(real, fake).statistic / (40 * 50)
    assert math.isclose(diagnostics.ranking(real, fake), expected, rel_tol=1e-6)
    assert diagnostics.ranking(torch.zeros(3), torch.zeros(4)) == 0.5


def test_copies_lie_nearer_to_the_training_set_and_collapse_does_not():
    sets = [normal(400, seed) for seed in range(3)]
    assert metrics.copied_share(sets[0], sets[1], sets[0]) == 1
    assert metrics.copied_share(sets[1], sets[0], sets[0]) == 0
    # Independent fakes: a half, four standard errors; and on average for a blob.
    share = metrics.copied_share(*sets)
    assert abs(share - 0.5) < 4 * 0.5 / 400**0.5 + 0.05
    blobs = [
        metrics.copied_share(
            normal(400, 2 * s + 10), normal(400, 2 * s + 11), sets[2] * 0.05 + 1
        )
        for s in range(60)
    ]
    assert abs(sum(blobs) / 60 - 0.5) < 4 * 0.5 / 60**0.5


# ----------------------------------------------------------------------- the probes
class Linear(nn.Module):
    """D(y) = 3 y₁ + 4 y₂: slope 5 everywhere."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([3.0, 4.0]))

    def forward(self, x):
        return x @ self.weight


def game(discriminator, **numbers):
    gan, batches = recipes.build(replace(RING, **numbers), 0)
    optimizer = recipes.fused_adam(discriminator.parameters(), 1e-3, (0.5, 0.999))
    return replace(gan, discriminator=discriminator, d_optimizer=optimizer), batches


def test_signal_of_a_linear_critic_is_its_slope_times_the_losss():
    points = normal(6)
    gan, _ = game(Linear(), loss=losses.wasserstein)
    torch.testing.assert_close(
        diagnostics.generator_signal(gan, points, points), torch.tensor(5.0)
    )
    gan = replace(gan, loss=losses.minimax)
    weight = torch.sigmoid(points @ torch.tensor([3.0, 4.0])).mean()
    torch.testing.assert_close(
        diagnostics.generator_signal(gan, points, points), 5 * weight
    )


def state_of(gan):
    parts = [gan.generator.state_dict(), gan.discriminator.state_dict()]
    tensors = [t.clone() for part in parts for t in part.values()]
    noise = gan.noise if isinstance(gan.noise, list) else [gan.noise]
    return tensors + [one.get_state() for one in noise]


@pytest.mark.parametrize("numbers", [{}, {"instance_noise": 0.5}, {"packing": 2}])
def test_probes_leave_the_game_as_it_is(numbers):
    critic = networks.mlp_discriminator(2 * numbers.get("packing", 1))
    gan, _ = game(critic, **numbers)
    points, before = normal(50), state_of(gan)
    assert diagnostics.generator_signal(gan, points, points + 1) > 0
    diagnostics.patience(gan, points, num_steps=3)
    assert all(map(torch.equal, before, state_of(gan)))
    assert not gan.d_optimizer.state


def test_probes_of_stacked_runs_are_those_of_each_alone():
    seeds = [3, 4]
    stacked, _ = recipes.build_stacked(RING, seeds)
    fake, points = torch.stack([normal(50, s) for s in seeds]), normal(50, 9)
    together = diagnostics.generator_signal(stacked, points.expand(2, -1, -1), fake)
    for run, seed in enumerate(seeds):
        alone, _ = recipes.build(RING, seed)
        one = diagnostics.generator_signal(alone, points, fake[run])
        torch.testing.assert_close(together[run], one)
    assert diagnostics.patience(stacked, points, 2).shape == (2,)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("minimax", 2 * math.log(2)),
        ("non_saturating", 2 * math.log(2)),
        ("least_squares", 0.25),
        ("hinge", 2.0),
        ("relativistic", math.log(2)),
        ("wasserstein", 0.0),
    ],
)
def test_level_of_a_discriminator_that_says_one_thing(name, level):
    gan, _ = game(Linear(), loss=losses.LOSSES[name])
    assert math.isclose(_constant_level(gan), level, abs_tol=1e-4)


@pytest.mark.parametrize("name", losses.LOSSES)
def test_patience_tells_a_chased_discriminator_from_a_blind_one(name):
    """Fakes beside the data: seen by one that learns, not by one that cannot."""
    points, found = normal(400) + 3, []
    for rate in (1e-2, 1e-9):
        gan, _ = recipes.build(replace(RING, loss=losses.LOSSES[name], d_lr=rate), 0)
        nn.init.zeros_(gan.discriminator.layers[-1].weight)
        found.append(diagnostics.patience(gan, points).item())
    assert found[0] > 0.5
    assert found[1] < 0.1 or name == "wasserstein"  # its share of ranks has no level


# ------------------------------------------------------------------------ the rules
WELL = Symptoms(
    finite=True,
    loss=1.4,
    reach=1.0,
    mismatch=0.1,
    missing=0.0,
    held=8,
    most_held=8,
    num_clusters=8,
    spread=1.0,
    travel=0.1,
    signal=1.0,
)


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        ("healthy", {}, "90% of the mass is where the data is; all 8 clusters"),
        ("healthy", {"mismatch": 0.7, "patience": 0.9}, "Still learning: 70%"),
        ("mode collapse", {"held": 7}, "Partial: 7 of the data's 8 clusters"),
        ("mode collapse", {"held": 1, "travel": 0.9}, "Total: 1 of .* not always"),
        ("mode collapse", {"missing": 0.3}, "Partial: 30% of the data lies where"),
        ("mode collapse", {"spread": 0.1, "num_clusters": 1}, "Total: "),
        ("healthy", {"held": 3, "trend": -0.1}, "90%"),
        ("vanishing gradient", {"mismatch": 0.9, "signal": 1e-6}, "only 1e-06"),
        ("weak discriminator", {"mismatch": 0.9, "patience": 0.02}, "sheds only 2%"),
        ("oscillation", {"mismatch": 0.9, "travel": 1.2}, "move by 1.2 widths"),
        ("divergence", {"finite": False}, "no number"),
        ("divergence", {"reach": 99.0, "loss": 1e4}, "99 widths"),
        ("memorisation", {"copies": 0.9}, "90% of the fakes"),
    ],
)
def test_each_rule(state, changes, words):
    verdict = diagnose(WELL._replace(**changes))
    assert verdict.state == state
    assert re.search(words, verdict.evidence), verdict.evidence
    assert verdict.section == ("" if state == "healthy" else treated_in(state))


def test_causes_come_before_what_they_cause():
    sick = {"mismatch": 0.9, "held": 1, "travel": 2.0, "missing": 0.5}
    chain = [{"patience": 0.0}, {"signal": 0.0}, {"copies": 1.0}, {"finite": False}]
    states, symptoms = [diagnose(WELL._replace(**sick)).state], WELL._replace(**sick)
    for changes in chain:
        symptoms = symptoms._replace(**changes)
        states.append(diagnose(symptoms).state)
    assert states == [
        "mode collapse",
        "weak discriminator",
        "vanishing gradient",
        "memorisation",
        "divergence",
    ]


# ------------------------------------------------------------------------- the case
def test_a_case_changes_nothing_of_the_run():
    runs = []
    for watched in (False, True):
        gan, batches = recipes.build(RING, 0)
        records = train(gan, batches, Settings(60, log_every=20))
        if watched:
            case = CaseFile(RING.data.sample(100, rng()))
            records = case.follow(records, gan)
        runs.append((list(records), state_of(gan)))
        if watched:
            case.diagnose(gan)
            assert all(map(torch.equal, state_of(gan), runs[1][1]))
    assert runs[0][0] == runs[1][0] == case.records
    assert all(map(torch.equal, runs[0][1], runs[1][1]))


def test_a_stacked_case_is_the_cases_of_each_run():
    real, settings = RING.data.sample(100, rng()), Settings(300, log_every=100)
    gan, batches = recipes.build_stacked(RING, [0, 1])
    case = CaseFile(real)
    list(case.follow(train(gan, batches, settings), gan))
    verdicts = case.diagnose(gan)
    assert len(verdicts) == 2
    alone, batches = recipes.build(RING, 0)
    single = CaseFile(real)
    list(single.follow(train(alone, batches, settings), alone))
    verdict = single.diagnose(alone)
    assert verdict.state == verdicts[0].state
    assert math.isclose(
        verdict.symptoms.mismatch, verdicts[0].symptoms.mismatch, abs_tol=0.02
    )


def test_images_have_a_case_too():
    images = data.digits()
    recipe = replace(
        recipes.get("dcgan-fashion"),
        data=lambda: images,
        generator=lambda: networks.dcgan_generator(base_width=4),
        discriminator=lambda: networks.dcgan_discriminator(base_width=4),
    )
    gan, batches = recipes.build(recipe, 0)
    case = CaseFile(data.to_unit_range(images.images[:60]))
    list(case.follow(train(gan, batches, Settings(4, log_every=2)), gan))
    before = state_of(gan)
    assert case.diagnose(gan).state in diagnostics.STATES
    assert all(map(torch.equal, before, state_of(gan)))


def test_garments_are_one_whole_and_a_good_generator_misses_none_of_it():
    """A few dense heaps hold a quarter of them: too little to count modes by."""
    real = data.to_unit_range(data.fashion_mnist("test").images[:1_000])
    judge = Judge(as_points(real))
    assert judge.num_clusters == 1
    z = training.draw_noise(400, 100, torch.Generator().manual_seed(0))
    fakes = training.sample(zoo.load("cgan-fashion"), z, torch.arange(400) % 10)
    assert judge.missing([as_points(fakes)]) < 0.1
    only_trousers = training.sample(
        zoo.load("cgan-fashion"), z, torch.ones(400, dtype=torch.int64)
    )
    assert judge.missing([as_points(only_trousers)]) > 0.5


def test_a_run_that_left_the_numbers_is_named_and_still_raises():
    wild = replace(RING, loss=losses.least_squares, d_lr=1e30, g_lr=1e30)
    gan, batches = recipes.build(wild, 0)
    case = CaseFile(RING.data.sample(100, rng()))
    with pytest.raises(FloatingPointError, match="training has diverged"):
        list(case.follow(train(gan, batches, Settings(50, log_every=1)), gan))
    assert "training has diverged" in case.stopped
    assert case.diagnose(gan).state == "divergence"


def test_too_little_to_judge_by_gets_a_sentence():
    with pytest.raises(ValueError, match="at least 50"):
        CaseFile(normal(20))
    gan, _ = recipes.build(RING, 0)
    with pytest.raises(ValueError, match="the case is empty"):
        CaseFile(normal(60)).diagnose(gan)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recipe", "state"), [(RING, "healthy"), (HASTY, "mode collapse")]
)
def test_five_seeds_of_the_ring_get_their_name(recipe, state):
    gan, batches = recipes.build_stacked(recipe, [10, 11, 12, 13, 14])
    case = CaseFile(RING.data.sample(400, rng()))
    list(case.follow(train(gan, batches, Settings(1_200)), gan))
    assert [verdict.state for verdict in case.diagnose(gan)] == [state] * 5


@pytest.mark.slow
def test_a_generator_that_repeats_its_data_is_seen():
    target, stored = data.gaussian(), data.gaussian().sample(12, rng(7))

    class Finite:
        def sample(self, num, generator):
            return stored[torch.randint(12, (num,), generator=generator)]

    gan, _ = recipes.build(replace(RING, data=target), 0)
    case = CaseFile(target.sample(400, rng(8)), train=stored)
    batches = data.SampleBatches(Finite(), 128, rng(9))
    list(case.follow(training.train(gan, batches, Settings(3_000)), gan))
    assert case.diagnose(gan).state == "memorisation"
