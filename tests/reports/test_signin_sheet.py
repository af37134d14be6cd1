"""Sign-in sheets as they come out of the printer: rows, days, page codes that a scan gives back."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp

from app.basics.words import text
from app.errors import UserError
from app.models.store import Store
from app.models.writer import Writer
from app.reports import signin_sheet
from app.reports.signin_sheet import ROWS_ON_A_PAGE, SPARE_ROWS
from app.reports.template_text import by_language
from app.specs.paper_codes import Page, badge_code, read_page_code
from tests.build import a_participation, a_person
from tests.composed import Made, compose
from tests.reports.pictures import fonts, inked, pages, said

AZ = "Əə Ğğ İi Iı Şş Çç Öö Üü"


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def written(store: Store, activity: str, folder: Path, **more: object) -> Path:
    target = folder / "sheet.pdf"
    with store.read() as reader:
        signin_sheet.write(reader, activity, target, **more)  # type: ignore[arg-type]
    return target


def test_a_sheet_a_day_whose_code_reads_back(store: Store, made: Made, tmp_path: Path) -> None:
    images = pages(written(store, made.t1, tmp_path))
    assert len(images) == 2  # 10 and 11 February; 7 people and 10 spare rows on one page
    found = []
    for image in images:
        codes = [read_page_code(code.text) for code in zxingcpp.read_barcodes(image)]
        found += [code for code in codes if code]
    assert found == [Page(made.t1, "2026-02-10", 1), Page(made.t1, "2026-02-11", 1)]


def test_numbered_rows_spare_rows_and_every_letter(store: Store, made: Made, tmp_path: Path) -> None:
    def more(w: Writer) -> None:
        a_participation(w, made.t1, a_person(w, surname=AZ, given="Şükür"), sheet_row=20)
        a_participation(w, made.t1, a_person(w, surname="Declined"), sheet_row=21, state="declined")

    store.write(more)
    target = written(store, made.t1, tmp_path, languages=("az", "ru"))
    text = said(target)
    assert AZ in text and "Qeydiyyat vərəqi" in text and "Лист регистрации" in text
    assert "Declined" not in text
    numbers = [line.split()[0] for line in text.splitlines() if line.split() and line.split()[0].isdigit()]
    first_day = numbers[: len(numbers) // 2]
    # four with numbers, number 20, three without a number get 21 to 23, then ten spare rows
    assert first_day == ["1", "2", "3", "4", "20", "21", "22", "23", *(str(n) for n in range(24, 24 + SPARE_ROWS))]
    assert all(embedded for _, embedded in fonts(target))
    assert {name.split("+")[-1] for name, _ in fonts(target)} == {"NotoSans-Regular", "NotoSans-Bold"}


def test_many_people_take_several_pages(store: Store, made: Made, tmp_path: Path) -> None:
    def crowd(w: Writer) -> None:
        for no in range(40):
            a_participation(w, made.t1, a_person(w), sheet_row=10 + no)

    store.write(crowd)
    images = pages(written(store, made.t1, tmp_path, days=["2026-02-10"]))
    assert len(images) == -(-(47 + SPARE_ROWS) // ROWS_ON_A_PAGE)
    codes = [read_page_code(code.text) for image in images for code in zxingcpp.read_barcodes(image)]
    assert [code.number for code in codes if code] == [1, 2, 3]


def test_a_smudged_scan_still_says_its_page(store: Store, made: Made, tmp_path: Path) -> None:
    image = pages(written(store, made.t1, tmp_path), dots=150)[0].convert("L")
    width, height = image.size
    image.paste(255, (int(width * 0.875), int(height * 0.075), int(width * 0.895), int(height * 0.088)))
    turned = image.rotate(4, expand=True, fillcolor=255)
    assert [c for c in zxingcpp.read_barcodes(turned) if read_page_code(c.text)]


def test_corners_are_marked(store: Store, made: Made, tmp_path: Path) -> None:
    image = pages(written(store, made.t1, tmp_path))[0]
    across, down = 7 / 210, 7 / 297
    wide, high = 4 / 210, 4 / 297
    for x in (across, 1 - across - wide):
        for y in (down, 1 - down - high):
            assert inked(image, (x + wide / 4, y + high / 4, x + wide * 3 / 4, y + high * 3 / 4)) > 0.95
    assert inked(image, (0.4, down, 0.4 + wide, down + high)) < 0.05


def test_the_notice_of_the_office_is_printed(store: Store, made: Made, tmp_path: Path) -> None:
    assert "şifrələnmiş" in said(written(store, made.t1, tmp_path))
    body = "[az]\nBizim bildiriş\n[ru]\nНаше уведомление"
    store.write(
        lambda w: w.put("template", {"code": "n", "purpose": "privacy_notice", "name_en": "Notice", "body": body})
    )
    assert "Bizim bildiriş" in said(written(store, made.t1, tmp_path))
    assert by_language(body) == {"az": "Bizim bildiriş", "ru": "Наше уведомление"}
    assert by_language("The same for all")["ru"] == "The same for all"


def test_badges_are_scanned(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(lambda w: w.put("participation", {"badge": "GUEST-7"}, made.seat_boris))
    target = tmp_path / "badges.pdf"
    with store.read() as reader:
        assert signin_sheet.write_badges(reader, made.t1, target) == 7
    (image,) = pages(target, dots=200)
    found = zxingcpp.read_barcodes(image)
    codes = {code.text for code in found}
    assert badge_code(made.seat_anna) in codes and "GUEST-7" in codes
    assert {code.format for code in found} >= {zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128}


def test_what_cannot_be_printed_is_refused(store: Store, made: Made, tmp_path: Path) -> None:
    with store.read() as reader:
        for out, activity, code in (
            (tmp_path / "a.docx", made.t1, "report_format_unknown"),
            (tmp_path / "a.pdf", made.anna, "no_such_row"),
        ):
            with pytest.raises(UserError) as refused:
                signin_sheet.write(reader, activity, out)
            assert refused.value.code == code
            with pytest.raises(UserError):
                signin_sheet.write_badges(reader, activity, out)
    assert not list(tmp_path.glob("a.*"))


def test_markup_and_control_letters_are_only_letters(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(lambda w: a_participation(w, made.t1, a_person(w, surname="<b>Bold</b> &amp; {x}")))
    assert "<b>Bold</b> &amp; {x}" in said(written(store, made.t1, tmp_path))


@pytest.mark.parametrize("languages", [("az",), ("ru", "en"), ("az", "en")])
def test_a_column_for_the_telephone_if_wanted(
    store: Store, made: Made, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    store.write(
        lambda w: w.put("person", {"phone": "+994502223344", "patronymic": "Rəşid", "suffix": "qizi"}, made.anna)
    )
    for phones in (False, True):
        target = tmp_path / f"{phones}.pdf"
        with store.read() as reader:
            signin_sheet.write(reader, made.t1, target, languages=languages, phones=phones)
        words = said(target)
        assert ("+994502223344" in words) is phones
        assert (text("reports.phone", lang=languages[0]) in words) is phones
        assert "Rəşid qızı" in words, "the suffix in the letters of the name"
