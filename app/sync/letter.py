"""A draft e-mail with a bundle attached, as a file any mail program opens; sends nothing."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app.basics.words import text

# Folding of a non-ASCII subject loses a space in older Pythons, so lines are not folded.
_POLICY = SMTP.clone(max_line_length=998)


def draft_words(bundle: Path, sender: str, receiver: str, *, lang: str | None = None) -> tuple[str, str]:
    """(subject, body) of the mail that carries a bundle, for the draft and for the clipboard."""
    about = {"sender": sender, "receiver": receiver, "file": bundle.name}
    return text("sync.letter_subject", lang=lang, **about), text("sync.letter_body", lang=lang, **about)


def write_draft(bundle: Path, sender: str, receiver: str, *, lang: str | None = None) -> Path:
    """Write `<bundle>.eml` beside the bundle: subject, a few words, the bundle attached; gives its path."""
    letter = EmailMessage(policy=_POLICY)
    letter["Subject"], body = draft_words(bundle, sender, receiver, lang=lang)
    letter["X-Unsent"] = "1"  # opens as a draft, ready to send
    letter.set_content(body)
    letter.add_attachment(bundle.read_bytes(), maintype="application", subtype="octet-stream", filename=bundle.name)
    draft = bundle.with_suffix(".eml")
    draft.write_bytes(letter.as_bytes())
    return draft
