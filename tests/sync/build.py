"""An office and its laptops in temporary folders, with short words for what they do; tests nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.keys.slots import LIGHT
from app.models.store import Store, site_id
from app.services import records
from app.sync import office, receive, send

PASSPHRASE = "practice"


class Country:
    """An office with laptops; `post` carries bundles between them."""

    def __init__(self, folder: Path, baku: Store) -> None:
        self.folder = folder
        self.office = baku
        self.laptops: dict[str, Store] = {}
        self.stick = folder / "stick"
        self.stick.mkdir(exist_ok=True)
        self.count = len(list(self.stick.iterdir()))

    @classmethod
    def found(cls, folder: Path) -> Country:
        """A new office."""
        return cls(folder, office.found_office(folder / "Baku", PASSPHRASE, name="Baku", user="Leyla", work=LIGHT))

    @classmethod
    def open(cls, folder: Path) -> Country:
        """The stores of a country that was made before."""
        country = cls(folder, Store.open(folder / "Baku", PASSPHRASE))
        for path in sorted(folder.iterdir()):
            if path.name not in ("Baku", "stick") and (path / "saha.db").exists():
                country.laptops[path.name] = Store.open(path, PASSPHRASE)
        return country

    def join(self, name: str, *sites: str) -> Store:
        """A new laptop by its kit."""
        kit = self.folder / f"{name}.sahakit"
        code = office.make_kit(self.office, sites, name, kit, work=LIGHT)
        store = office.join(self.folder / name, kit, code, PASSPHRASE, user=f"user of {name}", work=LIGHT)
        self.laptops[name] = store
        return store

    def reopen(self, name: str) -> Store:
        """Close and open a laptop (its files may have been exchanged meanwhile)."""
        self.laptops[name] = Store.open(self.folder / name, PASSPHRASE)
        return self.laptops[name]

    def __getitem__(self, name: str) -> Store:
        return self.laptops[name]

    def bundle(self, sender: Store, for_name: str | None = None, **more: Any) -> Path:
        paths = self.bundles(sender, for_name, **more)
        assert len(paths) == 1
        return paths[0]

    def bundles(self, sender: Store, for_name: str | None = None, **more: Any) -> Sequence[Path]:
        self.count += 1
        to = self.stick / f"{self.count}"
        return [sent.path for sent in send.send(sender, to, for_name, **more)]

    def post(self, sender: Store, receiver: Store, for_name: str | None = None) -> receive.Received:
        """Send, carry, receive."""
        got = [
            receive.receive(receiver, path, safety_copy=False)
            for path in self.bundles(sender, for_name or name_of(receiver))
        ]
        return got[0]

    def round(self, times: int = 1) -> None:
        """Every laptop sends, the office receives and answers, every laptop receives."""
        for _ in range(times):
            for laptop in self.laptops.values():
                self.post(laptop, self.office, "Baku")
            for name, laptop in self.laptops.items():
                self.post(self.office, laptop, name)

    def close(self) -> None:
        self.office.close()
        for laptop in self.laptops.values():
            laptop.close()


def name_of(store: Store) -> str:
    with store.read() as r:
        return str(r.meta("name"))


def put(store: Store, record: str, row: str | None = None, /, **values: Any) -> str:
    return store.write(lambda w: w.put(record, values, row)).value


def get(store: Store, record: str, row: str) -> dict[str, Any] | None:
    with store.read() as r:
        return r.get(record, row)


def a_person(store: Store, surname: str = "Quliyev", given: str = "Əli", **more: Any) -> str:
    return put(store, "person", surname=surname, given=given, sex="m", **more)


def an_activity(store: Store, site: str = "ganja", title: str = "Basic training", **more: Any) -> str:
    values = {
        "kind": "training_basic_new_officers",
        "title_en": title,
        "site": site_id(site),
        "start": "2026-03-02",
        "end": "2026-03-04",
        "status": "held",
        **more,
    }
    return put(store, "activity", **values)


def dump(store: Store, site: str | None = None) -> list[str]:
    """Every live record as `saha records dump` prints it, stubs left out."""
    with store.read() as r:
        return list(records.dump_lines(r, None, site_id(site) if site else None))
