package io.stylegraph.examples;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A queue of jobs on an executor of our own, with the progress of each. Takes the model's folder,
 * the output folder, the style picture, and any number of content pictures.
 */
final class JobQueueWithProgress implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final int SHOW_EVERY = 25;

  private final Stylizer stylizer;
  private final ExecutorService executor = Executors.newFixedThreadPool(WORKERS);

  JobQueueWithProgress(Path model) {
    // The executor's own queue is the one that waits.
    stylizer = Stylizer.load(model, StylizerLimits.DEFAULT.withConcurrentJobs(WORKERS));
  }

  /** Puts a job in line; the token ends it, with its best picture if it has begun. */
  CompletableFuture<StyleTransferResult> submit(
      String name, StyleTransferRequest request, CancellationToken token) {
    RunOptions options =
        RunOptions.none().withListener(report -> show(name, report)).withCancellation(token);
    return stylizer.stylizeAsync(request, options, executor);
  }

  private static void show(String name, StepReport report) {
    if (report.step() % SHOW_EVERY == 0) {
      System.out.printf(
          "%s: step %d of %d, %.0f s left, loss %.3g%n",
          name, report.step(), report.steps(), report.secondsLeft(), report.losses().total());
    }
  }

  /** Ends the jobs that run and those in line. */
  @Override
  public void close() {
    executor.shutdown();
    stylizer.close();
  }

  public static void main(String[] args) {
    PictureSource style = PictureSource.of(Path.of(args[2]));
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (var queue = new JobQueueWithProgress(Path.of(args[0]))) {
      for (String content : List.of(args).subList(3, args.length)) {
        var request =
            StyleTransferRequest.of(PictureSource.of(Path.of(content)), style).withSize(256);
        var shorter = request.withRecipe(request.recipe().toBuilder().steps(50).build());
        Path output = Path.of(args[1]).resolve(Path.of(content).getFileName());
        all.add(
            queue
                .submit(content, shorter, new CancellationToken())
                .thenAccept(result -> result.write(output)));
      }
      all.forEach(JobQueueWithProgress::await);
    }
  }

  private static void await(CompletableFuture<Void> job) {
    try {
      job.join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof StylegraphException refusal)) {
        throw e;
      }
      System.out.println(refusal.getMessage());
    }
  }
}
