"""The installer's own sentences in three languages; never imports the program, which is not there yet."""

from __future__ import annotations

import locale
import os
import sys

TEXT = {
    "python": {
        "en": "Sahə needs Python 3.11 to 3.14; this is Python {version}.",
        "az": "Sahə üçün Python 3.11–3.14 lazımdır; bu, Python {version} versiyasıdır.",
        "ru": "Для Sahə нужен Python 3.11–3.14; это Python {version}.",
    },
    "packages": {
        "en": "Installing system packages: {names}",
        "az": "Sistem paketləri quraşdırılır: {names}",
        "ru": "Устанавливаются системные пакеты: {names}",
    },
    "packages_failed": {
        "en": "The system packages could not be installed. What the system said is above.",
        "az": "Sistem paketlərini quraşdırmaq mümkün olmadı. Sistemin cavabı yuxarıdadır.",
        "ru": "Не удалось установить системные пакеты. Ответ системы выше.",
    },
    "command": {
        "en": "Some system packages are missing. Run this once, then start again:\n\n    {command}\n",
        "az": "Bəzi sistem paketləri çatışmır. Bunu bir dəfə icra edin, sonra yenidən başladın:\n\n    {command}\n",
        "ru": "Не хватает системных пакетов. Выполните это один раз и запустите снова:\n\n    {command}\n",
    },
    "libraries": {
        "en": "Some system libraries are missing. Install them with your system's package manager: {names}",
        "az": "Bəzi sistem kitabxanaları çatışmır. Onları sisteminizin paket meneceri ilə quraşdırın: {names}",
        "ru": "Не хватает системных библиотек. Установите их менеджером пакетов системы: {names}",
    },
    "making": {
        "en": "Preparing the program (once; about 100 MB to download)",
        "az": "Proqram hazırlanır (bir dəfə; təxminən 100 MB yüklənir)",
        "ru": "Подготовка программы (один раз; загрузка около 100 МБ)",
    },
    "part": {
        "en": "  part {n} of about {total}: {name}",
        "az": "  hissə {n}, cəmi təxminən {total}: {name}",
        "ru": "  часть {n} примерно из {total}: {name}",
    },
    "unpacking": {
        "en": "  unpacking",
        "az": "  açılır",
        "ru": "  распаковка",
    },
    "ready": {
        "en": "The program is ready ({seconds} s).",
        "az": "Proqram hazırdır ({seconds} s).",
        "ru": "Программа готова ({seconds} с).",
    },
    "waiting": {
        "en": "Another start is preparing the program; waiting for it.",
        "az": "Proqramı başqa bir başlatma hazırlayır; gözlənilir.",
        "ru": "Программу готовит другой запуск; ждём.",
    },
    "not_made": {
        "en": "The environment could not be made: {reason}",
        "az": "Mühiti yaratmaq mümkün olmadı: {reason}",
        "ru": "Не удалось создать среду: {reason}",
    },
    "not_fetched": {
        "en": "The program's parts could not be fetched. Check the network connection and run the same command again.",
        "az": "Proqramın hissələrini yükləmək mümkün olmadı. Şəbəkəni yoxlayın və eyni əmri yenidən icra edin.",
        "ru": "Не удалось загрузить части программы. Проверьте сеть и выполните ту же команду снова.",
    },
    "practice": {
        "en": "Making practice data in {folder}",
        "az": "Məşq məlumatları hazırlanır: {folder}",
        "ru": "Создаются учебные данные: {folder}",
    },
    "practice_failed": {
        "en": "The practice data could not be made.",
        "az": "Məşq məlumatlarını hazırlamaq mümkün olmadı.",
        "ru": "Не удалось создать учебные данные.",
    },
    "opening": {
        "en": "Opening the window on practice data; nobody in it is real.",
        "az": "Pəncərə məşq məlumatları ilə açılır; oradakı şəxslər uydurmadır.",
        "ru": "Открывается окно с учебными данными; люди в них вымышлены.",
    },
    "no_display": {
        "en": "There is no screen here, so the window cannot open. Running the whole round without it, into {folder}",
        "az": "Burada ekran yoxdur, pəncərə açıla bilməz. Bütün dövrə onsuz icra olunur: {folder}",
        "ru": "Здесь нет экрана, окно открыть нельзя. Весь круг выполняется без него: {folder}",
    },
    "checks_failed": {
        "en": "Failed beside the tests: {names}",
        "az": "Testlərlə yanaşı alınmayan yoxlamalar: {names}",
        "ru": "Не прошли проверки рядом с тестами: {names}",
    },
}


def language() -> str:
    """The person's language as this machine tells it: "az", "ru" or "en"."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform == "win32":
        import ctypes

        names.append(locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ""))
    told = next((name for name in names if name), "")
    return told[:2].lower() if told[:2].lower() in ("az", "ru") else "en"


def say(key: str, **params: object) -> None:
    """Print one sentence on standard error, so that standard output stays the program's own."""
    print(TEXT[key][language()].format(**params), file=sys.stderr, flush=True)
