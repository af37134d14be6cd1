"""Composes registers of typed records with every habit drawn by seed; it shares no spelling table with the code.

Unlike ``compose`` it writes Russian and English forms by letter tables of its own, and draws for each register which
columns exist, how often they are filled, how sloppy the typists are and how many kin share surname, house, telephone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field


def _listed(text: str) -> list[str]:
    return text.split()


_SURNAMES = _listed(
    """
Məmmədov Əliyev Hüseynov Həsənov Quliyev Abbasov İsmayılov Qasımov Rzayev Kərimov Mehdiyev Cəfərov Nəbiyev Babayev
Sultanov Şirinov Xəlilov Əhmədov Orucov Vəliyev Hacıyev Mirzəyev Süleymanov Bayramov Ağayev Yusifov Zeynalov Rəhimov
Tağıyev Musayev Nəcəfov Şükürov Əsgərov İbrahimov Cavadov Göyüşov Qarayev Ələkbərov Piriyev Novruzov Məlikov Səfərov
Qurbanov Heydərov Nəsirov Rüstəmov Salmanov Talıbov Umudov Vahabov Xudiyev Yaqubov Zülfüqarov Allahverdiyev Bağırov
Cabbarov Daşdəmirov Eyvazov Fərzəliyev Həmidov İmanov Kazımov Lətifov Mahmudov Namazov Osmanov Pənahov Rəsulov Sadıqov
Şahbazov Tahirov Verdiyev Əzizov Əsədov Aslanov Baxşəliyev Camalov Dadaşov Elçiyev Fətullayev Gülməmmədov Haşımov
İsgəndərov Kamilov Mustafayev Nağıyev Oruclu Qədirov Ramazanov Soltanlı Şəfiyev Tapdıqov Vəlizadə Xasıyev Əbilov
Məmmədli Həsənli Kərimli Quluzadə Axundov Əlizadə Seyidov Mirzəzadə Bəşirov Cəlilov Ağabəyov Bəylərov Xanlarov Nuriyev
Ömərov Üzeyirov Ələsgərov Əmirov Fərəcov Hümbətov Ələkbərli Qəhrəmanov Cahangirov Həziyev Sərxanov Səmədov Abdullayev
Abdulov Azadov Balayev Cümşüdov Dəmirov Əfəndiyev Fərhadov Qafarov Qocayev Mikayılov Muradov Nəzərov Poladov Şərifov
    """
)
_MEN = _listed(
    """
Elçin Rəşad Vüqar Anar Tural Orxan Kamran Elnur Samir Fərid İlqar Ramil Nicat Cavid Emin Zaur Ruslan Əli Hüseyn Məhəmməd
Yusif İbrahim Rüstəm Şahin Qənbər Xəqani Oruc Ceyhun Pərviz Mübariz Natiq Rövşən Tofiq Asif Babək Eldar Fuad Hikmət Azər
İsmayıl Rəşid Ramin Rauf Vaqif Vasif Arif Akif Nazim Nizami Həsən Hüsü Elşən Elman Elşad Etibar Əhməd Əkbər Ələkbər
Əsgər Əziz Famil Faiq Fikrət Firdovsi Füzuli Habil Hafiz Heydər İlham İlkin İntiqam İqbal İsa Kənan Kərim Lətif Mahir
Mahmud Mehman Mirzə Murad Musa Mustafa Namiq Novruz Oqtay Osman Paşa Qabil Qasım Qurban Rafiq Rahim Rasim Rizvan Sabir
Sahib Salman Səbuhi Səfər Səməd Sərdar Şakir Şamil Teymur Tahir Tərlan Toğrul Ülvi Vəli Vilayət Vidadi Xalid Xəyal Yaşar
Zahid Zakir Ziya Mircəfər Ağarəhim Əbülfəz Məmmədəli Alıxan
    """
)
_WOMEN = _listed(
    """
Aysel Günel Sevinc Leyla Nigar Könül Aytən Şəbnəm Lalə Ülviyyə Səidə Gülnar Zəhra Fatimə Nərmin Aynur Elmira Rəna
Mehriban Təranə Xatirə Vəfa Jalə Çinarə Esmira Sədaqət Pərvanə İradə Afaq Nuranə Aygün Arzu Aidə Aliyə Bənövşə Cəmilə
Dilarə Elnarə Fəridə Firuzə Gülşən Gülnarə Həcər Xalidə Xuraman İlhamə Kəmalə Lamiyə Mətanə Minarə Mahirə Nailə Nəzakət
Pərvin Ramilə Rəhilə Rübabə Sara Sevda Səkinə Solmaz Sürəyya Şəhla Şəfəq Tamilla Türkan Vüsalə Yeganə Zemfira Zümrüd
Zülfiyyə Əsmər Samirə Ruhəngiz
    """
)
_PLACES = _listed(
    """
Bakı/Баку/Baku Gəncə/Гянджа/Ganja Sumqayıt/Сумгаит/Sumgait Şəki/Шеки/Sheki Naxçıvan/Нахичевань/Nakhchivan
Quba/Губа/Guba Lənkəran/Ленкорань/Lankaran Mingəçevir/Мингячевир/Mingachevir Şamaxı/Шамахы/Shamakhi Bərdə/Барда/Barda
Yevlax/Евлах/Yevlakh Xaçmaz/Хачмаз/Khachmaz Ağdam/Агдам/Agdam Zaqatala/Закатала/Zagatala Göyçay/Гёйчай/Goychay
Salyan/Сальян/Salyan Füzuli/Физули/Fuzuli Tovuz/Товуз/Tovuz Qazax/Газах/Gazakh Astara/Астара/Astara
    """
)
_UNITS = (
    "Şəhər polis idarəsi/Городское управление полиции/City police department",
    "1-ci polis bölməsi/1-е отделение полиции/Police station no. 1",
    "2-ci polis bölməsi/2-е отделение полиции/Police station no. 2",
    "Yol polisi/Дорожная полиция/Traffic police", "5 nömrəli orta məktəb/Средняя школа № 5/Secondary school No 5",
    "12 nömrəli orta məktəb/Школа № 12/School 12", "Bələdiyyə/Муниципалитет/Municipality",
    "İcra Hakimiyyəti/Исполнительная власть/Executive Committee", "Rayon məhkəməsi/Районный суд/District court",
    "Mərkəzi xəstəxana/Центральная больница/Central hospital", "Gənclər təşkilatı/Молодёжная организация/Youth NGO",
    "Qadınlar cəmiyyəti/Общество женщин/Women's society", "Universitet/Университет/University",
)  # fmt: skip
_STREETS = _listed(
    """
Nizami/Низами/Nizami Füzuli/Физули/Fuzuli Azadlıq/Азадлыг/Azadlig Xətai/Хатаи/Khatai Nərimanov/Нариманова/Narimanov
Bakıxanov/Бакиханова/Bakikhanov Sabir/Сабира/Sabir Vurğun/Вургуна/Vurgun Cavid/Джавида/Javid Atatürk/Ататюрка/Ataturk
    """
)
_TO_RUSSIAN = {
    "a": "а", "b": "б", "c": "дж", "ç": "ч", "d": "д", "e": "е", "ə": "аеэ", "f": "ф", "g": "г", "ğ": "г", "h": "гх",
    "x": "х", "ı": "ыи", "i": "и", "j": "ж", "k": "к", "q": "гк", "l": "л", "m": "м", "n": "н", "o": "о", "ö": "оё",
    "p": "п", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ü": "юу", "v": "в", "y": "й", "z": "з",
}  # fmt: skip
_TO_ENGLISH = {
    "c": ["j", "dj", "c"], "ç": ["ch", "c"], "ə": ["a", "e"], "ğ": ["gh", "g"], "x": ["kh", "x", "h"], "ı": ["i", "y"],
    "j": ["zh", "j"], "q": ["g", "q", "gh"], "ö": ["o"], "ü": ["u"], "ş": ["sh", "s"], "h": ["h"],
}  # fmt: skip
_CLERK = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya".replace(".", "").split(" "),
        strict=True,
    )
)
_SEXES = (
    {"m": ("m", "m", "m"), "f": ("f", "f", "f")},
    {"m": ("K", "м", "M"), "f": ("Q", "ж", "F")},
    {"m": ("kişi", "муж.", "male"), "f": ("qadın", "жен.", "female")},
)
_BARE = str.maketrans("əğıöüçşƏĞİÖÜÇŞ", "egioucsEGIOUCS")
_BARE_A = str.maketrans("əğıöüçşƏĞİÖÜÇŞ", "agioucsAGIOUCS")
LANGUAGES = ("az", "ru", "en")


@dataclass(frozen=True)
class Habits:
    """How one register is typed: shares and rates 0…1."""

    whole_names: bool
    columns: frozenset[str]
    filled: dict[str, float]
    languages: tuple[float, float, float]
    with_father: float
    initials: float
    given_first: float
    typos: float
    bare_keyboard: float
    capitals: float
    loose_spelling: float
    through_russian: float
    other_ending: float
    married: float
    wrong_father: float
    wrong_year: float
    new_phone: float
    kin: float
    namesakes: float
    shared_phone: float
    commonness: float
    sex_words: int

    @classmethod
    def drawn(cls, rng: random.Random) -> Habits:
        """Habits of some register; sparse ones are as likely as rich ones."""
        rich = rng.uniform(0.25, 0.95)
        filled = {
            name: min(1.0, rng.uniform(0.5, 1.3) * rich)
            for name in ("sex", "birth_date", "birth_year", "phone", "email", "unit", "place", "address", "document")
        }
        filled["email"] *= 0.4
        filled["document"] *= 0.25
        columns = {"sex", "phone"}
        columns |= {name for name in ("birth_year", "birth_date", "unit", "place") if rng.random() < 0.75}
        columns |= {
            name for name, often in (("email", 0.35), ("address", 0.3), ("document", 0.15)) if rng.random() < often
        }
        if rng.random() < 0.12:
            columns = set()
        return cls(
            whole_names=rng.random() < 0.6,
            columns=frozenset(columns),
            filled=filled,
            languages=rng.choice([(5, 3, 2), (4, 4, 2), (1, 1, 1), (6, 3, 1)]),
            with_father=rng.uniform(0.35, 0.9),
            initials=rng.uniform(0.0, 0.06),
            given_first=rng.uniform(0.05, 0.4),
            typos=rng.uniform(0.04, 0.2),
            bare_keyboard=rng.uniform(0.1, 0.5),
            capitals=rng.uniform(0.0, 0.15),
            loose_spelling=rng.uniform(0.1, 0.5),
            through_russian=rng.uniform(0.1, 0.6),
            other_ending=rng.uniform(0.0, 0.06),
            married=rng.uniform(0.0, 0.06),
            wrong_father=rng.uniform(0.0, 0.02),
            wrong_year=rng.uniform(0.01, 0.08),
            new_phone=rng.uniform(0.05, 0.3),
            kin=rng.uniform(0.15, 0.5),
            namesakes=rng.uniform(0.01, 0.06),
            shared_phone=rng.uniform(0.1, 0.5),
            commonness=rng.uniform(0.3, 0.9),
            sex_words=rng.randrange(3),
        )


@dataclass
class Register:
    """Rows, the pairs of ids that are one person, the pairs that are kin, and each row's language."""

    rows: list[dict[str, str]]
    same: set[tuple[str, str]]
    kin: set[tuple[str, str]]
    language: dict[str, str]
    habits: Habits


@dataclass
class _Person:
    surname: str
    given: str
    father: str
    sex: str
    born: tuple[int, int, int]
    phone: str
    house: str
    place: int
    unit: int
    family: int
    address: tuple[int, int, int]
    maiden: str = ""
    forms: dict[str, str] = field(default_factory=dict)


def _phone(rng: random.Random) -> str:
    return rng.choice(["50", "51", "55", "70", "77"]) + str(rng.randint(2000000, 9999999))


class _Composer:
    def __init__(self, rng: random.Random, habits: Habits, persons: int) -> None:
        self.rng, self.habits = rng, habits
        self.people: list[_Person] = []
        self.weights = {
            id(names): [1.0 / (at + 3) ** habits.commonness for at in range(len(names))]
            for names in (_SURNAMES, _MEN, _WOMEN)
        }
        family = 0
        while len(self.people) < persons:
            family += 1
            self._family(family)
        del self.people[persons:]

    def _name(self, names: list[str]) -> str:
        return self.rng.choices(names, self.weights[id(names)])[0]

    def _new(self, surname: str, sex: str, father: str, year: int, family: int, like: _Person | None = None) -> _Person:
        rng = self.rng
        phone = like.house if like and rng.random() < self.habits.shared_phone else _phone(rng)
        made = _Person(
            surname, self._name(_MEN if sex == "m" else _WOMEN), father, sex,
            (year, rng.randint(1, 12), rng.randint(1, 28)), phone, like.house if like else phone,
            like.place if like and rng.random() < 0.8 else rng.randrange(len(_PLACES)), rng.randrange(len(_UNITS)),
            family,
            like.address if like and rng.random() < 0.6
            else (rng.randrange(len(_STREETS)), rng.randint(1, 90), rng.randint(1, 70)),
        )  # fmt: skip
        self.people.append(made)
        return made

    def _family(self, family: int) -> None:
        rng, habits = self.rng, self.habits
        sex = "m" if rng.random() < 0.6 else "f"
        year = rng.randint(1955, 2001)
        first = self._new(self._name(_SURNAMES), sex, self._name(_MEN), year, family)
        if rng.random() < habits.kin:
            kind = rng.choice(["siblings", "siblings", "child", "spouse"])
            if kind == "siblings":
                known = {first.given}
                for _ in range(rng.choice([1, 1, 2, 3])):
                    other = self._new(
                        first.surname, rng.choice("mf"), first.father, year + rng.randint(-8, 8), family, first
                    )
                    while other.given in known:
                        other.given = self._name(_MEN if other.sex == "m" else _WOMEN)
                    known.add(other.given)
            elif kind == "child" and sex == "m":
                son = self._new(
                    first.surname, rng.choice("mmf"), first.given, year + rng.randint(20, 34), family, first
                )
                if son.sex == "m" and rng.random() < 0.35:
                    son.given = first.father
            elif sex == "m":
                wife = self._new(first.surname, "f", self._name(_MEN), year + rng.randint(-3, 8), family, first)
                wife.maiden = self._name(_SURNAMES)
        elif sex == "f" and rng.random() < habits.married * 4:
            first.maiden = self._name(_SURNAMES)
        if rng.random() < habits.namesakes:
            other = self._new(first.surname, sex, first.father if rng.random() < 0.05 else self._name(_MEN),
                              rng.randint(1955, 2001), -family)  # fmt: skip
            other.given = first.given

    # --- typing -----------------------------------------------------------------------------------------------

    def _form(self, who: _Person, name: str, language: str) -> str:
        """A name in a language: a person has a usual form, typed otherwise now and then."""
        key = language + name
        if key not in who.forms or self.rng.random() < self.habits.loose_spelling * 0.5:
            form = spelled(name, language, self.rng, self.habits)
            who.forms.setdefault(key, form)
            return form
        return who.forms[key]

    def _father(self, who: _Person, father: str, language: str) -> str:
        rng = self.rng
        text = self._form(who, father, language)
        if rng.random() < 0.12:
            return text
        if language == "az":
            return f"{text} {'oğlu' if who.sex == 'm' else 'qızı'}"
        if language == "en":
            return f"{text} {rng.choice(['oglu', 'oghlu', 'ogly'] if who.sex == 'm' else ['gizi', 'qizi', 'kyzy'])}"
        if rng.random() < 0.45:
            return f"{text} {rng.choice(['оглы', 'оглу']) if who.sex == 'm' else rng.choice(['кызы', 'гызы'])}"
        end = ("ович", "евич") if who.sex == "m" else ("овна", "евна")
        if text[-1] in "ийьаеёоуыэюя":
            return (text[:-1] if text[-1] in "ийь" else text) + end[1]
        return text + end[0]

    def record(self, who: _Person) -> tuple[dict[str, str], str]:
        rng, habits = self.rng, self.habits
        language = rng.choices(LANGUAGES, habits.languages)[0]
        surname = who.surname
        if who.maiden and rng.random() < 0.35:
            surname = who.maiden
        if rng.random() < habits.other_ending:
            surname = other_ending(surname, rng)
        surname = _womans(self._form(who, surname, language), who.sex, language)
        given = self._form(who, who.given, language)
        father = self._name(_MEN) if rng.random() < habits.wrong_father else who.father
        fathers = self._father(who, father, language) if rng.random() < habits.with_father else ""
        if rng.random() < habits.initials:
            given = given[0] + "."
            fathers = fathers[:1] + "." if fathers else ""
        parts = [surname, given, fathers]
        if language != "ru" and rng.random() < habits.bare_keyboard:
            table = _BARE if rng.random() < 0.6 else _BARE_A
            parts = [part.translate(table) for part in parts]
        for at in range(3):
            if len(parts[at]) > 3 and rng.random() < habits.typos * (0.6 if at < 2 else 0.5):
                parts[at] = slip(parts[at], rng)
        if rng.random() < habits.capitals:
            parts = [part.replace("i", "İ").upper() if language == "az" else part.upper() for part in parts]
        surname, given, fathers = parts
        row: dict[str, str] = {}
        if not habits.whole_names:
            row |= {"surname": surname, "given_name": given, "patronymic": fathers}
        elif language == "ru" or rng.random() > habits.given_first:
            row["full_name"] = " ".join(part for part in parts if part)
        else:
            row["full_name"] = " ".join(part for part in (given, fathers, surname) if part)
        return row | self._facts(who, language), language

    def _facts(self, who: _Person, language: str) -> dict[str, str]:
        rng, habits = self.rng, self.habits
        at = LANGUAGES.index(language)
        year, month, day = who.born
        if rng.random() < habits.wrong_year:
            kind = rng.randrange(4)
            year, month, day = (
                (year + rng.choice([-1, 1, 10]), month, day), (year, month, rng.randint(1, 28)),
                (year, day, month) if day <= 12 else (year, month, day), (year + rng.randint(-5, 5), month, day),
            )[kind]  # fmt: skip
        phone = who.phone if rng.random() > habits.new_phone else _phone(rng)
        unit = who.unit if rng.random() > 0.2 else rng.randrange(len(_UNITS))
        place = who.place if rng.random() > 0.06 else rng.randrange(len(_PLACES))
        street, house, flat = who.address
        town = _PLACES[who.place].split("/")[at]
        word = ("küç.", "ул.", "str.")[at]
        values = {
            "sex": _SEXES[habits.sex_words][who.sex][at],
            "birth_date": rng.choice([f"{year}-{month:02}-{day:02}", f"{day:02}.{month:02}.{year}"]),
            "birth_year": str(year),
            "phone": rng.choice(
                [f"+994 {phone[:2]} {phone[2:5]} {phone[5:7]} {phone[7:]}", "0" + phone, "994" + phone]
            ),
            "email": f"{who.given[:3]}{who.born[0]}{who.phone[-4:]}@mail.az".translate(_BARE).lower(),
            "unit": _UNITS[unit].split("/")[at],
            "place": _PLACES[place].split("/")[at],
            "address": f"{town}, {_STREETS[street].split('/')[at]} {word} {house}, {flat}",
            "document": f"AA{(hash_of(who) % 10_000_000):07}",
        }
        return {
            name: value if rng.random() < habits.filled[name] else ""
            for name, value in values.items()
            if name in habits.columns
        }


def hash_of(who: _Person) -> int:
    """A number that stays with a person."""
    return int(who.phone) * 31 + who.born[0] * 372 + who.born[1] * 31 + who.born[2]


def spelled(name: str, language: str, rng: random.Random, habits: Habits) -> str:
    """An Azerbaijani name in the letters of a language, by one of its routes."""
    if language == "az":
        return name
    russian = _russian(name, rng, habits.loose_spelling)
    if language == "ru":
        return russian
    if rng.random() < habits.through_russian * 0.4:
        return "".join(_CLERK.get(letter, letter) for letter in russian.lower()).title()
    small = name.replace("İ", "i").replace("I", "ı").lower()
    made = []
    for letter in small:
        choices = _TO_ENGLISH.get(letter, [letter])
        made.append(choices[0] if rng.random() > habits.loose_spelling else rng.choice(choices))
    text = "".join(made)
    if text.endswith("yev") and rng.random() < habits.loose_spelling:
        text = text[:-3] + "ev"
    return text.title()


def _russian(name: str, rng: random.Random, loose: float) -> str:
    small = name.replace("İ", "i").replace("I", "ı").lower()
    for ending, other in (("yev", "ev"),):
        if small.endswith(ending):
            small = small[: -len(ending)] + other
    made = ""
    at = 0
    while at < len(small):
        pair = small[at : at + 2]
        if pair in ("ya", "yə", "yu", "yü", "yo"):
            made += {"ya": "я", "yə": "я", "yu": "ю", "yü": "ю", "yo": "ё"}[pair]
            at += 2
            continue
        letters = _TO_RUSSIAN.get(small[at], small[at])
        if letters == "дж":
            letter = "дж"
        elif small[at] == "ə":
            letter = (
                "э" if at == 0 and rng.random() < 0.4 else "а" if at == 0 else rng.choices("ае", (3, 1 + 3 * loose))[0]
            )
        elif small[at] == "e" and at == 0:
            letter = rng.choices("эе", (5, 1))[0]
        else:
            letter = letters[0] if len(letters) == 1 or rng.random() < 0.75 - loose * 0.4 else letters[1]
        made += letter
        at += 1
    if made.endswith("л") and rng.random() < 0.4:
        made += "ь"
    return made.title()


def _womans(text: str, sex: str, language: str) -> str:
    if sex == "f":
        if text.endswith(("ov", "ev")):
            return text + "a"
        if text.endswith(("ов", "ев")):
            return text + "а"
    return text


def other_ending(surname: str, rng: random.Random) -> str:
    """The surname after or before the state changed its ending."""
    for ending in ("yev", "ov", "zadə", "li", "lı"):
        if surname.endswith(ending):
            stem = surname[: -len(ending)]
            return stem + rng.choice(["li", "zadə", "", "ov"]) if len(stem) > 3 else surname
    return surname


def slip(text: str, rng: random.Random) -> str:
    """A letter lost, doubled, exchanged with the next or wrong, not the first."""
    at = rng.randrange(1, len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at - 1] + text[at:]
    if kind == 2 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    letters = "абвгдеиклмнорстуя" if "а" <= text[at].lower() <= "я" else "abdeiklmnorstuvy"
    return text[:at] + rng.choice(letters) + text[at + 1 :]


def register(seed: int, persons: int = 3000, records: int = 4652, habits: Habits | None = None) -> Register:
    """A register of typed records; the same seed gives the same one."""
    rng = random.Random(f"register {seed}")
    habits = habits or Habits.drawn(rng)
    composer = _Composer(rng, habits, persons)
    chosen = list(range(persons)) + [rng.randrange(persons) for _ in range(records - persons)]
    rng.shuffle(chosen)
    made = Register([], set(), set(), {}, habits)
    by_person: dict[int, list[str]] = defaultdict(list)
    for at, which in enumerate(chosen):
        row, language = composer.record(composer.people[which])
        made.rows.append({"id": f"r{at}", **row})
        made.language[f"r{at}"] = language
        by_person[which].append(f"r{at}")
    families: dict[int, list[int]] = defaultdict(list)
    for which, who in enumerate(composer.people):
        families[who.family].append(which)
    for ids in by_person.values():
        made.same |= {_ordered(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]}
    for members in families.values():
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                made.kin |= {_ordered(a, b) for a in by_person[one] for b in by_person[other]}
    return made


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
