"""Generators: what turns examples into drafts by asking the teacher. One file each; `base` has the protocol."""
