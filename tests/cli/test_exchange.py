"""`saha office`, `join`, `send`, `receive`, `conflicts`: two stores agree by files."""

from __future__ import annotations

import hashlib
import json
import random
from functools import partial
from pathlib import Path

import pytest

from app.keys.slots import LIGHT
from app.models import exchange
from app.models.store import Store
from app.models.writer import Writer
from app.sync.office import join, make_kit
from tests.cli.conftest import Saha


def put(saha: Saha, store: Path, tmp_path: Path, *changes: dict[str, object]) -> list[str]:
    file = tmp_path / "change.jsonl"
    file.write_text("\n".join(map(json.dumps, changes)), encoding="utf-8")
    said = saha("records", "put", file, "--store", store)
    assert said.code == 0, said.err
    return said.out.split()


def dump(saha: Saha, store: Path) -> str:
    return saha("records", "dump", "--site", "ganja", "--store", store).out


def test_a_round_ends_in_agreement(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    out = tmp_path / "out"
    sent = saha("send", "--to", out, "--store", ganja, "--json").data["bundles"]
    assert len(sent) == 1
    bundle = Path(sent[0]["path"])
    before = dump(saha, office)
    preview = saha("receive", bundle, "--preview", "--store", office, "--json")
    assert preview.data["received"][0]["created"] == {"person": 1}
    assert dump(saha, office) == before
    assert saha("receive", bundle, "--store", office).code == 0
    assert dump(saha, office) == dump(saha, ganja) != ""
    again = saha("receive", bundle, "--store", office, "--json")
    assert (again.code, again.data["received"][0]["again"]) == (0, True)
    answer = saha("send", "--to", tmp_path / "answer.saha", "--for", "Gəncə 1", "--store", office)
    assert answer.code == 0
    assert saha("receive", tmp_path / "answer.saha", "--store", ganja).code == 0
    assert saha("exchange", "status", "--store", ganja, "--json").data["unsent"] == 0


def test_a_conflict_is_5_until_it_is_decided(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    (row,) = put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev", "phone": "1"}})
    saha("send", "--to", tmp_path / "1.saha", "--store", ganja)
    saha("receive", tmp_path / "1.saha", "--store", office)
    put(saha, ganja, tmp_path, {"type": "person", "id": row, "fields": {"phone": "2"}})
    put(saha, office, tmp_path, {"type": "person", "id": row, "fields": {"phone": "3"}})
    saha("send", "--to", tmp_path / "2.saha", "--store", ganja)
    assert saha("receive", tmp_path / "2.saha", "--store", office).code == 5
    listed = saha("conflicts", "list", "--store", office, "--json")
    assert listed.code == 5
    (story,) = listed.data["conflicts"]
    assert (story["base"], story["ours"]["value"], story["theirs"]["value"]) == ("1", "3", "2")
    assert "· Phone" in saha("conflicts", "list", "--store", office).out
    unexplained = saha("conflicts", "resolve", story["id"], "--take", "theirs", "--reason", " ", "--store", office)
    assert unexplained.code == 3 and "why" in unexplained.err
    decided = ("conflicts", "resolve", story["id"], "--take", "theirs", "--reason", "site knows", "--store", office)
    assert saha(*decided).code == 0
    assert saha("conflicts", "list", "--store", office).code == 0
    saha("send", "--to", tmp_path / "3.saha", "--for", "Gəncə 1", "--store", office)
    assert saha("receive", tmp_path / "3.saha", "--store", ganja).code == 0
    assert dump(saha, office) == dump(saha, ganja)
    assert '"phone":"2"' in dump(saha, ganja)


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other"])
def test_a_damaged_bundle_is_3_and_changes_nothing(
    saha: Saha, office: Path, ganja: Path, tmp_path: Path, harm: str
) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    bundle = tmp_path / "b.saha"
    saha("send", "--to", bundle, "--store", ganja)
    data = bytearray(bundle.read_bytes())
    if harm == "flip":
        data[len(data) // 2] ^= 4
    bundle.write_bytes({"cut": data[:-40], "flip": data, "empty": b"", "other": b"PK\x03\x04 a workbook"}[harm])
    before = saha("records", "dump", "--store", office).out
    said = saha("receive", bundle, "--store", office)
    assert said.code == 3
    assert "b.saha" in said.err
    assert saha("records", "dump", "--store", office).out == before


def test_a_shared_folder_may_hold_bundles_for_others(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    saha("send", "--to", out, "--store", ganja)
    saha("receive", out, "--store", office)
    saha("send", "--to", out, "--for", "Gəncə 1", "--store", office)
    said = saha("receive", out, "--store", office, "--json")
    assert said.code == 0
    assert len(said.data["for_others"]) == 1


def test_a_bundle_emptied_on_its_way_is_told_of_in_a_folder_too(saha: Saha, office: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ganca-1.saha").write_bytes(b"")
    (inbox / "._ganca-1.saha").write_bytes(b"what another system keeps beside a file")
    (inbox / "letter.txt").write_text("Salam")
    said = saha("receive", inbox, "--store", office, "--json")
    assert said.code == 3
    assert [Path(one["file"]).name for one in said.data["refused"]] == ["ganca-1.saha"]


def test_a_lost_laptop_is_not_listened_to(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev", "phone": "1"}})
    saha("send", "--to", tmp_path / "1.saha", "--store", ganja)
    saha("receive", tmp_path / "1.saha", "--store", office)
    lost = saha("office", "lost", "Gəncə 1", "--out", tmp_path / "sheet.pdf", "--store", office, "--json")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert (lost.code, lost.data["rows"]["person"]) == (0, 1)
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Saxta"}})
    saha("send", "--to", tmp_path / "2.saha", "--store", ganja)
    said = saha("receive", tmp_path / "2.saha", "--store", office)
    assert said.code == 3
    assert "Saxta" not in saha("records", "dump", "--store", office).out


def test_an_office_and_a_laptop_are_set_up_by_words_alone(saha: Saha, tmp_path: Path) -> None:
    folder, kit = tmp_path / "baku", tmp_path / "ganja.sahakit"
    assert saha("office", "new", "--store", folder, "--name", "Bakı").code == 0
    assert saha("office", "new", "--store", folder, "--name", "Bakı").code == 4
    made = saha("office", "kit", "--store", folder, "--site", "ganja", "--laptop", "Gəncə 1", "--out", kit, "--json")
    assert made.data["code"].replace("-", "").encode() not in kit.read_bytes()
    assert saha("join", kit, "--code", made.data["code"], "--store", tmp_path / "laptop").code == 0
    assert saha("check", "--store", tmp_path / "laptop").code == 0


def test_a_wrong_code_opens_no_kit(saha: Saha, office: Path, tmp_path: Path) -> None:
    kit = tmp_path / "k.sahakit"
    saha("office", "kit", "--store", office, "--site", "guba", "--laptop", "Quba 1", "--out", kit)
    said = saha("join", kit, "--code", "AAAAA-AAAAA", "--store", tmp_path / "guba")
    assert said.code == 3
    assert not (tmp_path / "guba").exists()
    assert saha("office", "kit", "--store", office, "--site", "nowhere", "--laptop", "x", "--out", kit).code == 3


def test_a_kit_used_twice_is_told_and_nothing_is_lost(saha: Saha, office: Path, tmp_path: Path) -> None:
    """Two computers under one name: what both wrote arrives, and both sides hear of it."""
    kit, inbox = tmp_path / "g.sahakit", tmp_path / "inbox"
    made = saha("office", "kit", "--site", "ganja", "--laptop", "Gəncə 1", "--out", kit, "--store", office, "--json")
    rows = []
    for name in ("one", "two"):
        assert saha("join", kit, "--code", made.data["code"], "--store", tmp_path / name).code == 0
        rows += put(saha, tmp_path / name, tmp_path, {"type": "person", "fields": {"surname": name.title()}})
        saha("send", "--to", tmp_path / f"{name}.saha", "--store", tmp_path / name)
        heard = saha("receive", tmp_path / f"{name}.saha", "--store", office)
    assert "Two computers speak for Gəncə 1" in heard.out
    for _ in range(2):
        saha("send", "--to", inbox, "--store", office)
        for name in ("one", "two"):
            saha("receive", inbox, "--store", tmp_path / name)
            saha("send", "--to", tmp_path / f"{name}.saha", "--store", tmp_path / name)
            saha("receive", tmp_path / f"{name}.saha", "--store", office)
    assert dump(saha, tmp_path / "one") == dump(saha, tmp_path / "two") == dump(saha, office)
    assert all(row in dump(saha, office) for row in rows)
    assert "two computers speak for it" in saha("exchange", "status", "--store", office).out


def test_a_received_bundle_can_be_taken_back(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    sent = saha("send", "--to", tmp_path / "1.saha", "--store", ganja, "--json").data["bundles"][0]
    saha("receive", tmp_path / "1.saha", "--store", office)
    assert saha("undo-receive", sent["bundle"], "--store", office).code == 0
    assert dump(saha, office) == ""


def test_a_bundle_to_take_back_is_named_by_its_file_or_by_what_receiving_printed(
    saha: Saha, office: Path, ganja: Path, tmp_path: Path
) -> None:
    for surname in ("One", "Two"):
        put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": surname}})
        saha("send", "--to", tmp_path / f"{surname}.saha", "--store", ganja)
        heard = saha("receive", tmp_path / f"{surname}.saha", "--store", office).out
    assert saha("undo-receive", heard.split("[")[1].split("]")[0], "--store", office).code == 0
    assert saha("undo-receive", tmp_path / "One.saha", "--store", office).code == 0
    assert "person" not in dump(saha, office)


def test_a_laptop_does_not_send_to_itself(saha: Saha, ganja: Path, tmp_path: Path) -> None:
    said = saha("send", "--to", tmp_path / "x.saha", "--for", "Gəncə 1", "--store", ganja)
    assert said.code == 3 and "itself" in said.err


def test_names_fit_a_line(saha: Saha, office: Path, tmp_path: Path) -> None:
    for name in ("x" * 121, "Ba\u202ekı", "Ba\x07kı"):
        assert saha("office", "new", "--name", name, "--store", tmp_path / "new").code == 3
        kit = ("office", "kit", "--site", "ganja", "--laptop", name, "--out", tmp_path / "k.sahakit")
        assert saha(*kit, "--store", office).code == 3
    assert not (tmp_path / "new").exists() and not (tmp_path / "k.sahakit").exists()


def test_parts_stay_below_the_size_asked_for(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    people = [
        {"type": "person", "fields": {"surname": f"Əliyev{n}", "note": chance.randbytes(150).hex()}} for n in range(700)
    ]
    put(saha, ganja, tmp_path, *people)
    out = tmp_path / "parts"
    sent = saha("send", "--to", out, "--max-size", "60KB", "--store", ganja, "--json").data["bundles"]
    assert len(sent) > 1
    assert all(Path(one["path"]).stat().st_size <= 60_000 for one in sent)
    assert saha("receive", out, "--store", office).code == 0
    assert dump(saha, office) == dump(saha, ganja)


def test_a_bundle_that_never_came_needs_nobody(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    for no in "12":
        saha("send", "--to", tmp_path / f"{no}.saha", "--store", ganja)
    said = saha("receive", tmp_path / "2.saha", "--store", office)
    assert said.code == 0
    assert "1 earlier bundle of this sender never came (1); this one brought what was in it." in said.out
    (ganja_1,) = saha("exchange", "status", "--store", office, "--json").data["partners"]
    assert (ganja_1["missing"], ganja_1["healed"]) == ([], [1])
    assert "made up for since: 1" in saha("exchange", "status", "--store", office).out
    assert saha("receive", tmp_path / "1.saha", "--store", office).code == 0


def test_a_refused_bundle_speaks_in_words(saha: Saha, office: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear colleagues", encoding="utf-8")
    said = saha("receive", wrong, "--store", office)
    assert said.code == 3
    assert "{" not in said.out
    assert "letter.txt" in said.err


def test_an_office_needs_a_name(saha: Saha, tmp_path: Path) -> None:
    said = saha("office", "new", "--name", " ", "--store", tmp_path / "nameless")
    assert said.code == 3
    assert not (tmp_path / "nameless").exists()


def test_attachments_come_in_parts_and_what_does_not_fit_is_asked_for(
    saha: Saha, office: Path, ganja: Path, tmp_path: Path
) -> None:
    with Store.open(ganja, "practice") as store:
        for size in (20_000, 60_000, 65_000, 300_000):
            store.write(partial(attach, content=random.Random(size).randbytes(size)))
    sent = saha("send", "--to", tmp_path / "out", "--max-size", "90KB", "--store", ganja)
    assert "with 1 attachment" in sent.out and "1 attachment did not fit" in sent.out
    first, *rest = sorted((tmp_path / "out").iterdir())
    assert "still to come" in saha("receive", first, "--store", office).out
    assert saha("receive", *rest, "--store", office).code == 0
    assert wanted(saha, office) == 1
    saha("send", "--to", tmp_path / "answer.saha", "--for", "Gəncə 1", "--store", office)
    saha("receive", tmp_path / "answer.saha", "--store", ganja)
    saha("send", "--to", tmp_path / "large.saha", "--store", ganja)
    assert "1 attachment came with it." in saha("receive", tmp_path / "large.saha", "--store", office).out
    assert wanted(saha, office) == 0


def attach(w: Writer, content: bytes) -> str:
    name = hashlib.sha256(content).hexdigest()
    exchange.keep_blob(w, name, content, "image/png")
    person = w.put("person", {"surname": "Əliyev"})
    about = {"sha256": name, "name": "scan.png", "media_type": "image/png", "size": len(content)}
    return w.put("attachment", {**about, "linked_record": "person", "linked_id": person})


def wanted(saha: Saha, store: Path) -> int:
    return int(saha("exchange", "status", "--store", store, "--json").data["wanted_attachments"])


def test_two_laptops_of_a_site_meet_and_what_a_lost_one_gave_on_is_set_apart(
    saha: Saha, office: Path, ganja: Path, tmp_path: Path
) -> None:
    with Store.open(office, "practice") as store:
        code = make_kit(store, ["ganja"], "Gəncə 2", tmp_path / "2.sahakit", work=LIGHT)
    second = tmp_path / "second"
    join(second, tmp_path / "2.sahakit", code, "practice", work=LIGHT).close()
    saha("send", "--to", tmp_path / "1.saha", "--for", "Gəncə 1", "--store", office)
    assert saha("receive", tmp_path / "1.saha", "--store", ganja).code == 0, "and now it knows of the second"
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    between = tmp_path / "2.saha"
    saha("send", "--to", between, "--for", "Gəncə 2", "--store", ganja)
    assert saha("receive", between, "--store", second).code == 0
    assert dump(saha, second) == dump(saha, ganja) != ""
    stranger = saha("receive", between, "--store", office)
    assert stranger.code == 3 and "Pass it on unopened" in stranger.err
    saha("office", "lost", "Gəncə 1", "--store", office)
    saha("send", "--to", tmp_path / "3.saha", "--store", second)
    assert saha("receive", tmp_path / "3.saha", "--store", office).code == 5
    assert saha("exchange", "status", "--store", office, "--json").data["kept_apart"] == 1
    assert dump(saha, office) == ""
    apart = saha("exchange", "apart", "--store", office)
    assert apart.code == 5 and "Əliyev" in apart.out and "from a lost laptop" in apart.out
    assert saha("exchange", "apart", "--take", "zz", "--store", office).code == 3
    assert saha("exchange", "apart", "--take", apart.out.split()[0], "--store", office).code == 0
    assert dump(saha, office) == dump(saha, second)
    assert saha("exchange", "apart", "--store", office).code == 0
    refused = saha("send", "--to", tmp_path / "4.saha", "--for", "Gəncə 1", "--store", office)
    assert refused.code == 3 and "lost" in refused.err
    kit = ("office", "kit", "--laptop", "Gəncə 1", "--out", tmp_path / "3.sahakit", "--store", office)
    assert saha(*kit).code == 3 and saha(*kit, "--instead").code == 0


def test_a_laptop_that_moves_loses_the_rows_of_its_old_site(
    saha: Saha, office: Path, ganja: Path, tmp_path: Path
) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    saha("send", "--to", tmp_path / "1.saha", "--store", ganja)
    saha("receive", tmp_path / "1.saha", "--store", office)
    assert saha("office", "move", "Gəncə 1", "--site", "nakhchivan", "--store", office).code == 0
    assert saha("office", "move", "Gəncə 1", "--site", "nowhere", "--store", office).code == 3
    saha("send", "--to", tmp_path / "2.saha", "--for", "Gəncə 1", "--store", office)
    assert "1 row left this laptop" in saha("receive", tmp_path / "2.saha", "--store", ganja).out
    assert dump(saha, ganja) == "" != dump(saha, office)


def test_everything_can_be_sent_again(saha: Saha, office: Path, ganja: Path, tmp_path: Path) -> None:
    put(saha, ganja, tmp_path, {"type": "person", "fields": {"surname": "Əliyev"}})
    for no, store, other in ((1, ganja, office), (2, office, ganja)):
        saha("send", "--to", tmp_path / f"{no}.saha", "--store", store)
        saha("receive", tmp_path / f"{no}.saha", "--store", other)
    news = saha("send", "--to", tmp_path / "3.saha", "--store", ganja, "--json").data["bundles"]
    whole = saha("send", "--whole", "--to", tmp_path / "4.saha", "--store", ganja, "--json").data["bundles"]
    assert (news[0]["writes"], whole[0]["writes"]) == (0, 1)
    assert saha("receive", tmp_path / "4.saha", "--store", office).code == 0
