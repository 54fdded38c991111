package io.stylegraph.spark;

import com.google.common.collect.Sets;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.JobNotStartedException.Reason;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.OutputCommitCoordinator;

/**
 * Of several attempts at one task, one alone may write: the first that asks Spark's driver. The
 * others wait until that one has ended, and with it they, or is lost, and it is their turn. An
 * executor that has lost its driver writes nothing.
 */
final class CommitRight {
  private static final long MILLIS_BETWEEN = 200;

  /** The attempts of this process that have it; the driver gives it to each once. */
  private static final Set<Long> HELD = Sets.newConcurrentHashSet();

  private CommitRight() {}

  /** Returns when this thread's task may write. */
  static void await() {
    TaskContext task = TaskContext.get();
    try {
      while (!HELD.contains(task.taskAttemptId()) && !isGiven(task)) {
        Thread.sleep(MILLIS_BETWEEN);
      }
      HELD.add(task.taskAttemptId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobNotStartedException(Reason.INTERRUPTED);
    }
  }

  private static boolean isGiven(TaskContext task) {
    OutputCommitCoordinator coordinator = SparkEnv.get().outputCommitCoordinator();
    return coordinator.canCommit(
        task.stageId(), task.stageAttemptNumber(), task.partitionId(), task.attemptNumber());
  }
}
