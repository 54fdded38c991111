"""The command line's entry."""

from stylegraph_export.cli import run

from .command import main

run(main)
