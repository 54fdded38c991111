"""The bench: with stand-ins for the contenders, and the TensorFlow tutorial's loop itself."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time

import numpy as np
import pytest
from conftest import REPOSITORY
from PIL import Image

from stylegraph_export.bench import command, contenders, convergence, figures, process, rounds
from stylegraph_export.bench import job as job_module
from stylegraph_export.bench.contenders import TUTORIAL, Contender
from stylegraph_export.bench.process import Run
from stylegraph_export.cli import BadInput, ExportError
from stylegraph_export.reference import pictures
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.systems import SYSTEMS
from stylegraph_export.reference.tensorflow_run import TensorflowRun

# Writes a log of steps that take the given seconds, and notes that it was there.
STAND_IN = """
import json, pathlib, sys
calls, total, *durations = sys.argv[1:sys.argv.index("--log")]
pathlib.Path(calls).open("a").write(sys.argv[-1] + "\\n")
seconds = 0
with open(sys.argv[-1], "w") as log:
    for step, duration in enumerate(map(float, durations), 1):
        seconds += duration
        print(json.dumps({"step": step, "total": float(total), "seconds": seconds}), file=log)
"""


def script(text, *arguments):
    return (sys.executable, "-c", text, *map(str, arguments))


def run_of(*durations, first=1.0, memory=10**9, total=5.0):
    return Run([total] * len(durations), list(np.cumsum(durations)), first, memory)


@pytest.fixture
def stand_in(tmp_path):
    """A contender by name whose steps take the given seconds."""

    def of(name, *durations, total=100.0, precision="fp32"):
        text = script(STAND_IN, tmp_path / "calls", total, *durations)
        return Contender(name, name.upper(), text, precision=precision)

    return of


@pytest.fixture
def bench(tmp_path, tiny_model, photograph, monkeypatch):
    """Runs the command line with these contenders."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho some version\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    jar = tmp_path / "engine.jar"
    jar.touch()

    def run(*taking_part, options="", load=0.25):
        monkeypatch.setattr(contenders.shutil, "which", lambda _: str(java))
        monkeypatch.setattr(command, "contenders", lambda *_: list(taking_part))
        monkeypatch.setattr(command.os, "getloadavg", lambda: (load, 0, 0))
        monkeypatch.setattr(command, "_output", lambda *_: "off\n")
        content, style = photograph("chelsea", (40, 40)), photograph("coffee", (100, 60))
        command.main(
            f"--model {tiny_model} --content {content} --style {style} --jar {jar} --size 64 "
            f"--output {tmp_path / 'out'} {options}".split()
        )
        return json.loads((tmp_path / "out" / "report.json").read_text())

    return run


def test_contenders_take_turns_after_a_warm_up(stand_in, tmp_path, capsys):
    pair = [stand_in("a", 1, 1, 1), stand_in("b", 1, 1, 1)]
    runs = rounds.alternate(pair, 2, tmp_path / "logs", process.run)
    calls = [line.split("/")[-1] for line in (tmp_path / "calls").read_text().splitlines()]
    assert calls == [f"{name}-{number}.jsonl" for number in range(3) for name in "ab"]
    assert {name: len(of) for name, of in runs.items()} == {"a": 2, "b": 2}
    said = re.findall("== (.*)", capsys.readouterr().err)
    assert said[0] == "warm-up: a" and said[-1] == "round 2/2: b"


def test_a_step_is_the_median_after_the_first_two():
    assert figures.step_seconds(run_of(9, 7, 1, 2, 4)) == pytest.approx(2)


def test_summary_and_ratios():
    tutorial = figures.summary(
        [run_of(9, 9, step, first=step + 1, memory=step * 100) for step in (4, 2, 3)]
    )
    assert tutorial["secondsPerStep"] == pytest.approx({"median": 3, "min": 2, "max": 4})
    assert tutorial["secondsToFirstStep"] == {"median": 4, "min": 3, "max": 5}
    assert tutorial["peakMemoryBytes"] == {"median": 300, "min": 200, "max": 400}
    assert tutorial["stepsPerSecond"] == pytest.approx(1 / 3)
    other = figures.summary([run_of(1, 1, 1.5, first=1, memory=600)])
    assert figures.ratios(other, tutorial) == pytest.approx(
        {"secondsPerStep": 0.5, "secondsToFirstStep": 0.25, "peakMemoryBytes": 2}
    )


@pytest.mark.parametrize(
    "precision, total, agrees",
    [
        ("fp32", 100.09, True),
        ("fp32", 100.2, False),
        ("bf16", 100.9, True),
        ("bf16", 102, False),
        ("fp32", float("nan"), False),
    ],
)
def test_other_losses_are_refused(stand_in, tmp_path, precision, total, agrees):
    taking_part = [stand_in("a"), stand_in("b", precision=precision)]
    totals = {"a": 100.0, "b": total}

    def run(contender, log):
        return run_of(1, 1, 1, total=totals[contender.name])

    if agrees:
        assert len(rounds.alternate(taking_part, 1, tmp_path, run)["b"]) == 1
    else:
        with pytest.raises(ExportError, match=r"^b begins at a loss of .*, a at 100; more than"):
            rounds.alternate(taking_part, 1, tmp_path, run)


def test_a_failure_is_named_with_its_last_line(tmp_path):
    contender = Contender("b", "B", script("import sys; print('one'); sys.exit('the end\\n')"))
    with pytest.raises(ExportError, match=r"^b ended with 1: the end \(all .*b\.txt\)$"):
        process.run(contender, tmp_path / "b.jsonl")


def test_a_failure_after_the_first_step(stand_in, tmp_path):
    good = stand_in("b", 1, 1)
    text = good.command[2] + "\nsys.exit('late')"
    contender = Contender("b", "B", (*good.command[:2], text, *good.command[3:]))
    with pytest.raises(ExportError, match="b ended with 1: late"):
        process.run(contender, tmp_path / "b.jsonl")


def test_a_process_without_a_log_has_failed(tmp_path):
    with pytest.raises(ExportError, match="b ended with 0: it printed nothing"):
        process.run(Contender("b", "B", script("pass")), tmp_path / "b.jsonl")


def test_what_a_process_did_is_measured(tmp_path):
    late = (
        "import sys, time, os; time.sleep(0.3)\n"
        'line = \'{"step": 1, "total": %s, "seconds": 2}\\n\' % os.environ["LOSS"]\n'
        "open(sys.argv[-1], 'w').write(line)"
    )
    contender = Contender("b", "B", script(late), {"LOSS": "7"})
    log = tmp_path / "b.jsonl"
    log.write_text("an old one's\n")
    done = process.run(contender, log)
    assert (done.totals, done.ends) == ([7], [2])
    assert done.seconds_to_first_step > 0.3


def test_peak_memory_is_the_contenders_own(tmp_path):
    # From a process of its own, as what this one holds would count.
    program = (
        "import sys, pathlib\n"
        "from stylegraph_export.bench import contenders, process\n"
        f"log = pathlib.Path({str(tmp_path / 'a.jsonl')!r})\n"
        "for size in (0, 200_000_000):\n"
        "    hold = (f\"import sys; held = b'x' * {size}; \"\n"
        '        "open(sys.argv[-1], \'w\').write(\'{\\"total\\": 1, \\"seconds\\": 1}\\\\n\')")\n'
        "    it = contenders.Contender('a', 'A', (sys.executable, '-c', hold))\n"
        "    print(process.run(it, log).peak_memory_bytes)\n"
    )
    said = subprocess.check_output(script(program), cwd=REPOSITORY / "python-export", text=True)
    without, held = map(int, said.split())
    assert held > 200_000_000
    assert without < 100_000_000


def test_ctrl_c_ends_the_contender_too(tmp_path):
    pid = tmp_path / "pid"
    program = (
        "import sys, pathlib\n"
        "from stylegraph_export import cli\n"
        "from stylegraph_export.bench import contenders, process\n"
        "sleep = 'import os, pathlib, time; "
        f'pathlib.Path("{pid}").write_text(str(os.getpid())); time.sleep(60)\'\n'
        "it = contenders.Contender('a', 'A', (sys.executable, '-c', sleep))\n"
        f"cli.run(lambda: process.run(it, pathlib.Path('{tmp_path}/a.jsonl')))\n"
    )
    bench = subprocess.Popen(
        script(program), cwd=REPOSITORY / "python-export", stderr=subprocess.PIPE, text=True
    )
    while not (pid.exists() and pid.read_text()):
        assert bench.poll() is None
        time.sleep(0.02)
    bench.send_signal(signal.SIGINT)
    _, said = bench.communicate(timeout=30)
    assert (bench.returncode, said) == (130, "cancelled\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_tensorflow_decides_on_onednn_itself(monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    assert "TF_ENABLE_ONEDNN_OPTS" not in process.environment({})
    assert process.environment({"TF_ENABLE_ONEDNN_OPTS": "1"})["TF_ENABLE_ONEDNN_OPTS"] == "1"


def names(tmp_path, onednn, bfloat16, torch=None):
    given = job_module.Job(*(tmp_path,) * 4, 3, tmp_path, torch)
    return [it.name for it in contenders.contenders(given, onednn, bfloat16)]


def test_who_takes_part(tmp_path, monkeypatch):
    monkeypatch.setattr(contenders.platform, "machine", lambda: "x86_64")
    loop = "torch-tutorial-loop"
    assert names(tmp_path, True, False) == [TUTORIAL, "engine-fp32"]
    assert names(tmp_path, False, True, tmp_path) == [
        *(TUTORIAL, f"{TUTORIAL}-onednn", loop, f"{loop}-channels-last"),
        *(f"{loop}-bf16", f"{loop}-channels-last-bf16", "engine-fp32", "engine-bf16"),
    ]
    monkeypatch.setattr(contenders.platform, "machine", lambda: "aarch64")
    assert names(tmp_path, False, False) == [TUTORIAL, "engine-fp32"]


@pytest.mark.parametrize(
    "flags, has", [("fma avx512_bf16", True), ("amx_bf16", True), ("avx512f", False)]
)
def test_bfloat16_by_the_processors_flags(flags, has, tmp_path):
    (tmp_path / "cpuinfo").write_text(f"processor : 0\nflags\t\t: fpu {flags}\n")
    assert contenders.has_bfloat16(tmp_path / "cpuinfo") is has
    assert contenders.has_bfloat16(tmp_path / "none") is False


def test_the_report(bench, stand_in, tmp_path, capsys, tiny_model):
    found = bench(stand_in(TUTORIAL, 5, 5, 2, 2), stand_in("<b>", 5, 5, 1, 1), options="--rounds 2")
    assert found["job"] == {
        **{"model": tiny_model.name, "recipe": "tf-eager", "width": 64, "height": 48},
        **{"steps": 10, "rounds": 2, "stepsNotCounted": 2},
    }
    assert set(found["machine"]) == {"cpu", "cores", "memoryBytes", "system"}
    assert set(found["versions"]) >= {"python", "tensorflow", "stylegraph", "java"}
    assert found["settings"] == {"oneDNNByDefault": False, "loadBefore": 0.25}
    tutorial, other = found["contenders"]
    assert tutorial["ofTutorial"]["secondsPerStep"] == 1
    assert other["secondsPerStep"] == {"median": 1, "min": 1, "max": 1}
    assert other["ofTutorial"]["secondsPerStep"] == 0.5
    assert len(other["rounds"]) == 2
    assert other["rounds"][0]["ends"] == [5, 10, 11, 12]
    assert other["rounds"][0]["totals"] == [100] * 4
    assert "convergence" not in found
    for name in ("content", "style"):
        assert Image.open(tmp_path / "out" / f"{name}.png").size == (64, 48)
    assert "| <B> | 1.000 (1.000-1.000) | 0.50 | 1.00 |" in capsys.readouterr().out
    page = (tmp_path / "out" / "index.html").read_text()
    assert "&lt;B&gt;" in page and "<B>" not in page
    assert not re.findall(r'(?:src|href)="|url\(', page)


def test_width_and_height(bench, stand_in):
    job = bench(stand_in(TUTORIAL, 5, 5, 2), options="--rounds 1 --size 80x32")["job"]
    assert (job["width"], job["height"]) == (80, 32)


def test_a_busy_machine_is_warned_of(bench, stand_in, capsys):
    for load, warned in ((0.25, False), (3.0, True)):
        found = bench(stand_in(TUTORIAL, 5, 5, 2), options="--rounds 1", load=load)
        assert found["settings"]["loadBefore"] == load
        assert ("warning: other programs keep 3.0 cores busy" in capsys.readouterr().err) is warned


def test_the_report_of_convergence(bench, stand_in, tmp_path, monkeypatch, capsys):
    recipes = [
        {
            **{"recipe": "quick", "curve": [(2.0, 50), (3.0, 8)], "secondsToTarget": 3.0},
            "picture": "there.png",
        },
        {"recipe": "slow", "curve": [], "secondsToTarget": None},
    ]
    totals = [100, 20, 10, 11]
    published = {
        **{"steps": 4, "totals": totals, "lowest": 10, "pictureByReference": 10.1},
        "picture": "published.png",
    }
    (tmp_path / "out").mkdir()
    for name in ("there.png", "published.png"):
        Image.new("RGB", (4, 4)).save(tmp_path / "out" / name)
    part = {"published": published, "saveEvery": 1, "recipes": recipes}
    monkeypatch.setattr(command.convergence, "reference", lambda _: None)
    monkeypatch.setattr(command.convergence, "converge", lambda *_: part)
    found = bench(stand_in(TUTORIAL, 5, 5, 2), options="--rounds 1 --convergence")["convergence"]
    # The lowest is the third picture's, there when the second step ends, two seconds a step.
    (peer,) = found["contenders"]
    assert peer["name"] == TUTORIAL
    assert 2 < peer["secondsToTarget"] < 5
    printed = capsys.readouterr().out
    ratio = 3 / peer["secondsToTarget"]
    assert f"| Stylegraph, quick | 3.0 | {ratio:.3f} |" in printed
    assert "| Stylegraph, slow | not reached |  |" in printed
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.count("<polyline") == 3
    assert page.count('src="data:image/png;base64,') == page.count("<img ") == 2


def test_the_report_of_growth(bench, stand_in, tmp_path, monkeypatch, capsys):
    def engine(job, bfloat16):
        precisions = ("fp32", "bf16") if bfloat16 else ("fp32",)
        width = Image.open(job.content).width
        return [
            stand_in(precision, *(1, 1, width / 64, width / 64), precision=precision)
            for precision in precisions
        ]

    monkeypatch.setattr(command.growth, "engine_contenders", engine)
    monkeypatch.setattr(command.growth, "SIZES", (64, 128))
    monkeypatch.setattr(command, "has_bfloat16", lambda: True)
    found = bench(stand_in(TUTORIAL, 5, 5, 2), options="--rounds 1 --growth")["growth"]
    assert [(line["width"], line["height"], line["precision"]) for line in found] == [
        *((64, 48, "fp32"), (64, 48, "bf16"), (128, 96, "fp32"), (128, 96, "bf16"))
    ]
    assert [line["secondsPerStep"] for line in found] == [1, 1, 2, 2]
    assert found[2]["secondsPerMegapixel"] == pytest.approx(2 / (128 * 96 / 1e6))
    assert all(line["peakMemoryBytes"] > 1e6 for line in found)
    assert "| 128x96 | fp32 | 2.000 | 162.76 |" in capsys.readouterr().out
    svg = (tmp_path / "out" / "growth.svg").read_text()
    assert svg.count("<polyline") == 4 and svg.count("<circle") == 8
    assert svg.strip() in (tmp_path / "out" / "index.html").read_text()


def test_bad_settings_are_one_line(bench, capsys):
    for options, line in (
        ("--steps 2", "--steps (2) must be at least 3"),
        ("--rounds 0", "--rounds (0) must be at least 1"),
        ("--save-every 0", "--save-every (0) must be at least 1"),
        ("--size 5e2", "argument --size: 5e2 must be a width, or both as in 512x384"),
        ("--size 20", "argument --size: 20 leaves a side below 16 pixels"),
    ):
        with pytest.raises(SystemExit) as ended:
            bench(options=options)
        assert ended.value.code == 2
        assert capsys.readouterr().err == f"error: {line} (see --help)\n"
    with pytest.raises(BadInput, match="holds no whole model"):
        bench(options="--model nowhere")
    with pytest.raises(BadInput, match="with --recipe tf-eager alone"):
        bench(options="--convergence --recipe tf-tutorial")
    with pytest.raises(BadInput, match="No closing quotation"):
        bench(options="--convergence --recipes 'a")


def test_time_to_the_published_loss(tmp_path):
    for name in ("content", "style"):
        Image.new("RGB", (4, 4)).save(tmp_path / f"{name}.png")
    (tmp_path / "manifest.json").touch()
    pair = (tmp_path / "content.png", tmp_path / "style.png")
    given = job_module.Job(tmp_path, tmp_path, *pair, 3, tmp_path)
    # The published run, then a recipe whose pictures at 2, 4 and 6 are ever brighter.
    published = Run([9, 5, 4, 6], [1, 2, 3, 4], 3.0, 1)
    recipe = Run([0] * 6, [1, 2, 3, 5, 6, 7], 3.5, 1)
    commands = []

    def run(contender, log):
        commands.append(contender.command)
        output = contender.command[contender.command.index("--output") + 1]
        files = [output]
        if "--save-every" in contender.command:
            files = [output.replace(".png", f"-{step:06}.png") for step in (2, 4, 6)]
        for number, file in enumerate(files):
            Image.new("RGB", (4, 4), (number,) * 3).save(file)
        return recipe if "--save-every" in contender.command else published

    plan = convergence.Plan(4, ("tf-eager --optimizer lbfgs",), 2)
    part = convergence.converge(given, plan, run, lambda pixels: [7, 4, 1][pixels.max()])
    assert part["published"]["lowest"] == 4
    assert part["published"]["pictureByReference"] == 7
    (found,) = part["recipes"]
    # Past the first step's end it took 1 second to the second's, 4 to the fourth's.
    assert found["curve"] == [(4.5, 7), (7.5, 4)]
    assert found["secondsToTarget"] == 7.5
    assert (tmp_path / found["picture"]).name == "result-000004.png"
    assert " ".join(commands[1]).count("--recipe tf-eager --optimizer lbfgs --save-every 2") == 1

    # The published recipe runs once for the same inputs.
    again = convergence.converge(given, plan, run, lambda pixels: [7, 4, 1][pixels.max()])
    assert again == part
    assert len(commands) == 3
    other = convergence.Plan(5, (), 2)
    assert convergence.converge(given, other, run, lambda _: 7)["published"]["steps"] == 5
    assert len(commands) == 4

    peer = {"secondsToFirstStep": {"median": 10}, "secondsPerStep": {"median": 2}}
    times = convergence.times(published.totals, peer)
    assert times == [0, 10, 12, 14]
    assert convergence.seconds_to(4, zip(times, published.totals)) == 12
    assert convergence.seconds_to(3, zip(times, published.totals)) is None


@pytest.mark.parametrize("recipe", job_module.RECIPES)
def test_the_tutorials_loop_is_the_recipe(recipe, tiny_model, photograph):
    from stylegraph_export.bench.cases import CASES
    from stylegraph_export.bench.tf_tutorial_loop import Tutorial

    content = pictures.read(photograph("chelsea", (32, 24)))
    style = pictures.read(photograph("coffee", (40, 28)))
    expected = []
    reference = TensorflowRun(SYSTEMS[recipe], Backbone(tiny_model), content, style)
    reference.optimise(content, 3, lambda _, terms: expected.append(terms.total))
    tutorial = Tutorial(Backbone(tiny_model), content, style, CASES[recipe])
    totals = [float(tutorial.train_step()) for _ in range(3)]
    np.testing.assert_allclose(totals, expected, rtol=1e-4)


def test_the_loops_command_line(tiny_model, photograph, tmp_path):
    from stylegraph_export.bench import tf_tutorial_loop

    content, style = photograph("chelsea", (32, 24)), photograph("coffee", (40, 28))
    tf_tutorial_loop.main(
        f"--model {tiny_model} --content {content} --style {style} --steps 3 "
        "--recipe tf-eager "
        f"--log {tmp_path / 'log'}".split()
    )
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3]
    assert 0 < lines[0]["seconds"] < lines[2]["seconds"]
