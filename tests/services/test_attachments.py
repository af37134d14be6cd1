"""Files kept with a record on a real store: what is kept, what is refused, once each, shrunk photos."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from app.errors import UserError
from app.models import exchange
from app.models.store import Store
from app.services import attachments
from tests import build


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (10, 120, 200)).save(made, kind)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def office(part: str) -> bytes:
    return zipped(**{"[Content_Types].xml": b"<Types/>", part: b"<x/>"})


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (picture(), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("TIFF"), "image/tiff"),
        (picture("PDF"), "application/pdf"),
        (office("word/document.xml"), "wordprocessingml.document"),
        (office("xl/workbook.xml"), "spreadsheetml.sheet"),
        (office("ppt/presentation.xml"), "presentationml.presentation"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "opendocument.text"),
        ("Qeydiyyat: 25 nəfər\r\n".encode(), "text/plain"),
    ],
)
def test_what_is_kept_is_known_by_its_content(content: bytes, ending: str) -> None:
    found = attachments.media_type_of(content)
    assert found is not None and found.endswith(ending)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"PK\x03\x04 but no archive",
        zipped(**{"run.exe": b"MZ"}),
        zipped(**{"word__document.xml": b"no content types"}),
        zipped(mimetype=b"application/x-msdownload"),
        "Bakı".encode("utf-16"),
    ],
)
def test_what_is_not_kept(store: Store, content: bytes) -> None:
    activity = store.write(build.an_activity).value
    with pytest.raises(UserError) as error:
        store.write(lambda w: attachments.attach(w, "activity", activity, "C:\\lists\\secret.pdf", content))
    assert error.value.code == "attachment_kind_unknown" and error.value.params == {"file": "secret.pdf"}
    with store.read() as r:
        assert r.count("attachment") == 0


def test_attach_and_open(store: Store) -> None:
    activity = store.write(build.an_activity).value
    content = picture()
    made = store.write(
        lambda w: attachments.attach(
            w, "activity", activity, "/home/x/Şəkil.png", content, purpose="photo", note="door"
        )
    ).value
    with store.read() as r:
        row = r.get("attachment", made)
        assert attachments.open_content(r, made) == content
        assert [a["id"] for a in attachments.of_row(r, "activity", activity)] == [made]
        assert row["owner_site"] == r.get("activity", activity)["owner_site"] == build.site("ganja")
    assert (row["name"], row["media_type"], row["size"]) == ("Şəkil.png", "image/png", len(content))
    assert (row["purpose"], row["note"]) == ("photo", "door")


def test_the_same_content_is_kept_once(store: Store) -> None:
    one, other = store.write(lambda w: (build.an_activity(w), build.an_activity(w))).value
    content = picture()

    def work(w) -> list[str]:  # type: ignore[no-untyped-def]
        return [
            attachments.attach(w, "activity", a, n, content)
            for a, n in ((one, "a.png"), (one, "b.png"), (other, "a.png"))
        ]

    first, again, elsewhere = store.write(work).value
    assert first == again != elsewhere
    with store.read() as r:
        hashes = {a["sha256"] for a in r.list("attachment")}
        assert len(hashes) == 1 and len(exchange.blobs_here(r, hashes)) == 1
    store.write(lambda w: w.delete("attachment", first))
    with store.read() as r:
        assert attachments.of_row(r, "activity", one) == []
        assert attachments.open_content(r, elsewhere) == content


def test_refusals_say_what_and_how_much(store: Store) -> None:
    activity = store.write(build.an_activity).value

    def refused(*args: object, **more: object) -> UserError:
        with pytest.raises(UserError) as error:
            store.write(lambda w: attachments.attach(w, *args, **more))  # type: ignore[arg-type]
        return error.value

    large = refused("activity", activity, "film.txt", b"a" * (attachments.LARGEST + 1))
    assert large.code == "attachment_too_large"
    assert large.params == {"file": "film.txt", "size": "25.0 MB", "most": "25.0 MB"}
    assert refused("activity", "no-such-row", "a.png", picture()).code == "no_such_row"
    claimed = refused("activity", activity, "a.png", picture(), media_type="application/pdf")
    assert claimed.code == "attachment_kind_unknown"
    with store.read() as r, pytest.raises(UserError) as missing:
        attachments.open_content(r, "no-such-row")
    assert missing.value.code == "no_such_row"


def test_a_file_that_has_not_come_yet_is_said_to_come(store: Store) -> None:
    activity = store.write(build.an_activity).value
    values = {"name": "a.pdf", "sha256": "0" * 64, "size": 5, "linked_record": "activity", "linked_id": activity}
    named = store.write(lambda w: w.put("attachment", values)).value
    with store.read() as r, pytest.raises(UserError) as error:
        attachments.open_content(r, named)
    assert error.value.code == "attachment_not_here" and error.value.params == {"file": "a.pdf"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\a.pdf", "a.pdf"),
        ("/etc/b.txt", "b.txt"),
        ("a\n\x00b.txt", "a b.txt"),
        ("", "?"),
        ("ə" * 300 + ".pdf", "ə" * 196 + ".pdf"),
    ],
)
def test_names_lose_their_folder_and_odd_letters(name: str, kept: str) -> None:
    assert attachments.tidy_name(name) == kept


def test_a_large_photo_shrinks_and_forgets_where_it_was_taken() -> None:
    noise = Image.effect_noise((4400, 1000), 90).convert("RGB")
    place = Image.Exif()
    place[0x0112] = 6  # turned a quarter
    place[0x010E] = "40.4093 N 49.8671 E"
    raw = io.BytesIO()
    noise.save(raw, "JPEG", quality=97, exif=place)
    assert raw.tell() > 2_000_000
    smaller = attachments.shrink(raw.getvalue())
    with Image.open(io.BytesIO(smaller)) as image:
        assert image.size[1] == 3508 and image.size[0] < image.size[1], "it stands upright"
        assert not dict(image.getexif())
    assert len(smaller) < raw.tell() and b"40.4093" not in smaller
    assert attachments.shrink(picture("JPEG")) == picture("JPEG")
    broken = b"\xff\xd8\xff" + b"x" * 2_100_000
    assert attachments.shrink(broken) == broken
