"""Every sentence exists, in every language, with the right gaps, and is used; reads catalogue and code, runs neither.

A key or a code that the code puts together is declared where that happens, in a comment:
`# words: errors.kit_*, foot.unsent` on the line, or on a line of its own above it.
"""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.code import ROOT, Source, called, imports, sources

Catalogues = dict[str, dict[str, Any]]  # domain → key → language → sentence or plural forms

PLURALS = {"en": {"one", "other"}, "az": {"one", "other"}, "ru": {"one", "few", "many"}}
CODES = ("errors", "problems")  # the domains of UserError and Problem
ALWAYS_GIVEN = {"record", "field"}  # a Problem carries these itself


def catalogues() -> Catalogues:
    """Every domain with its entries."""
    return {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "resources/i18n").glob("*.toml"))
    }


# --- the catalogue ---------------------------------------------------------------------------------------------------


def gaps(sentence: str) -> set[str]:
    """The names in the sentence's braces. Raises ValueError for braces that do not close."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def forms(entry: Any) -> dict[str, str]:
    """One language's sentence, or its plural forms."""
    return entry if isinstance(entry, dict) else {"": entry}


def catalogue_faults(found: Catalogues) -> Iterator[str]:
    for domain, entries in found.items():
        where = f"resources/i18n/{domain}.toml"
        for key in entries.get("review", []):
            if key not in entries:
                yield f"{where}: review names {key}, which is not there"
        for key, entry in entries.items():
            if key == "review":
                continue
            if not isinstance(entry, dict) or set(entry) != set(PLURALS):
                yield f"{where}: {key} must have en, az and ru and nothing else"
                continue
            yield from (f"{where}: {key}: {fault}" for fault in entry_faults(entry))


def entry_faults(entry: dict[str, Any]) -> Iterator[str]:
    plural = any(isinstance(said, dict) for said in entry.values())
    wanted: set[str] = set()
    for language, said in entry.items():
        if plural and set(forms(said)) != PLURALS[language]:
            yield f"{language} needs the plural forms {', '.join(sorted(PLURALS[language]))}"
        for form, sentence in forms(said).items():
            if not isinstance(sentence, str) or not sentence.strip():
                yield f"{language} {form} is empty"
                continue
            try:
                wanted |= gaps(sentence)
            except ValueError as error:
                yield f"{language} {form}: {error}"
                return
    for language, said in entry.items():
        for form, sentence in forms(said).items():
            missing = wanted - gaps(str(sentence)) - ({"n"} if form == "one" else set())
            if missing:
                yield f"{language} {form} lacks {{{'}, {'.join(sorted(missing))}}}"
    if plural and "n" not in wanted:
        yield "has plural forms but no {n}"


# --- the code --------------------------------------------------------------------------------------------------------


@dataclass
class Use:
    """What the code asks of the catalogue."""

    keys: dict[str, list[tuple[str, set[str] | None]]] = field(default_factory=dict)  # key → (place, gaps filled)
    codes: dict[str, list[tuple[str, set[str] | None]]] = field(default_factory=dict)
    strings: set[str] = field(default_factory=set)  # every literal: what names a key somewhere, uses it
    prefixes: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def read_use(files: list[Source], domains: set[str]) -> Use:
    """Go through the code once."""
    use = Use()
    errors = error_types(files)
    for source in files:
        speakers = {
            alias.asname or alias.name
            for node, name in imports(source)
            if name == "app.basics.words.text" and isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name == "text"
        }
        declared = declarations(source)
        use.prefixes |= {key for keys in declared.values() for key in keys}
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                use.strings.add(node.value)
            if isinstance(node, ast.JoinedStr):
                note_beginning(use, node.values[0], domains)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                note_beginning(use, node.left, domains)
            if isinstance(node, ast.Call):
                note_call(use, source, node, speakers, errors, declared)
    return use


def error_types(files: list[Source]) -> set[str]:
    """UserError and every class made from it."""
    classes = [node for source in files for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    found = {"UserError"}
    while more := {c.name for c in classes if c.name not in found and found & {ast.unparse(b) for b in c.bases}}:
        found |= more
    return found


def declarations(source: Source) -> dict[int, list[str]]:
    """Line → the keys and prefixes that its comment declares; a comment of its own line is for the next one."""
    found = {}
    for number, line in enumerate(source.lines, 1):
        if match := re.search(r"#\s*words:\s*([\w.*, ]+)", line):
            keys = [key.strip() for key in match[1].split(",") if key.strip()]
            found[number + 1 if line.lstrip().startswith("#") else number] = keys
    return found


def note_beginning(use: Use, first: ast.expr, domains: set[str]) -> None:
    """`f"foot.{name}"` and `"foot." + name` use every key that begins so."""
    if isinstance(first, ast.Constant) and "." in str(first.value) and str(first.value).split(".")[0] in domains:
        use.prefixes.add(f"{first.value}*")


def note_call(
    use: Use, source: Source, node: ast.Call, speakers: set[str], errors: set[str], declared: dict[int, list[str]]
) -> None:
    name = called(node)
    speaks = (isinstance(node.func, ast.Name) and name in speakers) or (
        name == "text"
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] == "words"
    )
    lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    covered = any(line in declared for line in lines)
    if speaks and node.args:
        note(use.keys, use, source, node.args[0], filled(node, {"lang"}), covered)
    elif name in errors and node.args:
        note(use.codes, use, source, node.args[0], filled(node, set()), covered)
    elif name == "Problem" and node.args:
        note(use.codes, use, source, node.args[0], problem_gaps(node), covered)


def note(
    into: dict[str, list[tuple[str, set[str] | None]]],
    use: Use,
    source: Source,
    key: ast.expr,
    given: set[str] | None,
    covered: bool,
) -> None:
    """Note a literal key, both of `a if … else b`; anything else must be covered by a declaration or a prefix."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        into.setdefault(key.value, []).append((source.at(key, key.value), given))
    elif isinstance(key, ast.IfExp):
        note(into, use, source, key.body, given, covered)
        note(into, use, source, key.orelse, given, covered)
    elif into is use.codes and not covered and not isinstance(key, ast.Attribute):
        # `found.code` passes on a code that was written where it was found.
        use.faults.append(source.at(key, f"the code {ast.unparse(key)} is put together: declare it with '# words: …'"))


def filled(node: ast.Call, besides: set[str]) -> set[str] | None:
    """The gaps that the call fills; None when it passes them on."""
    if any(keyword.arg is None for keyword in node.keywords):
        return None
    return {keyword.arg for keyword in node.keywords if keyword.arg} - besides


def problem_gaps(node: ast.Call) -> set[str] | None:
    given = node.args[3] if len(node.args) > 3 else next((k.value for k in node.keywords if k.arg == "params"), None)
    if given is None:
        return set(ALWAYS_GIVEN)
    if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
        return {str(key.value) for key in given.keys if isinstance(key, ast.Constant)} | ALWAYS_GIVEN
    return None


# --- the two together ------------------------------------------------------------------------------------------------


def faults(found: Catalogues, use: Use) -> Iterator[str]:
    """What the code says and the catalogue has not, and the other way round."""
    yield from use.faults
    wanted = dict(use.keys)
    for code, places in use.codes.items():
        domain = "problems" if code in found.get("problems", {}) else "errors"
        wanted.setdefault(code if "." in code else f"{domain}.{code}", []).extend(places)
    for key, places in sorted(wanted.items()):
        domain, _, name = key.partition(".")
        entry = found.get(domain, {}).get(name)
        if not isinstance(entry, dict):
            yield f"{places[0][0]}: no sentence {key}"
            continue
        needed = set().union(*(gaps(str(s)) for said in entry.values() for s in forms(said).values()))
        for place, given in places:
            if given is not None and needed - given:
                yield f"{place}: does not fill {{{'}, {'.join(sorted(needed - given))}}} of {key}"
    for domain, entries in found.items():
        for name in entries:
            key = f"{domain}.{name}"
            mentioned = key in use.strings or key in wanted or (domain in CODES and name in use.strings)
            if name != "review" and not mentioned and not any(matches(key, prefix) for prefix in use.prefixes):
                yield f"resources/i18n/{domain}.toml: {name} is used nowhere"


def matches(key: str, prefix: str) -> bool:
    return key.startswith(prefix[:-1]) if prefix.endswith("*") else key == prefix


def test_the_catalogue_is_whole() -> None:
    found = list(catalogue_faults(catalogues()))
    assert not found, "\n".join(["", *found])


def test_code_and_catalogue_agree() -> None:
    known = catalogues()
    found = list(faults(known, read_use(sources(), set(known))))
    assert not found, "\n".join(["", *found])


# --- each check bites ------------------------------------------------------------------------------------------------

SAME = {"en": "Saved {what}", "az": "{what} saxlanıldı", "ru": "Сохранено: {what}"}
MANY = {
    "en": {"one": "{n} change", "other": "{n} changes"},
    "az": {"one": "{n} dəyişiklik", "other": "{n} dəyişiklik"},
    "ru": {"one": "{n} изменение", "few": "{n} изменения", "many": "{n} изменений"},
}
NONE = {"en": "Yes", "az": "Bəli", "ru": "Да"}


def test_a_faulty_catalogue_is_caught() -> None:
    assert not list(catalogue_faults({"foot": {"saved": SAME, "unsent": MANY, "review": ["saved"]}}))
    for entries in (
        {"a": {"en": "Yes", "az": "Bəli"}},
        {"a": NONE | {"de": "Ja"}},
        {"a": SAME | {"ru": "Сохранено"}},
        {"a": SAME | {"ru": "Сохранено: {что}"}},
        {"a": SAME | {"ru": "Сохранено: {what"}},
        {"a": NONE | {"ru": ""}},
        {"a": MANY | {"ru": {"one": "{n}", "other": "{n}"}}},
        {"a": MANY | {"az": "{n} dəyişiklik"}},
        {"a": MANY | {"ru": MANY["ru"] | {"few": "изменения"}}},
        {"review": ["gone"]},
    ):
        assert list(catalogue_faults({"foot": entries})), entries


def judge(code: str, **domains: dict[str, Any]) -> list[str]:
    return list(faults(domains, read_use([Source("app/x.py", code)], set(domains))))


def test_code_that_disagrees_is_caught() -> None:
    words = "from app.basics.words import text\n"
    errors = {"gone": NONE, "kept": SAME}
    assert not judge(words + "text('foot.saved', what=1)", foot={"saved": SAME})
    assert not judge(words + "text(f'foot.{x}')", foot={"saved": SAME})
    assert not judge(words + "text('foot.' + x)", foot={"saved": SAME})
    assert not judge("KEY = 'foot.saved'", foot={"saved": SAME})
    assert not judge("raise UserError('gone')\nraise UserError('kept', what=1)", errors=errors)
    assert not judge("Problem('gone')\nProblem('kept', 'r', 'f', {'what': 1})", errors=errors)
    assert not judge("raise UserError(code)  # words: errors.gone, errors.k*", errors=errors)
    assert not judge("from sqlalchemy import text\ntext('SELECT person.id')", foot={})

    assert "no sentence" in judge(words + "text('foot.saved')", foot={})[0]
    assert "no sentence" in judge("from app.basics import words\nwords.text('foot.saved')", foot={})[0]
    assert "no sentence" in judge("raise UserError('new')", errors={})[0]
    assert "no sentence" in judge("raise UserError('new' if x else 'gone')", errors={"gone": NONE})[0]
    assert "no sentence" in judge("Problem('new')", errors={})[0]
    assert "does not fill" in judge(words + "text('foot.saved', who=1)", foot={"saved": SAME})[0]
    assert "does not fill" in judge("raise UserError('kept')", errors={"kept": SAME})[0]
    assert "does not fill" in judge("Problem('kept', params={'who': 1})", errors={"kept": SAME})[0]
    assert "no sentence" in judge("class E(UserError): ...\nraise E('new')", errors={})[0]
    assert "put together" in judge("raise UserError(code)", errors={})[0]
    assert "used nowhere" in judge("x = 1", foot={"saved": SAME})[0]
    assert "used nowhere" in judge(words + "text(f'foot.s{x}')", foot={"other": SAME})[0]
