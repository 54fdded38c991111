"""The simulation of a batch, against cases that can be worked out by hand."""

from dataclasses import replace

import pytest

from stylegraph_export.scale.cluster import Cluster, Policy
from stylegraph_export.scale.command import main
from stylegraph_export.scale.simulation import simulate
from stylegraph_export.scale.workload import Kind, jobs

# Nothing but the jobs themselves takes time.
BARE = Cluster(
    executors=2,
    plan_seconds=0,
    start_seconds=0,
    copied_bytes=0,
    dispatch_seconds=0,
    write_seconds=0,
    notice_seconds=10,
    replace_seconds=20,
    price_per_hour=3600,
)
IN_ORDER = Policy(longest_first=False)


def test_fills_all_slots():
    result = simulate([10.0] * 8, replace(BARE, slots=2), Policy(), 0)
    assert result.makespan == 20
    assert result.efficiency == 1
    assert result.cost == 2 * 20
    assert result.repeated == 0


def test_longest_first_does_not_end_with_a_long_job():
    seconds = [1.0] * 10 + [10.0]
    assert simulate(seconds, BARE, IN_ORDER, 0).makespan == 15
    assert simulate(seconds, BARE, Policy(), 0).makespan == 10


def test_start_and_copies_come_first():
    cluster = replace(
        BARE,
        start_seconds=5,
        copied_bytes=100,
        source_bytes_per_second=20,
        link_bytes_per_second=50,
    )
    assert simulate([1.0, 1.0], cluster, Policy(), 0).makespan == 100 / 10 + 5 + 1


def test_the_driver_plans_before_it_pays_for_executors():
    result = simulate([10.0] * 4, replace(BARE, plan_seconds=3), Policy(), 0)
    assert result.makespan == 4 * 3 + 20
    assert result.efficiency == 1
    assert result.cost == 2 * 20


def test_the_driver_hands_out_one_after_the_other():
    cluster = replace(BARE, executors=100, dispatch_seconds=2)
    assert simulate([1.0] * 100, cluster, Policy(), 0).makespan == 100 * 2 + 1


def test_slow_executors_take_their_factor():
    cluster = replace(BARE, slow_share=0.5, slow_factor=3)
    assert simulate([10.0, 10.0], cluster, Policy(), 0).makespan == 30


def test_a_second_attempt_overtakes_a_slow_one():
    cluster = replace(BARE, executors=10, slow_share=0.1, slow_factor=10)
    seconds = [10.0] * 10
    assert simulate(seconds, cluster, Policy(), 0).makespan == 100
    result = simulate(seconds, cluster, Policy(speculation=True), 0)
    assert result.makespan == 3 * 10 + 10
    assert result.repeated == 1
    assert result.wasted == 40


@pytest.mark.parametrize("seed", range(5))
def test_what_a_lost_executor_had_begun_is_done_again(seed):
    cluster = replace(BARE, lost_share=0.5)
    seconds = [10.0] * 4
    result = simulate(seconds, cluster, Policy(), seed)
    assert result.repeated == 1
    assert 0 < result.wasted <= 10
    # The other executor alone would have taken 40.
    assert 20 < result.makespan <= 40
    assert result.useful == 40


def test_no_job_is_lost_where_all_executors_are():
    cluster = replace(BARE, executors=5, lost_share=1, slots=3)
    result = simulate([7.0] * 60, cluster, Policy(speculation=True), 1)
    assert result.useful == 420
    assert result.capacity - result.wasted >= result.useful


def test_jobs_follow_shares_and_spread():
    kinds = (Kind("short", 3, 10, 0.5, 5), Kind("long", 1, 10, 5, 50))
    drawn = jobs(kinds, 4000, 0, 1)
    assert set(drawn) == {10, 100}
    assert drawn.count(10) == pytest.approx(3000, rel=0.05)
    assert len(set(jobs(kinds, 100, 0.1, 1))) == 100
    assert jobs(kinds, 100, 0.1, 1) == jobs(kinds, 100, 0.1, 1)


def test_the_command_prints_a_table(capsys):
    main(["--jobs", "200", "--executors", "20", "--rounds", "1", "--kind", "all:1:10:1:0"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("| 200 jobs | makespan, h |")
    cells = [cell.strip() for cell in lines[2].split("|")[1:-1]]
    assert cells[0] == "nothing goes wrong"
    assert float(cells[1]) == pytest.approx(200 * 10 / 20 / 3600, abs=0.02)
    assert len(lines) == 2 + 9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--jobs", "0"], "must be at least 1"),
        (["--kind", "a:1:2"], "NAME:SHARE:STEPS"),
        (["--start-seconds", "-1"], "zero or more"),
    ],
)
def test_refuses_what_cannot_be(arguments, message, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert message in capsys.readouterr().err
