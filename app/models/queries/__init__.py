"""Every question to the register that is more than a get or a list; gives plain values and writes nothing."""
