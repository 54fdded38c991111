"""The manifest beside a SavedModel: what it is, where its weights come from, its checksums."""

import json
from pathlib import Path

from .architecture import Convolution, Preprocessing
from .checksum import sha256_of

FILE = "manifest.json"
SCHEMA_VERSION = 1
SAVED_MODEL_FILES = (
    "saved_model.pb",
    "variables/variables.index",
    "variables/variables.data-00000-of-00001",
)


def describe(
    folder: Path,
    name: str,
    architecture: str,
    weights: dict[str, str],
    preprocessing: Preprocessing,
    calibration: dict | None,
    convolutions: list[Convolution],
    written_by: dict[str, str],
) -> dict:
    """The manifest of the SavedModel that stands in folder.

    weights has kind, source, sha256 and licence; convolutions are the layers that were written.
    """
    return {
        "schemaVersion": SCHEMA_VERSION,
        "name": name,
        "architecture": architecture,
        "weights": weights,
        "preprocessing": {
            "input": "RGB 0-255",
            "channelOrder": preprocessing.channel_order,
            "mean": preprocessing.mean,
            "scale": preprocessing.scale,
        },
        "featureUnits": preprocessing.feature_units,
        "calibration": calibration,
        "input": {
            "name": "picture",
            "tensor": "picture:0",
            "shape": [1, None, None, 3],
            "dtype": "float32",
        },
        "layers": [
            {
                "name": layer.name,
                "tensor": f"{layer.name}:0",
                "preactivation": f"{layer.name}/preactivation:0",
                "channels": layer.channels,
                "stride": layer.stride,
            }
            for layer in convolutions
        ],
        "files": _checksums(folder),
        "writtenBy": written_by,
    }


def write(manifest: dict, folder: Path) -> None:
    """Writes the manifest into the model's folder."""
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")


def read_whole(folder: Path) -> dict | None:
    """The manifest of a model that is there and whole, by its checksums; otherwise None."""
    try:
        manifest = json.loads((folder / FILE).read_text(encoding="utf-8"))
        whole = (
            manifest["schemaVersion"] == SCHEMA_VERSION
            and manifest["name"] == folder.name
            and manifest["files"] == _checksums(folder)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return manifest if whole else None


def _checksums(folder: Path) -> dict[str, str]:
    return {name: sha256_of(folder / name) for name in SAVED_MODEL_FILES}
