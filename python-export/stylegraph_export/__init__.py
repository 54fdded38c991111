"""Exports VGG layers as SavedModels, and checks the Java engine against Keras."""

import os

__version__ = "0.1.0"

# Read by TensorFlow and Keras when they are imported, so set before either is.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
