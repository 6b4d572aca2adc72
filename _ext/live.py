"""Live figures in the pages: a directive, and each script loaded once from a file.

    ```{live} playground preset=ring seed=3
    ```

calls `ganlib.live.playground(preset="ring", seed="3")` and puts what it returns into
the page, as the last line of a chapter's cell does. Either brings its script with it,
for readers of the notebook; here the script is taken out of the page's text and becomes
a file that only pages with such a figure load, after their text. Weights that a figure
draws with become a file too, a script that leaves them in `ganlibWeights`, and the page
keeps its address: nobody loads a megabyte who has not asked for it.
"""

import hashlib
import re
import shlex
import shutil
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

from ganlib import live
from ganlib.live.figure import BUILT, MARK, WEIGHTS_MARK, WEIGHTS_TYPE

WEIGHTS = re.compile(
    rf'<script type="{re.escape(WEIGHTS_TYPE)}" {WEIGHTS_MARK}=([a-z0-9-]+)>'
    r"([A-Za-z0-9+/=]+)</script>"
)
SCRIPT = re.compile(rf"<script {MARK}=([a-z]+)>.*?</script>", re.DOTALL)


class LiveDirective(Directive):
    """Call a function of `ganlib.live` by its name."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        """Return the figure's markup, or the sentence that says what is wrong."""
        name, *pairs = shlex.split(self.arguments[0])
        make = getattr(live, name) if name in live.__all__ else None
        if make is None or not all("=" in pair for pair in pairs):
            raise self.error(
                f"{self.arguments[0]!r}: expected a name of ganlib.live and arguments "
                "such as preset=ring"
            )
        try:
            figure = make(**dict(pair.split("=", 1) for pair in pairs))
        except (TypeError, ValueError) as wrong:
            raise self.error(f"live figure {name}: {wrong}") from wrong
        if not isinstance(figure, live.Figure):
            raise self.error(f"ganlib.live.{name} makes no figure")
        return [nodes.raw("", figure._repr_html_(), format="html")]


def scripts_to_files(app, pagename, templatename, context, doctree):
    """Take the scripts out of a page's text, and load each once, when it is needed."""
    if app.builder.format == "html" and MARK in context.get("body", ""):
        for name in dict.fromkeys(SCRIPT.findall(context["body"])):
            app.add_js_file(f"live/{name}.js", loading_method="defer")
        context["body"] = SCRIPT.sub("", context["body"])


def weights_to_files(app, pagename, templatename, context, doctree):
    """Take the weights out of a page's text; a script at their address brings them."""
    if app.builder.format != "html" or WEIGHTS_MARK not in context.get("body", ""):
        return
    to_root = "../" * pagename.count("/")

    def moved(found):
        name, content = found.groups()
        file = f"_static/live/{name}.weights.js"
        code = f'(globalThis.ganlibWeights ??= {{}})["{name}"] = "{content}";\n'
        Path(app.outdir, file).write_text(code, encoding="ascii")
        version = hashlib.sha256(content.encode()).hexdigest()[:8]
        opening = f'<script type="{WEIGHTS_TYPE}" {WEIGHTS_MARK}={name}'
        return f'{opening} data-src="{to_root}{file}?v={version}"></script>'

    context["body"] = WEIGHTS.sub(moved, context["body"])


def copy_scripts(app):
    """Put the scripts where the pages load them from, before Sphinx adds checksums."""
    if app.builder.format == "html":
        folder = Path(app.outdir, "_static", "live")
        folder.mkdir(parents=True, exist_ok=True)
        for script in BUILT.glob("*.js"):
            shutil.copy2(script, folder / script.name)


def setup(app):
    """Run before the page is made lighter."""
    app.add_directive("live", LiveDirective)
    app.connect("builder-inited", copy_scripts)
    app.connect("html-page-context", weights_to_files, priority=700)
    app.connect("html-page-context", scripts_to_files, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
