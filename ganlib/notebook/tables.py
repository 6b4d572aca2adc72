r"""Small tables of results, for the page and for plain text.

Chapter: all of them.
"""

from html import escape

from ganlib.notebook.output import plain_value, publish, shown_value


def table(rows, header, caption=None):
    r"""Show results as a table; the first column names the rows.

    Args:
        rows: sequence of rows, each as long as ``header``: numbers, truth values,
            one-element tensors or texts. Numbers are shown to four significant digits.
        header: sequence of column titles.
        caption: a line of plain text above the table, or None.

    Raises:
        ValueError: where a row is longer or shorter than the header.

    Chapter: all of them.
    """
    header = [str(title) for title in header]
    rows = [[plain_value(cell) for cell in row] for row in rows]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise ValueError(
                f"Row {number} has {len(row)} cells, but the header names "
                f"{len(header)} columns: {header}."
            )
    if not rows or not header:
        raise ValueError("A table needs a header and at least one row.")
    publish(
        {
            "text/plain": _plain(rows, header, caption),
            "text/html": _html(rows, header, caption),
        }
    )


def _is_number(cell):
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _right_aligned(rows, header):
    return [any(_is_number(row[i]) for row in rows) for i in range(len(header))]


def _plain(rows, header, caption):
    lines = [header, *([shown_value(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    right = _right_aligned(rows, header)
    text = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([caption, *text] if caption else text)


def _html(rows, header, caption):
    right = _right_aligned(rows, header)
    label = caption or "Table: " + ", ".join(title for title in header if title)
    head = "".join(
        _cell("th", title, to_right, ' scope="col"')
        for title, to_right in zip(header, right, strict=True)
    )
    body = "".join(_row(row, right) for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    # The box scrolls sideways on a phone; tabindex lets the keyboard scroll it.
    return (
        f'<div class="ganlib-table" tabindex="0" role="region" '
        f'aria-label="{escape(label)}" style="overflow-x:auto"><table>{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row, right):
    first, *rest = zip(row, right, strict=True)
    cells = [_cell("th", shown_value(first[0]), first[1], ' scope="row"')]
    cells += [_cell("td", shown_value(cell), to_right) for cell, to_right in rest]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(tag, text, to_right, attributes=""):
    if not text.strip():
        tag, attributes = "td", ""  # an empty heading would say nothing
    align = "right" if to_right else "left"
    return f'<{tag}{attributes} style="text-align:{align}">{escape(text)}</{tag}>'
