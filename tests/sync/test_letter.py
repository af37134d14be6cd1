"""The draft e-mail: its words survive, the bundle in it is the bundle."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from app.sync import letter


def test_subject_and_attachment_read_back(tmp_path: Path) -> None:
    bundle = tmp_path / "ganca-1-0001.saha"
    bundle.write_bytes(bytes(range(256)) * 200)
    draft = letter.write_draft(bundle, "Gəncə 1", "Bakı ə ğ ı İ", lang="az")
    read = message_from_bytes(draft.read_bytes(), policy=default)
    assert read["Subject"] == "Sahə: Gəncə 1 göndərir, Bakı ə ğ ı İ üçün paket (ganca-1-0001.saha)"
    assert read["X-Unsent"] == "1"
    (attached,) = read.iter_attachments()
    assert attached.get_filename() == bundle.name
    assert attached.get_content() == bundle.read_bytes()
