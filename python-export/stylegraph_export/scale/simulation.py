"""Plays a batch through, event by event, by the rules of Spark's scheduler."""

import heapq
import random
import statistics
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from .cluster import Cluster, Policy


@dataclass(frozen=True)
class Result:
    """What a batch came to.

    Attributes:
        makespan: seconds from the start to the last result.
        useful: seconds of computing that ended in a result, at the usual speed.
        capacity: seconds that all slots were there, or asked for.
        wasted: seconds of attempts that gave none: lost ones, and those that came second.
        repeated: how many attempts those were.
        machine_hours: that were paid for.
        cost: of those hours.
    """

    makespan: float
    useful: float
    capacity: float
    wasted: float
    repeated: int
    machine_hours: float
    cost: float

    @property
    def efficiency(self) -> float:
        return self.useful / self.capacity


@dataclass
class _Executor:
    factor: float
    running: dict[int, "_Attempt"] = field(default_factory=dict)
    up: bool = True


@dataclass
class _Attempt:
    job: int
    executor: _Executor
    begun: float
    gone: bool = False


def simulate(seconds: list[float], cluster: Cluster, policy: Policy, seed: int) -> Result:
    """Runs jobs, given by their seconds at the usual speed, to the last one."""
    return _Batch(seconds, cluster, policy, random.Random(seed)).run()


class _Batch:
    def __init__(self, seconds, cluster, policy, draw):
        self.seconds, self.cluster, self.policy, self.draw = seconds, cluster, policy, draw
        order = range(len(seconds))
        if policy.longest_first:
            order = sorted(order, key=lambda job: -seconds[job])
        self.waiting = deque(order)
        self.open = set(order)
        self.took = []
        self.attempts = {job: [] for job in order}
        self.events, self.ties = [], count()
        self.planned = cluster.plan_seconds * len(seconds)
        self.driver_free = self.planned
        self.free = []
        self.wasted, self.repeated = 0.0, 0
        self.look_booked = False

    def run(self) -> Result:
        cluster = self.cluster
        slow = round(cluster.slow_share * cluster.executors)
        lost = round(cluster.lost_share * cluster.executors)
        ready = self.planned + cluster.copy_seconds(cluster.executors) + cluster.start_seconds
        work = sum(self.seconds) / (cluster.executors * cluster.slots)
        executors = [
            _Executor(cluster.slow_factor if number < slow else 1.0)
            for number in range(cluster.executors)
        ]
        self.draw.shuffle(executors)
        for executor in executors:
            self._at(ready, self._join, executor)
        for executor in self.draw.sample(executors, lost):
            self._at(ready + self.draw.uniform(0, work), self._lose, executor)
        now = 0.0
        while self.open:
            now, _, happen, argument = heapq.heappop(self.events)
            happen(now, argument)
        return self._result(now)

    def _result(self, makespan: float) -> Result:
        cluster = self.cluster
        there = makespan - self.planned
        hours = cluster.executors * there / 3600
        return Result(
            makespan=makespan,
            useful=sum(self.seconds),
            capacity=cluster.executors * cluster.slots * there,
            wasted=self.wasted,
            repeated=self.repeated,
            machine_hours=hours,
            cost=hours * cluster.price_per_hour,
        )

    def _at(self, time, happen, argument):
        heapq.heappush(self.events, (time, next(self.ties), happen, argument))

    def _join(self, now, executor):
        self.free.extend([executor] * self.cluster.slots)
        self._hand_out(now)

    def _hand_out(self, now):
        self.free = [executor for executor in self.free if executor.up]
        while self.free:
            job = self._next(now)
            if job is None:
                return
            self._begin(now, job, self.free.pop(0))

    def _next(self, now):
        if self.waiting:
            return self.waiting.popleft()
        return self._speculative(now) if self.policy.speculation else None

    def _speculative(self, now):
        """A job that has taken long and has one attempt; books a later look if there is none."""
        if len(self.took) < self.policy.quantile * len(self.seconds):
            return None
        limit = self.policy.multiplier * statistics.median(self.took)
        single = [
            attempts[0]
            for job, attempts in self.attempts.items()
            if job in self.open and len(attempts) == 1
        ]
        if not single:
            return None
        oldest = min(single, key=lambda attempt: attempt.begun)
        if now - oldest.begun >= limit:
            return oldest.job
        if not self.look_booked:
            self.look_booked = True
            self._at(oldest.begun + limit, self._look, None)
        return None

    def _look(self, now, _):
        self.look_booked = False
        self._hand_out(now)

    def _begin(self, now, job, executor):
        self.driver_free = max(now, self.driver_free) + self.cluster.dispatch_seconds
        attempt = _Attempt(job, executor, self.driver_free)
        executor.running[id(attempt)] = attempt
        self.attempts[job].append(attempt)
        takes = self.seconds[job] * executor.factor + self.cluster.write_seconds
        self._at(attempt.begun + takes, self._end, attempt)

    def _end(self, now, attempt):
        if attempt.gone:
            return
        self.open.discard(attempt.job)
        self.took.append(now - attempt.begun)
        self._drop(attempt)
        self.free.append(attempt.executor)
        for second in list(self.attempts[attempt.job]):
            self._waste(now, second)
            self.free.append(second.executor)
        self._hand_out(now)

    def _lose(self, now, executor):
        """It falls silent; what ran there begins again once that is noticed."""
        executor.up = False
        for attempt in list(executor.running.values()):
            self._waste(now, attempt)
            if not self.attempts[attempt.job]:
                self._at(now + self.cluster.notice_seconds, self._again, attempt.job)
        cluster = self.cluster
        back = cluster.replace_seconds + cluster.copy_seconds(1) + cluster.start_seconds
        replacement = _Executor(1.0)
        self._at(now + cluster.notice_seconds + back, self._join, replacement)

    def _again(self, now, job):
        self.waiting.appendleft(job)
        self._hand_out(now)

    def _waste(self, now, attempt):
        self.wasted += max(0.0, now - attempt.begun)
        self.repeated += 1
        self._drop(attempt)

    def _drop(self, attempt):
        attempt.gone = True
        attempt.executor.running.pop(id(attempt))
        self.attempts[attempt.job].remove(attempt)
