package io.stylegraph.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run: each replaces the one before. One that cannot be written is no reason
 * to lose what the run has done: that is said, and the run goes on.
 */
interface Checkpoints {
  /** Saves if the step is one after which that was asked for. */
  void saveIfDue(int step, Supplier<RunState> state);

  /** Saves if the step was not saved yet. */
  void save(int step, Supplier<RunState> state);

  /** Those that the options ask for. */
  static Checkpoints of(RunOptions options, Supplier<RunIdentity> identity) {
    return options
        .checkpoint()
        .<Checkpoints>map(file -> new InFile(file, options.checkpointEvery(), identity.get()))
        .orElseGet(None::new);
  }

  /** None at all. */
  record None() implements Checkpoints {
    @Override
    public void saveIfDue(int step, Supplier<RunState> state) {}

    @Override
    public void save(int step, Supplier<RunState> state) {}
  }

  /** In a file. */
  final class InFile implements Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final Path file;
    private final int every;
    private final RunIdentity identity;
    private int saved;

    InFile(Path file, int every, RunIdentity identity) {
      this.file = file;
      this.every = every;
      this.identity = identity;
    }

    @Override
    public void saveIfDue(int step, Supplier<RunState> state) {
      if (step % every == 0) {
        save(step, state);
      }
    }

    @Override
    public void save(int step, Supplier<RunState> state) {
      if (step == saved) {
        return;
      }
      try {
        CheckpointWriter.write(file, identity, state.get());
        saved = step;
      } catch (IOException e) {
        LOG.warn(
            "the checkpoint of step {} cannot be written ({}); the run goes on without it",
            step,
            e.toString());
      }
    }
  }
}
