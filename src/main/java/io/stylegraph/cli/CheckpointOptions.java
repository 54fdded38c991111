package io.stylegraph.cli;

import io.stylegraph.engine.Checkpoint;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of runs that are to outlive their process. */
final class CheckpointOptions {
  private static final Set<StopReason> DONE =
      EnumSet.of(StopReason.COMPLETED, StopReason.CONVERGED);
  private static final Set<StopReason> STOPPED =
      EnumSet.of(StopReason.CANCELLED, StopReason.DEADLINE);

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Save the run's state every N steps and where it is stopped; removed when it is done.")
  private @Nullable Integer every;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Where to. Default: the output's name with .checkpoint after it.")
  private @Nullable Path file;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from a checkpoint; all other options as they were.")
  private @Nullable Path resume;

  /** The file to go on from, if one is given. */
  Optional<Path> resume() {
    return Optional.ofNullable(resume);
  }

  /**
   * The last step that was done before this run.
   *
   * @throws io.stylegraph.error.CheckpointException if there is no such checkpoint
   */
  OptionalInt resumedStep() {
    return resume == null ? OptionalInt.empty() : OptionalInt.of(Checkpoint.read(resume).step());
  }

  /** Refuses a file that cannot be written. */
  void check(OutputFiles files, Path output) {
    if (every == null && file != null) {
      throw new InvalidSettingException(
          "checkpoint", "checkpoint (%s) needs --checkpoint-every N too".formatted(file));
    }
    if (every != null) {
      Settings.inRange("checkpointEvery", every, 1, Recipe.MAX_STEPS);
    }
    // A run may go on in the file that it goes on from.
    written(output).filter(it -> !isResumed(it)).ifPresent(it -> files.file("checkpoint", it));
  }

  /** Asks a run for checkpoints, and to go on from one; what a killed one left is cleaned up. */
  RunOptions apply(RunOptions options, Path output) {
    RunOptions asked =
        written(output).map(it -> options.withCheckpoints(interval(), it)).orElse(options);
    if (resume == null) {
      return asked;
    }
    PictureWriter.clean(output);
    return asked.withResume(resume);
  }

  /** Removes the checkpoint of a run whose picture is written, or says how to go on. */
  void finish(StopReason reason, Path output, PrintWriter err) {
    Optional<Path> checkpoint = written(output).filter(Files::exists);
    if (DONE.contains(reason)) {
      checkpoint.ifPresent(CheckpointOptions::remove);
    } else if (STOPPED.contains(reason)) {
      checkpoint.ifPresent(it -> err.println("stylegraph: to go on, add --resume " + it));
    }
  }

  private static void remove(Path checkpoint) {
    try {
      Files.delete(checkpoint);
    } catch (IOException e) {
      throw new RunFailedException(
          "checkpoint (%s) cannot be removed (%s); remove it yourself".formatted(checkpoint, e), e);
    }
  }

  private boolean isResumed(Path path) {
    try {
      return resume != null && Files.exists(path) && Files.isSameFile(path, resume);
    } catch (IOException e) {
      return false;
    }
  }

  private int interval() {
    return every == null ? 1 : every;
  }

  private Optional<Path> written(Path output) {
    if (every == null) {
      return Optional.empty();
    }
    return Optional.of(
        file == null ? output.resolveSibling(output.getFileName() + ".checkpoint") : file);
  }
}
