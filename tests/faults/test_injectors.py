"""An injector that is known to work is never skipped; one that cannot work here skips in words."""

from __future__ import annotations

import pytest

from tests.faults import injectors


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(injectors.INJECTORS, "broken", lambda: "no such thing")
    monkeypatch.delenv(injectors.VARIABLE, raising=False)
    injectors.lacks.cache_clear()
    return "broken"


def test_what_cannot_be_injected_skips_in_words(broken: str) -> None:
    with pytest.raises(pytest.skip.Exception, match=r"not injected \(broken\): no such thing"):
        injectors.need(broken)


def test_what_worked_before_the_run_is_not_skipped_in_it(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(injectors.VARIABLE, "liar,broken")
    injectors.need(broken)  # returns: what the test does next fails if it does not work any more
    monkeypatch.setenv(injectors.VARIABLE, "liar")
    with pytest.raises(pytest.skip.Exception):
        injectors.need(broken)


def test_the_list_is_one_line_and_the_words_are_beside_it(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    injectors.main()
    told = capsys.readouterr()
    assert told.out.count("\n") == 1 and "broken" not in told.out
    assert "NOT injected here: broken: no such thing" in told.err


def test_a_refusal_by_the_machine_is_words_and_no_crash(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise PermissionError(1, "Operation not permitted\nmore of it")

    monkeypatch.setitem(injectors.INJECTORS, "refused", refuse)
    assert injectors.lacks("refused") == "this machine does not let it: [Errno 1] Operation not permitted"
