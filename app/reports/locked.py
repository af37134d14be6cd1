"""Workbooks that open only with a password, as Excel and LibreOffice make them; keeps no password."""

from __future__ import annotations

import io


def lock(workbook: bytes, password: str) -> bytes:
    """The same workbook under AES-256 (ECMA-376 agile encryption); nobody opens it without the password."""
    from msoffcrypto.format.ooxml import OOXMLFile  # loaded when somebody asks for a lock

    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, sealed)
    return sealed.getvalue()
