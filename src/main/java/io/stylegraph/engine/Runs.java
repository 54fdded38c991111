package io.stylegraph.engine;

import java.util.concurrent.Semaphore;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;

/** A session's runs, which may be asked for from several threads. */
final class Runs {
  /** The caller's own thread hands out the ops, so that jobs do not wait for one another's. */
  private static final RunOptions OWN_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Session session;
  private final Semaphore turns;

  /**
   * Those of a session.
   *
   * @param turns one for each run that may go on at the same time
   */
  Runs(Session session, Semaphore turns) {
    this.session = session;
    this.turns = turns;
  }

  /** A run that nothing was asked of yet. */
  Session.Runner runner() {
    return session.runner().setOptions(OWN_THREAD);
  }

  /**
   * Does a run when its turn has come, first come first served: a run uses all cores, so that two
   * at the same time would take twice as long and twice the memory.
   */
  Result run(Session.Runner runner) {
    turns.acquireUninterruptibly();
    try {
      return runner.run();
    } finally {
      turns.release();
    }
  }
}
