"""Tests of the installer; they install only into temporary folders and use no network."""
