"""Mend what the tools leave: foreign addresses, console errors, an outdated role.

Jupyter Book 1 switches sphinx-thebe on even where no launch button asks for it. Thebe
names a CDN and declares its constants in an inline script; Sphinx emits that script
twice, and the second copy is a SyntaxError in the console of every page.

docutils gives each entry of the bibliography the role doc-biblioentry, which has been
withdrawn; inside its list an entry is a list item.
"""

THEBE_MARKS = ("THEBE_JS_URL", "sphinx-thebe.js")


def drop_thebe(app, pagename, templatename, context, doctree):
    """Take off thebe's scripts, and any inline script that stands there twice."""
    files = context.get("script_files")
    if files is None:
        return
    kept, seen = [], set()
    for file in files:
        body = getattr(file, "attributes", {}).get("body") or ""
        name = str(getattr(file, "filename", file) or "")
        if any(mark in body or mark in name for mark in THEBE_MARKS):
            continue
        if body and body in seen:
            continue
        seen.add(body)
        kept.append(file)
    files[:] = kept


def renew_roles(app, pagename, templatename, context, doctree):
    """Write the role that a bibliography entry has today."""
    if "doc-biblioentry" in context.get("body", ""):
        context["body"] = context["body"].replace(
            'role="doc-biblioentry"', 'role="listitem"'
        )


def setup(app):
    """Run after every other extension has added its scripts."""
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("html-page-context", renew_roles, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
