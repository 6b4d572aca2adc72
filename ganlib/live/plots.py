"""The small figures: one question each, and a number or two for the reader to move.

Each is drawn by one function of `browser/figures` twice: in the reader's browser, and
at build time as the still picture that a reader without scripts sees.
"""

import base64
from html import escape

from ganlib.live.arguments import PLOT_ARGUMENTS
from ganlib.live.figure import BUILT, Figure


def logit_slider(logit: float = -4.0) -> Figure:
    r"""Both losses of the generator at the logit of one fake, and their slopes.

    $$\frac{d}{dt} \log(1 - \sigma(t)) = -\sigma(t), \qquad
    \frac{d}{dt} \big({-\log \sigma(t)}\big) = -(1 - \sigma(t))$$

    Args:
        logit: t to start with, from −8 to 8.

    Returns:
        The figure, `<gan-logit-slider>`. At t = −4 the slopes are −0.018 and −0.982.

    Raises:
        ValueError: the logit is not a number of that range.

    Source: Goodfellow et al. 2014, section 3. Departure: none.
    Chapter: minimax
    """
    alt = (
        "Two charts over the logit t of a fake, with a dotted line at t = −4. Left, "
        "the losses: minimax is flat there, non-saturating falls. Right, how hard each "
        "pushes: 0.018 and 0.982; the two curves cross at t = 0 with ½ each."
    )
    return _figure("logit_slider", alt, logit=logit)


def two_densities(
    shape: str = "normal",
    real_centre: float = 1.0,
    fake_centre: float = -1.0,
    real_width: float = 1.0,
    fake_width: float = 1.0,
) -> Figure:
    r"""Two densities, the optimal discriminator, and the divergence as they part.

    $$D^*(x) = \frac{p(x)}{p(x) + q(x)}, \qquad
    V(D^*, G) = 2\,\mathrm{JSD}(p, q) - \log 4$$

    Args:
        shape: "normal", or "uniform", whose supports can be disjoint.
        real_centre: centre of p, from −6 to 6.
        fake_centre: centre of q, from −6 to 6.
        real_width: standard deviation of p, of a uniform density its length; 0.3 to 2.
        fake_width: the same of q.

    Returns:
        The figure, `<gan-two-densities>`. Two uniform densities of length 1, centres 1
        or more apart: JSD = log 2 with slope 0.

    Raises:
        ValueError: an unknown shape, or a number outside its range.

    Source: Goodfellow et al. 2014, eqs. 2 and 6. Departure: none.
    Chapter: optimal-discriminator
    """
    alt = (
        "Two bell curves, q of the forger around −1 and p of the data around 1; below "
        "them D*(x), rising from 0 to 1 with ½ in the middle. Beside them JSD against "
        "the distance of the centres, a valley between two flat tops at log 2; the "
        "present place is marked half way up."
    )
    given = {
        "shape": shape,
        "real_centre": real_centre,
        "fake_centre": fake_centre,
        "real_width": real_width,
        "fake_width": fake_width,
    }
    return _figure("two_densities", alt, **given)


def dirac_field(
    loss: str = "minimax",
    remedy: str = "none",
    order: str = "alternating",
    step_size: float = 0.2,
    strength: float | None = None,
    theta: float = 1.0,
    psi: float = 1.0,
) -> Figure:
    r"""Vector field of the Dirac-GAN, and the paths of gradient steps through it.

    $$v(\theta, \psi) = \begin{pmatrix} -\partial L_G / \partial\theta \\
    -\partial L_D / \partial\psi \end{pmatrix}$$

    Args:
        loss: "minimax", "non_saturating" or "wasserstein".
        remedy: what is added: "none", "clipping", "gradient_penalty", "instance_noise",
            "r1", "r1_r2" or "consensus".
        order: "simultaneous", "alternating", or "alternating_5" with five
            discriminator steps for each generator step.
        step_size: h, from 0.05 to 1.
        strength: c, λ, σ or γ of the remedy, from 0.05 to 3; `None` takes the
            chapter's.
        theta: θ of the first start, from −2 to 2.
        psi: ψ of the first start, from −2 to 2.

    Returns:
        The figure, `<gan-dirac-field>`. A path is 100/h steps long, 500 at h = 0.2.

    Raises:
        ValueError: an unknown name, or a number outside its range.

    Source: Mescheder et al. 2018, sec. 2. Departure: D scores the data high, as
        everywhere in `ganlib.dynamics`.
    Chapter: dynamics
    """
    alt = (
        "The plane of θ and ψ with arrows of the vector field of the zero-sum game; "
        "they turn clockwise round a cross in the middle, the equilibrium. A path of "
        "500 alternating steps from (1, 1) stays on one ring round the cross."
    )
    given = {"loss": loss, "remedy": remedy, "order": order, "step_size": step_size}
    given |= {} if strength is None else {"strength": strength}
    return _figure("dirac_field", alt, **given, theta=theta, psi=psi)


def moving_masses(
    shape: str = "point",
    real_centre: float = -0.5,
    fake_centre: float = 0.5,
    real_width: float = 1.0,
    fake_width: float = 1.0,
) -> Figure:
    r"""Two masses on a line: W1 against JSD, the cheapest plan, and a best critic.

    $$W_1(p, q) = \int_0^1 |F_p^{-1}(u) - F_q^{-1}(u)|\,du
    = \max_{|\varphi'| \le 1} \mathbb E_p[\varphi] - \mathbb E_q[\varphi]$$

    Args:
        shape: "point" (the parallel lines, seen from their ends), "points" (five of
            equal mass) or "boxes".
        real_centre: centre of p, from −1.5 to 1.5.
        fake_centre: centre of q, from −1.5 to 1.5.
        real_width: length of p, from 0.1 to 2; a single point has none.
        fake_width: length of q, from 0.1 to 2.

    Returns:
        The figure, `<gan-moving-masses>`. Single points at −0.5 and 0.5: W1 = 1 with
        slope 1, JSD = log 2 with slope 0.

    Raises:
        ValueError: an unknown shape, or a number outside its range.

    Source: Arjovsky et al. 2017, example 1. Departure: none.
    Chapter: wasserstein
    """
    alt = (
        "A dot of the data at −0.5 and a triangle of the forger at 0.5, joined by an "
        "arrow; below them the critic, which falls from one to the other. Beside them "
        "the distances against the shift θ: W1 is a V with its tip at 0, JSD is flat "
        "at log 2 but for a needle at 0."
    )
    given = {
        "shape": shape,
        "real_centre": real_centre,
        "fake_centre": fake_centre,
        "real_width": real_width,
        "fake_width": fake_width,
    }
    return _figure("moving_masses", alt, **given)


def _figure(name: str, alt: str, **given: object) -> Figure:
    """Return a figure by its name: arguments checked, the still picture inside."""
    attributes: dict[str, str | None] = {}
    for argument, limits in PLOT_ARGUMENTS[name].items():
        if argument in given:
            read = limits.read(argument, given[argument])
            attributes[argument.replace("_", "-")] = read
    picture = base64.b64encode((BUILT / f"{name}.svg").read_bytes()).decode("ascii")
    still = (
        f'<img alt="{escape(alt)}" loading="lazy" style="max-width:100%;height:auto" '
        f'src="data:image/svg+xml;base64,{picture}">'
        "<p>The figure as it starts; where scripts run, it can be moved.</p>"
    )
    return Figure(f"gan-{name.replace('_', '-')}", "figures", attributes, still)
