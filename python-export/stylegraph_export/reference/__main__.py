"""The command line's entry."""

import os

# Before TensorFlow is imported: the kernels that the Java engine runs with, and no chatter.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from stylegraph_export.cli import run
from stylegraph_export.reference.command import main

run(main)
