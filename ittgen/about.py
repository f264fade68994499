"""The release this is; pyproject.toml, the manifests and every stage's identity read it here."""

VERSION = "0.1.0"
