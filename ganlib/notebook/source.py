r"""The package's own tested source, shown in the chapter instead of a copy.

Chapter: all of them.
"""

import ast
import inspect
import textwrap
from pathlib import Path

from ganlib.notebook.output import publish

_ROOT = Path(__file__).resolve().parents[2]


def show_source(*objects, docstrings=False):
    r"""Show the source of functions and classes, each under the name of its file.

    The listing is Markdown, so that the book, JupyterLab and Colab each colour it with
    their own light or dark style.

    Args:
        objects: functions, classes, or named tuples of functions such as a loss, whose
            functions are shown in order.
        docstrings: whether to show docstrings; without them the code fits a screen.

    Raises:
        TypeError: where an object has no Python source.

    Chapter: all of them.
    """
    if not objects:
        raise TypeError("show_source needs at least one function or class to show.")
    listings = {}
    for item in (part for thing in objects for part in _parts(thing)):
        source = textwrap.dedent(_source(item))
        code = source if docstrings else _without_docstrings(source)
        path, codes = _path(item), listings.setdefault(_path(item), [])
        if code.rstrip() not in codes:
            codes.append(code.rstrip())
        listings[path] = codes
    plain, marked = [], []
    for path, codes in listings.items():
        code = "\n\n\n".join(codes)
        fence = "````" if "```" in code else "```"
        plain.append(f"# {path}\n{code}")
        marked.append(f"From `{path}`:\n\n{fence}python\n{code}\n{fence}")
    publish({"text/plain": "\n\n\n".join(plain), "text/markdown": "\n\n".join(marked)})


def _parts(thing):
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return [part for part in thing if inspect.isfunction(part)] or [type(thing)]
    if inspect.ismodule(thing):
        raise TypeError(
            f"show_source shows functions and classes; {thing.__name__} is a module: "
            "name the part of it that the reader should see."
        )
    if inspect.isfunction(thing) or inspect.ismethod(thing) or inspect.isclass(thing):
        return [thing]
    # A penalty or a recipe is an instance: what a reader wants to see is its class.
    return [type(thing)]


def _source(item):
    try:
        return inspect.getsource(item)
    except (OSError, TypeError) as error:
        raise TypeError(
            f"{item!r} has no Python source to show; pass a function or a class of "
            "ganlib."
        ) from error


def _path(item):
    path = Path(inspect.getsourcefile(item) or "")
    if path.is_relative_to(_ROOT / "ganlib"):
        return path.relative_to(_ROOT).as_posix()
    return "this notebook" if item.__module__ == "__main__" else item.__module__


def _without_docstrings(source):
    lines = source.splitlines()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, kinds) or len(node.body) < 2:
            continue
        if ast.get_docstring(node, clean=False) is None:
            continue
        first, last = node.body[0].lineno - 1, node.body[0].end_lineno
        if last < len(lines) and not lines[last].strip():
            last += 1  # the blank line that set the docstring apart
        lines[first:last] = [None] * (last - first)
    return "\n".join(line for line in lines if line is not None)
