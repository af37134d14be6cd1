"""Rules of the house as tests; they read the code and never run it."""
