"""What the tests of the specs share: the office's own lists and kinds are gone after each test."""

from collections.abc import Iterator

import pytest

from app.specs import choices, kinds


@pytest.fixture(autouse=True)
def no_own_values() -> Iterator[None]:
    yield
    choices.use_own([])
    kinds.use_own([])
