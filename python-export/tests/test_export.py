"""What the export does with what it finds: models that are there, broken or not to be had."""

import os
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from stylegraph_export import export, graph, manifest, weights
from stylegraph_export.architecture import layer_names
from stylegraph_export.checksum import sha256_of
from stylegraph_export.cli import BadInput, DownloadFailed


@pytest.fixture(autouse=True)
def offline(monkeypatch, tiny_weights):
    """Every source is quick, and ImageNet's cannot be reached."""

    def fail(*_, **__):
        raise Exception("URL fetch failure on https://example.org/vgg19.h5: None -- no network")

    monkeypatch.setattr(keras.utils, "get_file", fail)
    monkeypatch.setattr(weights, "hed", lambda: tiny_weights("hed"))
    monkeypatch.setattr(weights, "random", lambda: tiny_weights("random"))


def refuse(*_):
    raise AssertionError("should not have been called")


def test_second_export_does_nothing(tmp_path, monkeypatch, capsys):
    folder = export.export("random", None, tmp_path)
    monkeypatch.setattr(weights, "random", refuse)
    assert export.export("random", None, tmp_path) == folder
    assert f"{folder} is up to date" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["byte", "missing", "manifest"])
def test_damaged_model_is_written_again(tmp_path, damage):
    folder = export.export("random", None, tmp_path)
    data = folder / "variables" / "variables.data-00000-of-00001"
    if damage == "byte":
        content = bytearray(data.read_bytes())
        content[100] ^= 1
        data.write_bytes(content)
    elif damage == "missing":
        data.unlink()
    else:
        (folder / "manifest.json").write_text('{"schemaVersion": 1')
    assert manifest.read_whole(folder) is None
    export.export("random", None, tmp_path)
    assert manifest.read_whole(folder) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["vgg19-random"]


def test_other_weights_under_the_same_name_replace_the_model(tmp_path):
    export.export("random", "mine", tmp_path)
    folder = export.export("hed", "mine", tmp_path)
    assert manifest.read_whole(folder)["weights"]["kind"] == "hed"


def test_failed_download_leaves_nothing(tmp_path):
    with pytest.raises(DownloadFailed, match="no network; connect to the internet"):
        export.export("imagenet", None, tmp_path)
    assert not list(tmp_path.iterdir())


def test_interrupted_write_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(_convolutions, _preprocessing, folder):
        folder.mkdir()
        (folder / "saved_model.pb").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(graph, "write_saved_model", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export.export("random", None, tmp_path)
    assert not list(tmp_path.iterdir())


def test_auto_falls_back_to_hed_with_a_warning(tmp_path, capsys):
    folder = export.export("auto", None, tmp_path)
    assert folder.name == "vgg16-hed"
    warning = capsys.readouterr().err
    assert "#  WARNING: THESE ARE NOT THE IMAGENET WEIGHTS" in warning
    assert "no network" in warning
    source = manifest.read_whole(folder)["weights"]["source"]
    assert source == f"tiny hed ({export.STANDS_IN})"


def test_auto_warns_again_but_writes_nothing(tmp_path, monkeypatch, capsys):
    folder = export.export("auto", None, tmp_path)
    monkeypatch.setattr(weights, "hed", refuse)
    monkeypatch.setattr(weights, "imagenet", refuse)
    capsys.readouterr()
    assert export.export("auto", None, tmp_path) == folder
    assert "WARNING" in capsys.readouterr().err
    assert export.export("hed", None, tmp_path) == folder


def test_auto_prefers_imagenet(tmp_path, monkeypatch, tiny_weights):
    export.export("auto", None, tmp_path)
    monkeypatch.setattr(weights, "imagenet", lambda: tiny_weights("imagenet"))
    folder = export.export("imagenet", None, tmp_path)
    assert folder.name == "vgg19-imagenet"
    assert export.export("auto", None, tmp_path) == folder


def test_imagenet_takes_kerass_download(tmp_path, monkeypatch, random_weights):
    downloaded = tmp_path / "vgg19.h5"
    random_weights.model.save(downloaded)
    monkeypatch.setattr(keras.utils, "get_file", lambda *_, **__: str(downloaded))
    fetched = weights.imagenet()
    assert (fetched.architecture, fetched.kind) == ("vgg19", "imagenet")
    assert fetched.sha256 == sha256_of(downloaded)
    names = layer_names("vgg19")
    assert weights.sha256_of_arrays(fetched.convolutions(names)) == random_weights.sha256


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "two words"])
def test_unusable_name_is_refused(tmp_path, name):
    with pytest.raises(BadInput, match="--name"):
        export._folder(tmp_path, name)


def test_folder_with_other_files_is_not_replaced(tmp_path):
    (tmp_path / "vgg19-random").mkdir()
    (tmp_path / "vgg19-random" / "thesis.txt").write_text("years of work")
    with pytest.raises(BadInput, match=r"thesis\.txt"):
        export.export("random", None, tmp_path)
    assert (tmp_path / "vgg19-random" / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--weights", "vgg"], "neither a file nor one of auto, imagenet, hed, random"),
        (["--weights", "random", "--name", "../x"], "--name '../x' must be"),
        (["--weights", "random", "--output", __file__], "cannot be made"),
        (["--wieghts", "random"], "unrecognized arguments"),
    ],
)
def test_bad_command_is_one_line_and_exit_code_2(tmp_path, arguments, said):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    ended = subprocess.run(
        [sys.executable, "-m", "stylegraph_export.export", "--output", "out", *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""
    assert not list(tmp_path.iterdir())
