"""Writes files."""

from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Writes a file whole, or not at all."""
    aside = file.with_name(f".{file.name}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
