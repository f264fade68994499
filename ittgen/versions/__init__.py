"""Versions: immutable, checksummed datasets on disk, `data/<name>/v0001` and so on.

folder.py     names, versions, resolve: which there are and where
manifest.py   Manifest, FileEntry: what a version says about itself
shape.py      which columns the rows of one version share
rows.py       an example as a row, a row as an example
files.py      JSONL written with checksums, and read lazily
freeze.py     examples -> a new version, or none if nothing changed
card.py       the README.md that people and `datasets` read
dataset.py    Dataset: one version, read lazily
verify.py     every fault of a version's files
diff.py       what changed between two versions
export.py     rows in the shapes that trainers read
"""
