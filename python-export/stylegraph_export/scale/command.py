"""The command line of the simulation."""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from stylegraph_export.cli import Parser

from .cluster import Cluster, Policy
from .simulation import Result, simulate
from .workload import Kind, jobs

# Seconds a step as BENCHMARKS.md and docs/scale.md have them, on two cores.
KINDS = (
    Kind("small", 0.6, 300, 0.46, 4.0),
    Kind("usual", 0.3, 300, 1.73, 5.2),
    Kind("large", 0.1, 300, 6.79, 12.0),
)
SPREAD = 0.05
SLOW_SHARE, LOST_SHARE = 0.05, 0.01
HEADER = "| {} | makespan, h | least | efficiency, % | repeated | wasted, h | cost a picture |"
ROW = "| {} | {:.2f} | {:.2f} | {:.1f} | {:.0f} | {:.2f} | {:.4f} |"


@dataclass(frozen=True)
class Scenario:
    """One row of the table."""

    name: str
    cluster: Cluster
    policy: Policy


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    options = _options(arguments)
    cluster = _cluster(options)
    kinds = options.kind or KINDS
    print(HEADER.format(f"{options.jobs} jobs"))
    print("| --- " + "| ---: " * 6 + "|")
    for scenario in _scenarios(cluster):
        print(_row(scenario, kinds, options))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="stylegraph_export.scale",
        description="Simulate a batch on a cluster of executors, from measured times of a step.",
    )
    parser.add_argument("--jobs", type=_positive, default=10_000, help="default: 10000")
    parser.add_argument("--rounds", type=_positive, default=5, help="draws a row (default: 5)")
    parser.add_argument("--spread", type=_not_negative, default=SPREAD, help="of the times' log")
    parser.add_argument(
        "--kind",
        type=_kind,
        action="append",
        metavar="NAME:SHARE:STEPS:STEP_SECONDS:OTHER_SECONDS",
        help="repeatable; default: three sizes of tf-eager on VGG19, two cores",
    )
    for field in fields(Cluster):
        parser.add_argument(
            "--" + field.name.replace("_", "-"),
            type=_positive if isinstance(field.default, int) else _not_negative,
            default=field.default,
            help=f"default: {field.default:g}",
        )
    return parser.parse_args(arguments)


def _cluster(options: argparse.Namespace) -> Cluster:
    return Cluster(**{field.name: getattr(options, field.name) for field in fields(Cluster)})


def _scenarios(cluster: Cluster) -> Iterator[Scenario]:
    slow = replace(cluster, slow_share=cluster.slow_share or SLOW_SHARE)
    lost = replace(cluster, lost_share=cluster.lost_share or LOST_SHARE)
    both = replace(lost, slow_share=slow.slow_share)
    first = Policy()
    yield Scenario("nothing goes wrong", cluster, first)
    yield Scenario(f"{slow.slow_share:.0%} slow", slow, first)
    yield Scenario(f"{lost.lost_share:.0%} lost", lost, first)
    yield Scenario("both", both, first)
    yield Scenario("both, second attempts", both, replace(first, speculation=True))
    yield Scenario("both, the manifest's order", both, replace(first, longest_first=False))
    for factor in (0.25, 4, 16):
        count = max(1, round(cluster.executors * factor))
        yield Scenario(f"both, {count} executors", replace(both, executors=count), first)


def _row(scenario: Scenario, kinds: tuple[Kind, ...], options: argparse.Namespace) -> str:
    results, least = [], []
    for seed in range(options.rounds):
        seconds = jobs(kinds, options.jobs, options.spread, seed)
        results.append(simulate(seconds, scenario.cluster, scenario.policy, seed))
        least.append(sum(seconds) / (scenario.cluster.executors * scenario.cluster.slots))

    def mean(value) -> float:
        return statistics.fmean(value(result) for result in results)

    def efficiency(result: Result) -> float:
        return 100 * result.efficiency

    return ROW.format(
        scenario.name,
        mean(lambda result: result.makespan) / 3600,
        statistics.fmean(least) / 3600,
        mean(efficiency),
        mean(lambda result: result.repeated),
        mean(lambda result: result.wasted) / 3600,
        mean(lambda result: result.cost) / options.jobs,
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} must be at least 1")
    return value


def _not_negative(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} must be zero or more")
    return value


def _kind(text: str) -> Kind:
    name, *numbers = text.split(":")
    if len(numbers) != 4:
        raise argparse.ArgumentTypeError(
            f"{text!r} must be NAME:SHARE:STEPS:STEP_SECONDS:OTHER_SECONDS"
        )
    share, steps, step_seconds, other_seconds = (_not_negative(it) for it in numbers)
    return Kind(name, share, round(steps), step_seconds, other_seconds)
