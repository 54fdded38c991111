package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.BusyException;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.JobNotStartedException.Reason;
import io.stylegraph.progress.CancellationToken;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate alone, with 1000 bytes of memory of which jobs need 100 together. */
@Timeout(30)
class JobGateTest {
  private static final LongConsumer ANY = available -> {};

  private final JobGate gate = gate(1, 2);
  private final List<String> order = new CopyOnWriteArrayList<>();

  @Test
  void jobs_wait_for_a_place_and_get_it_in_the_order_they_came() throws Exception {
    JobGate.Place first = enter(RunOptions.none());
    Job second = waiting("second", RunOptions.none());
    Job third = waiting("third", RunOptions.none());
    assertThat(order).isEmpty();
    first.close();
    second.join();
    third.join();
    assertThat(order).containsExactly("second", "third");
  }

  @Test
  void one_more_than_may_wait_is_refused() throws Exception {
    JobGate.Place first = enter(RunOptions.none());
    waiting("second", RunOptions.none());
    Job third = waiting("third", RunOptions.none());
    BusyException refusal =
        catchThrowableOfType(BusyException.class, () -> enter(RunOptions.none()));
    assertThat(refusal.running()).isEqualTo(1);
    assertThat(refusal.waiting()).isEqualTo(2);
    assertThat(refusal).hasMessage("1 jobs run and 2 wait; try again later");
    first.close();
    third.join();
    enter(RunOptions.none()).close();
  }

  @Test
  void nobody_waits_where_none_may() {
    JobGate strict = gate(1, 0);
    JobGate.Place first = strict.enter(RunOptions.none());
    assertThatThrownBy(() -> strict.enter(RunOptions.none())).isInstanceOf(BusyException.class);
    first.close();
    strict.enter(RunOptions.none()).close();
  }

  @Test
  void a_waiting_job_leaves_when_it_is_cancelled() throws Exception {
    JobGate.Place first = enter(RunOptions.none());
    CancellationToken token = new CancellationToken();
    Job second = waiting("second", RunOptions.none().withCancellation(token));
    Job third = waiting("third", RunOptions.none());
    token.cancel();
    assertThat(second.refusal()).isEqualTo(Reason.CANCELLED);
    first.close();
    third.join();
    assertThat(order).containsExactly("third");
  }

  @Test
  void a_waiting_job_leaves_when_its_deadline_passes() throws Exception {
    enter(RunOptions.none());
    RunOptions late = RunOptions.none().withDeadline(Instant.now().plusMillis(50));
    assertThat(new Job("late", gate, late, 1).refusal()).isEqualTo(Reason.DEADLINE);
    RunOptions farAway = RunOptions.none().withDeadline(Instant.MAX);
    Job second = waiting("far away", farAway);
    second.interrupt();
    assertThat(second.refusal()).isEqualTo(Reason.INTERRUPTED);
  }

  @Test
  void a_waiting_job_leaves_when_its_thread_is_interrupted_and_keeps_the_flag() throws Exception {
    enter(RunOptions.none());
    Job second = waiting("second", RunOptions.none());
    second.interrupt();
    assertThat(second.refusal()).isEqualTo(Reason.INTERRUPTED);
    assertThat(second.keptInterrupt).isTrue();
  }

  @Test
  void a_job_that_need_not_wait_is_let_in_however_late_it_is() {
    CancellationToken token = new CancellationToken();
    token.cancel();
    RunOptions late = RunOptions.none().withCancellation(token).withDeadline(Instant.EPOCH);
    try (JobGate.Place place = enter(late)) {
      assertThat(place.options().cancellation().isCancelled()).isTrue();
    }
  }

  @Test
  void memory_is_waited_for_in_order_by_those_with_a_place() throws Exception {
    JobGate three = gate(3, 0);
    JobGate.Place first = three.enter(RunOptions.none());
    first.reserve(500, ANY);
    // The small one would fit beside the first, but not beside the large one.
    Job large = new Job("large", three, RunOptions.none(), 600).awaitWaiting();
    Job small = new Job("small", three, RunOptions.none(), 400).awaitWaiting();
    assertThat(order).isEmpty();
    first.close();
    large.join();
    small.join();
    assertThat(order).containsExactly("large", "small");
  }

  @Test
  void a_job_that_never_fits_is_refused_while_others_run() {
    JobGate two = gate(2, 0);
    JobGate.Place first = two.enter(RunOptions.none());
    first.reserve(500, ANY);
    IllegalStateException never = new IllegalStateException("never");
    try (JobGate.Place second = two.enter(RunOptions.none())) {
      assertThatThrownBy(
              () ->
                  second.reserve(
                      2000,
                      available -> {
                        assertThat(available).isEqualTo(1000);
                        throw never;
                      }))
          .isSameAs(never);
    }
    first.close();
    two.enter(RunOptions.none()).close();
  }

  @Test
  void a_closed_gate_ends_all_and_lets_nobody_in() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    Job inside = new Job("inside", gate, RunOptions.none(), 500, cancelled).awaitWaiting();
    Job second = waiting("second", RunOptions.none());
    gate.close();
    assertThat(order).containsExactly("inside");
    assertThat(second.refusal()).isEqualTo(Reason.CLOSED);
    assertThatThrownBy(() -> enter(RunOptions.none()))
        .isInstanceOf(JobNotStartedException.class)
        .hasMessageContaining("the stylizer is closed");
    gate.close();
  }

  @Test
  void a_job_cannot_close_the_gate_behind_itself() {
    try (JobGate.Place place = enter(RunOptions.none())) {
      assertThatThrownBy(gate::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wait for that very job");
      assertThat(place.options().cancellation().isCancelled()).isFalse();
    }
    gate.close();
  }

  private JobGate.Place enter(RunOptions options) {
    return gate.enter(options);
  }

  private Job waiting(String name, RunOptions options) throws InterruptedException {
    return new Job(name, gate, options, 1).awaitWaiting();
  }

  private static JobGate gate(int concurrentJobs, int waitingJobs) {
    return new JobGate(
        new StylizerLimits(concurrentJobs, waitingJobs, 1), new JobMemory(100, () -> 1000));
  }

  /** A thread that enters, reserves, notes its name, and leaves. */
  private final class Job extends Thread {
    private final JobGate gate;
    private final RunOptions options;
    private final long bytes;
    private final CountDownLatch stay;
    private final AtomicReference<JobNotStartedException> refusal = new AtomicReference<>();
    private volatile boolean keptInterrupt;

    Job(String name, JobGate gate, RunOptions options, long bytes) {
      this(name, gate, options, bytes, new CountDownLatch(0));
    }

    /** Leaves when {@code stay} is counted down, which it is when the job is cancelled. */
    Job(String name, JobGate gate, RunOptions options, long bytes, CountDownLatch stay) {
      super(name);
      this.gate = gate;
      this.options = options;
      this.bytes = bytes;
      this.stay = stay;
      start();
    }

    @Override
    public void run() {
      try (JobGate.Place place = gate.enter(options)) {
        place.options().cancellation().onCancel(stay::countDown);
        place.reserve(bytes, ANY);
        stay.await();
        order.add(getName());
      } catch (JobNotStartedException e) {
        refusal.set(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      keptInterrupt = isInterrupted();
    }

    Job awaitWaiting() throws InterruptedException {
      while (getState() != State.WAITING && getState() != State.TIMED_WAITING) {
        Thread.sleep(1);
      }
      return this;
    }

    Reason refusal() throws InterruptedException {
      join();
      return refusal.get().reason();
    }
  }
}
