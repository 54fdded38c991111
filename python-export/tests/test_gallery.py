"""The gallery, with a stand-in for the engine: equal time, the coin and its key, resuming."""

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import REPOSITORY
from PIL import Image
from skimage import data

from stylegraph_export.bench.process import Run
from stylegraph_export.cli import BadInput, ExportError
from stylegraph_export.gallery import command, contest, pairs, sheets, show
from stylegraph_export.gallery.contest import steps_in

# Seconds of a step by recipe, and the first step's own.
EACH = {"fine": 0.5, "tf-eager": 2.0}
WARM_UP, FINE_STEPS = 3.0, 100
COLOURS = {"fine": (200, 30, 30), "tf-eager": (30, 30, 200)}


class Engine:
    """Writes a plain picture in its recipe's colour, and says how long its steps took."""

    def __init__(self):
        self.ran, self.slower, self.fails = [], 1.0, None

    def __call__(self, contender, log):
        options = dict(zip(contender.command[4::2], contender.command[5::2]))
        recipe, steps = options["--recipe"], int(options.get("--steps", FINE_STEPS))
        self.ran.append((Path(options["--content"]).stem, recipe, steps))
        if self.fails == self.ran[-1][:2]:
            raise ExportError("the engine broke")
        Image.new("RGB", (64, 48), COLOURS[recipe]).save(options["--output"])
        slower = self.slower if steps > contest.PROBE_STEPS else 1
        ends = WARM_UP + np.arange(steps) * EACH[recipe] * slower
        return Run([1.0] * steps, list(ends), 0.1, 10**9)


@pytest.fixture
def engine(monkeypatch):
    engine = Engine()
    monkeypatch.setattr(contest.process, "run", engine)
    return engine


@pytest.fixture
def gallery(tmp_path, tiny_model, engine, monkeypatch):
    """Runs the command line; gives its folder."""
    monkeypatch.setattr(pairs, "PAINTERS", dict.fromkeys(pairs.PAINTERS, _painting))
    monkeypatch.setattr(command, "_said", _said)
    jar = tmp_path / "engine.jar"
    jar.touch()

    def run(options="--pairs 2,4"):
        options = f"--jar {jar} --model {tiny_model} --output {tmp_path / 'out'} {options}"
        command.main(options.split())
        return tmp_path / "out"

    return run


def _painting():
    return np.full((48, 64, 3), (30, 160, 30), np.uint8)


def _said(jar, *options):
    if options[0] == "recipes" and options[2] not in EACH:
        raise BadInput(f"recipe ({options[2]}) is unknown")
    return json.dumps({"name": options[2]}) if options[0] == "recipes" else "stylegraph 1\n"


def _key(folder):
    return json.loads((folder / "sheets" / "key.json").read_text())


def test_the_second_recipe_gets_the_first_ones_time(gallery, engine):
    folder = gallery("--pairs 4")
    # 99 steps after the first take 49.5 s, in which 24 of 2 s fit.
    assert engine.ran == [
        ("rocket", "fine", FINE_STEPS),
        ("rocket", "tf-eager", contest.PROBE_STEPS),
        ("rocket", "tf-eager", 25),
    ]
    (entry,) = _key(folder)["pairs"]
    results = {entry[name]["recipe"]: entry[name] for name in "AB"}
    assert results["fine"]["seconds"] == 52.5
    assert results["fine"]["steps"] == FINE_STEPS
    assert results["tf-eager"]["seconds"] == 51.0
    assert results["tf-eager"]["steps"] == 25


def test_a_time_too_far_off_is_tried_again_with_a_better_count(gallery, engine):
    engine.slower = 0.5
    gallery("--pairs 4 --steps 200")
    assert [steps for _, _, steps in engine.ran] == [200, 10, 25, 50]


def test_steps_of_a_pyramid_are_counted_as_they_are_asked():
    # 10 were asked and 24 made: 3 s for the first, 1 s for each other.
    assert steps_in(3 + 47, 10, [3.0 + i for i in range(24)]) == 20
    assert steps_in(1.0, 10, [3.0 + i for i in range(10)]) == 1
    assert steps_in(10.0, 1, [3.0]) == 3


def test_the_key_says_which_is_which(gallery):
    folder = gallery("--pairs 1,2,3,4,5,6")
    orders = set()
    for entry in _key(folder)["pairs"]:
        sheet = np.asarray(Image.open(folder / "sheets" / f"pair-{entry['pair']}.jpg"), int)
        middle = sheet[len(sheet) // 2]
        red = np.flatnonzero(middle[:, 0] - middle[:, 2] > 100)
        blue = np.flatnonzero(middle[:, 2] - middle[:, 0] > 100)
        left, right = ("fine", "tf-eager") if red.max() < blue.max() else ("tf-eager", "fine")
        assert (entry["A"]["recipe"], entry["B"]["recipe"]) == (left, right)
        orders.add(left)
    assert orders == {"fine", "tf-eager"}


def test_the_coin_is_the_same_for_a_number_and_fair():
    tosses = [[show.heads(coin, pair) for pair in pairs.PAIRS] for coin in range(400)]
    assert tosses == [[show.heads(coin, pair) for pair in pairs.PAIRS] for coin in range(400)]
    np.testing.assert_allclose(np.mean(tosses, axis=0), 0.5, atol=0.1)
    assert len(set(map(tuple, tosses))) > 60


def test_nothing_but_the_key_and_the_open_sheet_says_which(gallery):
    shown = gallery() / "sheets"
    assert sorted(it.name for it in shown.iterdir()) == [
        *("blind.jpg", "gallery.jpg", "index.md", "key.json", "pair-2.jpg", "pair-4.jpg"),
    ]
    for file in ("blind.jpg", "index.md", "pair-2.jpg", "pair-4.jpg"):
        assert b"fine" not in (shown / file).read_bytes()
    page = (shown / "index.md").read_text()
    assert "Stefan van der Walt, CC0" in page
    assert "pair-2.jpg" in page and "key.json" in page


def test_what_is_there_is_not_run_again(gallery, engine):
    gallery()
    first, engine.ran = engine.ran, []
    assert len(first) == 6
    folder = gallery("--pairs 2,4 --coin 5")
    assert engine.ran == []
    assert _key(folder)["coin"] == 5
    gallery("--pairs 4 --size 100")
    assert len(engine.ran) == 3


def test_a_run_that_was_stopped_goes_on(gallery, engine):
    engine.fails = ("rocket", "tf-eager")
    with pytest.raises(ExportError, match="broke"):
        gallery()
    engine.fails, engine.ran = None, []
    gallery()
    assert {(photograph, recipe) for photograph, recipe, _ in engine.ran} == {
        ("rocket", "tf-eager")
    }


def test_a_run_that_was_stopped_leaves_no_record_of_an_earlier_one(gallery, engine):
    gallery("--pairs 4 --size 100")
    engine.fails = ("rocket", "fine")
    with pytest.raises(ExportError, match="broke"):
        gallery("--pairs 4")
    engine.fails, engine.ran = None, []
    gallery("--pairs 4 --size 100")
    assert engine.ran == [("rocket", "fine", FINE_STEPS)]


def test_a_picture_that_was_removed_is_made_again(gallery, engine):
    folder = gallery("--pairs 4")
    (folder / "pair-4-1-fine.png").unlink()
    engine.ran = []
    gallery("--pairs 4")
    assert engine.ran == [("rocket", "fine", FINE_STEPS)]


def test_another_recipe_of_that_name_is_run_again(gallery, engine, monkeypatch):
    gallery("--pairs 4")
    engine.ran = []
    monkeypatch.setattr(command, "_said", lambda *_: json.dumps({"rate": 3}))
    gallery("--pairs 4")
    assert len(engine.ran) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--pairs 1,7", "'7' is no pair; there are 1 to 6"),
        ("--recipes fine", "'fine' must be two recipes"),
        ("--size 4", "--size (4) must be at least 16"),
        ("--steps 0", "--steps (0) must be at least 1"),
    ],
)
def test_bad_options_are_one_line_and_exit_2(gallery, capsys, options, message):
    with pytest.raises(SystemExit) as exit:
        gallery(options)
    assert exit.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_an_unknown_recipe_is_bad_input(gallery, engine):
    with pytest.raises(BadInput, match="unknown"):
        gallery("--recipes fine,coarse")
    assert engine.ran == []


def test_a_model_that_is_not_whole_is_bad_input(gallery, tmp_path):
    with pytest.raises(BadInput, match="no whole model"):
        gallery(f"--model {tmp_path}")


def test_the_pictures_alone_can_be_written(gallery, engine):
    folder = gallery("--pairs 5 --pictures-only")
    written = sorted(it.name for it in (folder / "pictures").iterdir())
    assert written == ["camera.png", "dots.png"]
    assert Image.open(folder / "pictures" / "camera.png").mode == "RGB"
    assert engine.ran == []


def test_a_sheet_keeps_within_its_bytes(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
    for most in (20_000, 40_000):
        sheets.save(Image.fromarray(noise), tmp_path / "sheet.jpg", most)
        assert 0.7 * most < (tmp_path / "sheet.jpg").stat().st_size <= most
    assert [it.name for it in tmp_path.iterdir()] == ["sheet.jpg"]


def test_what_the_engine_refuses_is_bad_input(java):
    jar = REPOSITORY / "target" / "stylegraph.jar"
    assert json.loads(command._said(jar, "recipes", "--show", "fine", "--json"))["name"] == "fine"
    with pytest.raises(BadInput, match=r"^recipe \(coarse\) is unknown"):
        command._said(jar, "recipes", "--show", "coarse", "--json")


def test_of_the_sky_there_is_a_part_at_twice_its_size(tmp_path):
    sky = Image.open(pairs.content_of(pairs.PAIRS[5], tmp_path))
    assert sky.size == (640, 480)
    part = data.hubble_deep_field()[400:640, 680:1000]
    np.testing.assert_allclose(np.mean(sky, (0, 1)), part.mean(axis=(0, 1)), atol=1)
