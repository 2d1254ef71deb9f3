"""One self-contained page that shows reports with their mentions tied to the words."""

from according.page.render import render_page

__all__ = ["render_page"]
