"""Certificates as they are printed: three languages, the office's template, every letter, a batch that goes on."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from app.basics.words import LANGUAGES, text
from app.errors import UserError
from app.models.store import Store
from app.models.writer import Writer
from app.reports import certificates
from app.reports.certificates import missing_letters, serial_sentence
from app.reports.template_text import left_out_sentence, own_body, unknown_gaps
from app.services.certificates import REASONS, issue, logo_of, save_template
from tests.composed import Made, compose
from tests.reports.pictures import fonts, inked, pages, said

AZ = "Əə Ğğ İi Iı Şş Çç Öö Üü"


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def written(store: Store, made: Made, folder: Path) -> tuple[Path, certificates.Printed]:
    target = folder / "certificates.pdf"
    with store.read() as reader:
        return target, certificates.write(reader, made.t1, target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_for_each_in_every_language(store: Store, made: Made, tmp_path: Path, language: str) -> None:
    store.write(lambda w: w.put("person", {"name_printed": AZ}, made.anna))
    issued = store.write(lambda w: issue(w, made.t1, language=language, issued_by="Aytən Əliyeva")).value
    target, done = written(store, made, tmp_path)
    assert (done.pages, done.failed) == (3, [])
    words = said(target)
    assert words.count(text("reports.certificate_body", lang=language).split("\n")[0]) >= 3
    assert AZ in words and "Aytən Əliyeva" in words and "10.02.2026 – 11.02.2026" in words
    assert all(embedded for _, embedded in fonts(target))
    with store.read() as reader:
        serials = {(reader.get("certificate", c) or {})["serial"] for c in issued.new}
    codes = {code.text for image in pages(target) for code in zxingcpp.read_barcodes(image)}
    assert codes == serials


def test_the_office_s_template_and_logo(store: Store, made: Made, tmp_path: Path) -> None:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (200, 100), "black").save(drawn, "PNG")

    body = "[az]\nTəqdimnamə\n{name}\n{activity} {unknown} {hours}\n[ru]\nГрамота\n{name}"

    def template(w: Writer) -> str:
        logo = logo_of(drawn.getvalue(), "logo.png")
        values = {"name_en": "Ours", "body": body, "logo": logo, "signatory_az": "R. Həsənov, layihə rəhbəri"}
        return save_template(w, values)

    chosen = store.write(template).value
    store.write(lambda w: issue(w, made.t1, template=chosen))
    target, _ = written(store, made, tmp_path)
    words = said(target)
    assert "Təqdimnamə" in words and "Gender training {unknown} 12" in words
    assert inked(pages(target)[0], (0.48, 0.1, 0.52, 0.16)) > 0.9, "the logo is there"
    assert "R. Həsənov" in words and "layihə rəhbəri" in words
    assert unknown_gaps(body) == ["unknown"]


@pytest.mark.parametrize("logo", ["no picture", base64.b64encode(b"no picture").decode()])
def test_a_spoilt_logo_is_left_out(store: Store, made: Made, tmp_path: Path, logo: str) -> None:
    store.write(lambda w: save_template(w, {"name_en": "Ours", "logo": logo}))
    store.write(lambda w: issue(w, made.t1))
    assert written(store, made, tmp_path)[1].pages == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_a_preview_is_the_page_itself(
    store: Store, made: Made, tmp_path: Path, language: str, orientation: str
) -> None:
    long = "\n".join([own_body(language), *["{activity}, {place}, {site}"] * 9])
    target = tmp_path / "preview.pdf"
    with store.read() as reader:
        content = certificates.preview(reader, {"orientation": orientation, "body": long}, language)
        target.write_bytes(content)
        words = said(target)
        assert text("papers.sample_name", lang=language) in words
        (page,) = pages(target)
        assert (page.width > page.height) == (orientation == "landscape")
        assert all(embedded for _, embedded in fonts(target))
        of_one = certificates.preview(reader, {}, language, activity=made.t1, issued_by="A. B.", name=AZ)
    target.write_bytes(of_one)
    assert AZ in said(target) and "A. B." in said(target) and "10.02.2026 – 11.02.2026" in said(target)
    png = certificates.picture_of(of_one, 600)
    assert png.startswith(b"\x89PNG") and len(png) > 5000


def test_one_that_cannot_be_drawn_stops_no_other(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(lambda w: issue(w, made.t1, names={made.seat_anna: "安娜", made.seat_cavid: "Cavid Ə."}))
    target, done = written(store, made, tmp_path)
    assert done.pages == 2
    ((_, code, params),) = done.failed
    assert code == "letters_missing" and params["letters"] == "安娜"
    assert text(f"errors.{code}", **params)
    assert "Cavid Ə." in said(target)
    assert missing_letters(AZ + "Ёё Ъъ – “”") == ""


def test_when_none_is_left_nothing_is_written(store: Store, made: Made, tmp_path: Path) -> None:
    with store.read() as reader, pytest.raises(UserError) as refused:
        certificates.write(reader, made.t1, tmp_path / "c.pdf")
    assert refused.value.code == "no_certificates"
    assert not list(tmp_path.glob("c*"))


def test_only_some(store: Store, made: Made, tmp_path: Path) -> None:
    issued = store.write(lambda w: issue(w, made.t1)).value
    with store.read() as reader:
        done = certificates.write(reader, made.t1, tmp_path / "c.pdf", only=issued.new[:1])
    assert done.pages == 1


def test_forty_take_little_time(store: Store, made: Made, tmp_path: Path) -> None:
    import time

    from tests.build import a_participation, a_person

    def crowd(w: Writer) -> None:
        for no in range(38):
            a_participation(w, made.t2, a_person(w), sheet_row=no + 5)

    store.write(crowd)
    store.write(lambda w: issue(w, made.t2))
    begun = time.monotonic()
    with store.read() as reader:
        done = certificates.write(reader, made.t2, tmp_path / "c.pdf")
    assert done.pages == 40
    assert time.monotonic() - begun < 10, "J1.10"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_and_checks_have_words(store: Store, made: Made, language: str) -> None:
    gaps = {"percent": 50, "needed": 75, "reason": "too_long"}
    assert len({left_out_sentence(reason, gaps, language) for reason in REASONS}) == len(REASONS)
    issued = store.write(lambda w: issue(w, made.t1)).value

    def told(typed: str) -> Any:
        with store.read() as reader:
            return serial_sentence(reader, typed, language)

    with store.read() as reader:
        certificate = reader.get("certificate", issued.new[0]) or {}
    valid = told(certificate["serial"])
    assert certificate["name_as_printed"] in valid and "Gender training" in valid
    store.write(lambda w: w.put("certificate", {"revoked_on": "2026-05-01"}, issued.new[0]))
    assert "01.05.2026" in told(certificate["serial"])
    assert len({valid, told(certificate["serial"]), told("nonsense"), told("GANJA-2026-0000-00100-*")}) >= 3
