"""The country of the tests of exchange, for faults of drives and clocks; builds no data."""

from tests.sync.conftest import _founded, country

__all__ = ["_founded", "country"]
