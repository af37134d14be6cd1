"""From what a list says (rank, place, office, role in anybody's words) to the register's codes; it writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.basics import words
from app.models.writer import Reader
from app.names.parse import listed
from app.rosters.headings import key_of
from app.specs import choices

_PLACE_WORDS = listed(
    """
    rayon rayonu raionu raion sahar sahari sahr r ran s city town district rayona район района районный г гор город
    города р н rpi rps polis polisi idarasi sobasi отдел полиции
    """
)
_RANK_WORDS = listed(
    """
    polis polisi politsii полиции полиция милиции police daxili xidmat xidmati внутренней службы justice of the
    ehtiyatda запаса rutbasi звание
    """
)
_SHORT_RANKS = {
    "сер": "sergeant", "серж": "sergeant", "ст сержант": "senior_sergeant", "мл сержант": "junior_sergeant",
    "мл лейтенант": "junior_lieutenant", "мл л т": "junior_lieutenant", "л т": "lieutenant", "лейт": "lieutenant",
    "ст лейтенант": "senior_lieutenant", "ст лейт": "senior_lieutenant", "ст л т": "senior_lieutenant",
    "к н": "captain", "кап": "captain", "п п к": "lieutenant_colonel", "п полк": "lieutenant_colonel",
    "подполк": "lieutenant_colonel",
    "полк": "colonel", "leit": "lieutenant", "leyt": "lieutenant", "ltn": "lieutenant", "lt": "lieutenant",
    "b leytenant": "senior_lieutenant", "bas leyt": "senior_lieutenant", "k leytenant": "junior_lieutenant",
    "kpt": "captain", "kap": "captain", "capt": "captain", "maj": "major", "polk": "colonel", "col": "colonel",
    "polk leyt": "lieutenant_colonel", "polk leytenant": "lieutenant_colonel", "p leytenant": "lieutenant_colonel",
    "lt col": "lieutenant_colonel", "sgt": "sergeant", "podpolkovnik": "lieutenant_colonel",
    "starsi leytenant": "senior_lieutenant", "rutbasiz": "no_rank",
}  # fmt: skip
_SERVICE_WORDS = {
    "saha muvakkili": "neighbourhood_police", "saha inspektoru": "neighbourhood_police",
    "участковый": "neighbourhood_police", "yol polisi": "traffic_police", "дпс": "traffic_police",
    "patrul": "patrol_police", "ппс": "patrol_police",
}  # fmt: skip
_ENDING = re.compile(r"(?:inin|unun|inda|unda|nin|nun|in|un|si|su|i|u|а|у|ом|ого|ий|ому)$")


@cache
def _labels(name: str) -> tuple[tuple[str, str], ...]:
    """(comparable label, code) of a list in every language, the longest labels first."""
    found = {
        key_of(label): code
        for code, entry in choices.choices(name).items()
        for label in entry.labels.values()
        if label and not entry.retired
    }
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def _within(label: str, text: str) -> bool:
    """Whether a label stands in a text as whole words; a case ending after it is allowed."""
    found = re.search(rf"(?:^| ){re.escape(label)}(\w*)(?: |$)", text)
    return found is not None and (not found[1] or bool(_ENDING.fullmatch(found[1])))


def rank_of(text: str) -> str | None:
    """The code of a rank in anybody's words: "polis mayoru", "ст. лейтенант", "Captain". None if it says none."""
    key = " ".join(word for word in key_of(text).split() if word not in _RANK_WORDS)
    if not key:
        return None
    if key in _SHORT_RANKS:
        return _SHORT_RANKS[key]
    for label, code in _labels("rank"):
        if _within(label, key):
            return code
    bare = key.removesuffix("i").removesuffix("u")
    return _SHORT_RANKS.get(bare)


def service_of(*texts: str) -> str | None:
    """The police service that unit, post or office name in so many words; None when they do not."""
    for text in texts:
        key = key_of(text) if text else ""
        if not key:
            continue
        for label, code in (*_SERVICE_WORDS.items(), *_labels("service")):
            if len(label) > 2 and code != "other" and _within(label, key):
                return code
    return None


def role_of(text: str) -> str | None:
    """The part somebody played at an event: "təlimçi", "тренер". None when the words say none of ours."""
    key = key_of(text)
    return next((code for label, code in _labels("participation_role") if _within(label, key)), None)


@dataclass
class Places:
    """Sites and organisations of this store, found by any of their names."""

    sites: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader) -> Places:
        """Read them."""
        places = cls()
        for site in reader.list("site"):
            former = re.split(r"[;,]", site.get("former_names") or "")
            for name in (*_names(site, "name"), *former):
                places.sites.setdefault(_place_key(name), site["id"])
        for office in reader.list("organisation"):
            for name in (*_names(office, "name"), office.get("short_name") or ""):
                if key := key_of(name):
                    places.organisations.setdefault(key, office["id"])
        places.sites.pop("", None)
        return places

    def site_of(self, text: str) -> str | None:
        """The site that a place's name means, None for a place that is none of ours."""
        return self.sites.get(_place_key(text)) if text else None

    def organisation_of(self, text: str) -> str | None:
        """The organisation of this name, None for one that is not in the list."""
        return self.organisations.get(key_of(text)) if text else None


def _names(row: Mapping[str, Any], stem: str) -> Iterable[str]:
    return [re.sub(r"\(.*?\)", "", row.get(f"{stem}_{language}") or "") for language in words.LANGUAGES]


def _place_key(text: str) -> str:
    """A place's name without "district", "city" and the like, and without the Russian case endings of those words."""
    kept = [word for word in key_of(text).split() if word not in _PLACE_WORDS]
    return " ".join(re.sub(r"(?:ский|ского|скии)$", "", word) for word in kept)
