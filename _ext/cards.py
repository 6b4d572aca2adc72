"""Write the card of every published network into the page that asks for them.

The comment `<!-- cards of the zoo -->` becomes one section for each card, read through
the package, so that the page cannot say anything else than the card does.
"""

from ganlib import zoo

PLACE = "<!-- cards of the zoo -->"


def write_cards(app, docname, source):
    """Put the cards where the page has its mark."""
    if PLACE in source[0]:
        app.env.note_dependency(str(zoo.WEIGHTS))
        cards = "\n\n".join(section(zoo.card(name)) for name in zoo.names())
        source[0] = source[0].replace(PLACE, cards)


def section(card):
    """Return one card as a heading, a sentence and a table."""
    facts = {k: v for k, v in card.items() if k not in ("name", "summary")}
    rows = [f"| {name} | {shown(value)} |" for name, value in flat(facts)]
    table = "\n".join(["| what | value |", "|---|---|", *rows])
    return f"## `{card['name']}`\n\n{card['summary']}\n\n{table}"


def flat(facts, prefix=""):
    """Yield nested facts as pairs, the names joined by a colon."""
    for name, value in facts.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}: ")
        else:
            yield prefix + name, value


def shown(value):
    """Return a value as a reader wants to see it."""
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value) or "none"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    return f"`{text}`" if len(text) == 64 else text


def setup(app):
    """Run before the page is parsed."""
    app.connect("source-read", write_cards)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
