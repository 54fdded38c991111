"""The recipes in plain Python, to hold the Java engine against.

python -m stylegraph_export.reference --recipe tf-eager --model savedmodels/vgg16-hed \\
    --content a.png --style b.png --output out/reference

Each system is written from its own source, constants included; with the Java side it shares the
model's weights and the pictures' pixels alone. The SavedModel's graph is not used.
"""

import os

# Before TensorFlow is imported: the kernels that the Java engine runs with, and no chatter.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
