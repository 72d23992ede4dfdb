"""A page inside a notebook: in a frame that can run its own script and reach nothing else."""

from __future__ import annotations

from html import escape


def notebook_html(html: str, *, height: int = 640) -> str:
    """Return HTML that shows a page in a sandboxed frame, for ``_repr_html_``.

    The sandbox lets scripts run and files be saved, but gives the frame an origin of its own: it can neither read
    the notebook nor call its server.

    Args:
        html: a whole page, as from `render_page`.
        height: height of the frame in CSS pixels.
    """
    return (
        f'<iframe sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
        f'width="100%" height="{int(height)}" style="border:1px solid #ccc;border-radius:6px" '
        f'title="disputegraph" srcdoc="{escape(html, quote=True)}"></iframe>'
    )
