"""A page whose code is not here yet: says so."""

from __future__ import annotations

from app.basics.words import text
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.empty_state import EmptyState


class ComingPage(Page):
    """Holds the place of a page of a later version."""

    def __init__(self, shell: Shell, title: str, icon: str) -> None:
        super().__init__(shell)
        self.add_head(title)
        self.column.addWidget(EmptyState(text("ui.coming"), icon=icon), 1)
