"""The references' command line: the run folder, and what is refused."""

import dataclasses
import json
import math
import shlex
import sys

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from stylegraph_export.cli import BadInput, ExportError
from stylegraph_export.reference import command, pictures
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.system import Terms
from stylegraph_export.reference.systems import SYSTEMS
from stylegraph_export.reference.tensorflow_run import TensorflowRun

TERMS = ["total", "content", "style", "tv"]
FILES = [
    *("content.png", "features", "final.png", "gradient-final.npy", "gradient-start.npy"),
    *("log.jsonl", "run.json", "start.png", "style.png"),
]


@pytest.fixture
def job(tiny_model, photograph):
    """The options that every run has, but for the output; style has a size of its own."""
    content, style = photograph("chelsea", (32, 24)), photograph("coffee", (40, 28))
    return f"--model {tiny_model} --content {content} --style {style}"


def run(options):
    command.main(shlex.split(options))


def read_json(path):
    return json.loads(path.read_text())


def pixels(path):
    with Image.open(path) as image:
        assert image.mode == "RGB"
        return np.asarray(image)


@pytest.mark.parametrize("recipe", SYSTEMS)
def test_run_folder(recipe, job, tiny_model, tmp_path):
    output = tmp_path / "new" / "run"
    run(f"{job} --recipe {recipe} --steps 3 --start noise --seed 5 --output {output}")
    assert sorted(path.name for path in output.iterdir()) == FILES
    assert [path.name for path in output.parent.iterdir()] == ["run"]

    content, style, start, final = (
        pixels(output / f"{name}.png") for name in ("content", "style", "start", "final")
    )
    assert (start == pictures.noise(24, 32, 5)).all()
    assert not (final == start).all()
    lines = [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3]
    assert list(lines[0]) == ["step", *TERMS, "seconds"]
    assert 0 < lines[0]["seconds"] < lines[2]["seconds"]

    described = read_json(output / "run.json")
    assert (described["recipe"], described["framework"]) == (recipe, "tensorflow")
    assert described["steps"] == 3
    assert described["model"] == {"name": "tiny-vgg", "sha256": Backbone(tiny_model).sha256}
    assert set(described["versions"]) >= {"python", "tensorflow", "keras", "numpy"}
    assert set(described["machine"]) == {"cpu", "cores", "memoryBytes", "system"}
    assert described["settings"] == {"oneDNN": "1"}
    assert described["secondsPerStep"] > 0
    assert described["secondsToFirstStep"] > lines[0]["seconds"]
    assert described["peakMemoryBytes"] > 1e8

    # The folder alone says what was computed.
    system = SYSTEMS[recipe]
    again = TensorflowRun(system, Backbone(tiny_model), content, style)
    assert [described["losses"]["start"][term] for term in TERMS] == pytest.approx(
        [lines[0][term] for term in TERMS], rel=1e-5
    )
    for name, picture in (("start", start), ("final", final)):
        terms, gradient = again.evaluate(picture)
        assert described["losses"][name] == pytest.approx(terms._asdict(), rel=1e-5)
        saved = np.load(output / f"gradient-{name}.npy")
        assert saved.dtype == np.float32
        np.testing.assert_allclose(saved, gradient, rtol=1e-3, atol=1e-5 * np.abs(gradient).max())
    expected = {
        name.partition("/")[0]: features for name, features in again.features(start).items()
    }
    assert {path.stem for path in (output / "features").iterdir()} == set(expected)
    for name, features in expected.items():
        saved = np.load(output / "features" / f"{name}.npy")
        assert saved.dtype == np.float32
        np.testing.assert_allclose(saved, features, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize(("keep_best", "kept"), [(True, 40), (False, 120)])
def test_the_best_is_kept_where_the_system_says_so(keep_best, kept, tiny_model, photograph):
    def grey_levels(start):
        for level in (200, 40, 120):
            yield np.full_like(start, level)

    content = np.full((24, 32, 3), 42, np.uint8)
    style = pictures.read(photograph("coffee", (40, 28)))
    system = dataclasses.replace(
        SYSTEMS["tf-eager"],
        search=grey_levels,
        loss=lambda features, picture, _: Terms.of(tf.reduce_sum((picture - 42) ** 2), 0.0),
        keep_best=keep_best,
    )
    totals = []
    result = TensorflowRun(system, Backbone(tiny_model), content, style).optimise(
        content, 2, lambda _, terms: totals.append(terms.total)
    )
    assert totals[0] > totals[1]
    np.testing.assert_array_equal(result, np.full((24, 32, 3), kept))


def test_pictures_are_made_smaller_and_never_larger(job, photograph, tmp_path):
    start = photograph("astronaut", (64, 64))
    run(f"{job} --size 30 --steps 1 --start {start} --output {tmp_path / 'small'}")
    assert pixels(tmp_path / "small" / "content.png").shape == (22, 30, 3)
    assert pixels(tmp_path / "small" / "style.png").shape == (21, 30, 3)
    assert pixels(tmp_path / "small" / "start.png").shape == (22, 30, 3)
    for size in (0, 1000):
        run(f"{job} --size {size} --steps 1 --output {tmp_path / 'own'}")
        assert pixels(tmp_path / "own" / "content.png").shape == (24, 32, 3)
    described = read_json(tmp_path / "own" / "run.json")
    assert described["secondsPerStep"] is None


def test_pictures_stand_upright(tmp_path):
    turned = Image.new("RGB", (4, 2), "red")
    turned.putpixel((0, 0), (0, 0, 255))
    exif = Image.Exif()
    # Orientation: to be turned a quarter clockwise.
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.png", exif=exif)
    upright = pictures.read(tmp_path / "turned.png")
    assert upright.shape == (4, 2, 3)
    assert upright[0, 1].tolist() == [0, 0, 255]


def test_a_run_takes_the_place_of_a_run_and_of_nothing_else(job, tmp_path):
    output = tmp_path / "run"
    run(f"{job} --steps 1 --output {output}")
    run(f"{job} --steps 2 --output {output}")
    assert read_json(output / "run.json")["steps"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("precious")
    with pytest.raises(BadInput, match="holds something else"):
        run(f"{job} --steps 1 --output {tmp_path / 'other'}")
    with pytest.raises(BadInput, match="is a file"):
        run(f"{job} --steps 1 --output {tmp_path / 'other' / 'mine.txt'}")


def test_a_run_that_fails_leaves_no_folder(job, tmp_path, monkeypatch):
    def nowhere(self, start, steps, report):
        report(1, Terms(1.0, 1.0, 0.0, 0.0))
        raise ExportError("step 1 left nothing finite")

    monkeypatch.setattr(TensorflowRun, "optimise", nowhere)
    with pytest.raises(ExportError):
        run(f"{job} --output {tmp_path / 'run'}")
    assert list(tmp_path.iterdir()) == []


def test_a_loss_that_is_not_finite_ends_the_run(tiny_model, photograph):
    picture = pictures.read(photograph("chelsea", (32, 24)))

    def nowhere(features, picture, targets):
        return Terms.of(content=tf.reduce_sum(picture) * math.nan, style=0.0)

    system = dataclasses.replace(SYSTEMS["udacity"], loss=nowhere)
    reference = TensorflowRun(system, Backbone(tiny_model), picture, picture)
    with pytest.raises(ExportError, match="step 1 left nothing finite"):
        reference.optimise(picture, 3, lambda *_: None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--recipe gatis", "--recipe: invalid choice: 'gatis'"),
        ("--steps 0", "--steps (0) must be at least 1"),
        ("--size -1", "--size (-1) must be at least 0"),
        ("--seed -1", "--seed (-1) must be at least 0"),
        ("--framework jax", "--framework: invalid choice: 'jax'"),
    ],
)
def test_bad_options_are_one_line(options, message, job, tmp_path, capsys):
    with pytest.raises(SystemExit) as exit:
        run(f"{job} {options} --output {tmp_path / 'run'}")
    assert exit.value.code == 2
    printed = capsys.readouterr().err
    assert message in printed
    assert printed.count("\n") == 1


def test_torch_runs_what_was_written_in_it_where_it_is_installed(job, tmp_path, monkeypatch):
    with pytest.raises(BadInput, match="gatys was not written in PyTorch; choose one of: udacity"):
        run(f"{job} --recipe gatys --framework torch --output {tmp_path / 'run'}")
    monkeypatch.setitem(sys.modules, "torch", None)
    for module in ("torch_run", "torch_systems"):
        monkeypatch.delitem(sys.modules, f"stylegraph_export.reference.{module}", raising=False)
    with pytest.raises(BadInput, match="make compare TORCH=1"):
        run(f"{job} --recipe udacity --framework torch --output {tmp_path / 'run'}")
    assert list(tmp_path.iterdir()) == []


def test_bad_pictures_and_models_are_refused(job, tiny_model, photograph, tmp_path):
    with pytest.raises(BadInput, match="holds no whole model"):
        run(f"{job} --model {tmp_path} --output {tmp_path / 'run'}")
    not_a_picture = tmp_path / "picture.png"
    not_a_picture.write_text("not a picture")
    for path in (not_a_picture, tmp_path / "missing.png"):
        for option in ("content", "style", "start"):
            with pytest.raises(BadInput, match=f"{path.name} cannot be read as a picture"):
                run(f"{job} --{option} {path} --output {tmp_path / 'run'}")
    small = photograph("chelsea", (20, 15))
    with pytest.raises(BadInput, match="at 20x15 is below 16x16 pixels"):
        run(f"{job} --content {small} --output {tmp_path / 'run'}")
    # The deepest layer of pytorch-tutorial is block3_conv1.
    run(f"{job} --content {small} --recipe pytorch-tutorial --steps 1 --output {tmp_path / 'run'}")
    assert (tmp_path / "run" / "run.json").is_file()
