"""What a batch runs on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cluster:
    """A driver and its executors.

    Attributes:
        executors: how many.
        slots: jobs that one computes at once.
        plan_seconds: of the driver for a job, which reads and hashes its inputs before it asks for
            executors.
        start_seconds: until an executor's JVM and TensorFlow are up and the model is loaded,
            without what it copies.
        copied_bytes: that each executor fetches first: jars and model.
        source_bytes_per_second: what the place that they are fetched from gives to all together.
        link_bytes_per_second: what one executor takes at most.
        dispatch_seconds: of the driver for a task; it hands out one after the other.
        write_seconds: for the files of one job, in its slot.
        slow_share: of the executors that are slow throughout.
        slow_factor: by how much.
        lost_share: of the executors that are lost, once, at any time while there is work.
        notice_seconds: until the driver knows: heartbeats that stay away.
        replace_seconds: until another machine is there in its place, before its start.
        price_per_hour: of one executor's machine, in whatever currency.
    """

    executors: int = 100
    slots: int = 1
    plan_seconds: float = 0.0025
    start_seconds: float = 6.0
    copied_bytes: float = 305e6
    source_bytes_per_second: float = 1.25e9
    link_bytes_per_second: float = 125e6
    dispatch_seconds: float = 0.005
    write_seconds: float = 0.08
    slow_share: float = 0.0
    slow_factor: float = 2.0
    lost_share: float = 0.0
    notice_seconds: float = 120.0
    replace_seconds: float = 60.0
    price_per_hour: float = 0.1

    def copy_seconds(self, at_once: int) -> float:
        """How long so many executors take that fetch at the same time."""
        each = min(self.link_bytes_per_second, self.source_bytes_per_second / at_once)
        return self.copied_bytes / each


@dataclass(frozen=True)
class Policy:
    """How the driver hands out jobs.

    Attributes:
        longest_first: by estimate; otherwise in the manifest's order.
        speculation: whether a second attempt begins for a job that takes long.
        quantile: of the jobs that must be done before that.
        multiplier: of the median that a job must have taken.
    """

    longest_first: bool = True
    speculation: bool = False
    quantile: float = 0.9
    multiplier: float = 3.0
