"""Reads anybody's participants' list into plain rows of persons; it never opens or writes the store."""
