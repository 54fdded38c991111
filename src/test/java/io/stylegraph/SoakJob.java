package io.stylegraph;

import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.tensorflow.types.TFloat32;

/**
 * One job of the soak: its number settles what kind it is, its recipe, sizes and steps. {@link
 * #run} throws an {@link AssertionError} if it does not end as its kind should.
 */
final class SoakJob {
  /** As many numbers in a row give every kind. */
  static final int KINDS = 16;

  /** Pictures above are refused. */
  static final long PIXELS = 40_000;

  private static final int[][] ODD_SIZES = {
    {33, 47}, {97, 61}, {45, 160}, {121, 83}, {150, 37},
    {77, 131}, {59, 59}, {141, 105}, {34, 90}, {111, 158}
  };

  private static final List<Recipe> RECIPES =
      List.of(
          Recipes.TF_EAGER,
          Recipes.SWIFT,
          Recipes.GATYS,
          Recipes.TF_TUTORIAL,
          Recipes.PYTORCH_TUTORIAL,
          Recipes.PYTORCH_WALKTHROUGH,
          Recipes.UDACITY,
          Recipes.STYLE_RECONSTRUCTION);

  private final Stylizer stylizer;
  private final Executor executor;
  private final int number;
  private final SplittableRandom random;
  private final Recipe recipe;

  SoakJob(Stylizer stylizer, Executor executor, int number) {
    this.stylizer = stylizer;
    this.executor = executor;
    this.number = number;
    random = new SplittableRandom(number);
    // The next recipe each time the kinds begin anew, so that all pairs come.
    recipe =
        RECIPES.get((number + number / KINDS) % RECIPES.size()).toBuilder()
            .steps(random.nextInt(2, 7))
            .build();
  }

  void run() throws IOException {
    switch (number % KINDS) {
      case 0 -> refused(PictureException.class, broken(), recipe);
      case 1 -> refused(PictureException.class, picture(1, 40, 0), recipe);
      case 2 -> refused(TooManyPixelsException.class, picture(201, 200, 0), recipe);
      case 3 -> refused(MissingLayersException.class, some(), foreign());
      case 4 -> refused(NonFiniteLossException.class, some(), exploding());
      case 5 -> listenerFails();
      case 6 -> cancelledByItsListener();
      case 7 -> deadline();
      case 8 -> interrupted();
      case 9 -> crowd();
      case 10 -> tensors();
      case 11 -> check(stylizer.evaluate(request(some(), recipe)).isFinite(), "losses");
      default -> finishes(request(some(), recipe));
    }
  }

  private void refused(Class<? extends Exception> error, PictureSource content, Recipe by) {
    try {
      stylizer.stylize(request(content, by));
    } catch (RuntimeException e) {
      if (error.isInstance(e)) {
        return;
      }
      throw e;
    }
    throw new AssertionError(describe() + " should have ended with " + error.getSimpleName());
  }

  private void listenerFails() {
    IllegalStateException own = new IllegalStateException("a listener's own");
    try {
      stylizer.stylize(
          request(some(), recipe),
          RunOptions.none()
              .withListener(
                  report -> {
                    throw own;
                  }));
    } catch (IllegalStateException e) {
      check(e == own, "the listener's own exception");
      return;
    }
    throw new AssertionError(describe() + " should have ended with its listener's exception");
  }

  private void cancelledByItsListener() {
    CancellationToken token = new CancellationToken();
    RunOptions options =
        RunOptions.none()
            .withCancellation(token)
            .withPictures(1, (step, picture) -> token.cancel());
    StyleTransferResult result = stylizer.stylize(request(some(), recipe), options);
    check(
        result.stopReason() == StopReason.CANCELLED || result.stopReason() == StopReason.CONVERGED,
        "the stop reason cancelled, not " + result.stopReason());
  }

  private void deadline() {
    StyleTransferResult result =
        stylizer.stylize(
            request(some(), recipe.toBuilder().steps(50_000).build()),
            RunOptions.none().withDeadline(Instant.now().plusMillis(300)));
    check(
        result.stopReason() == StopReason.DEADLINE || result.stopReason() == StopReason.CONVERGED,
        "the stop reason deadline, not " + result.stopReason());
  }

  /** Before its first step, or already while it waits for other jobs. */
  private void interrupted() {
    Thread.currentThread().interrupt();
    try {
      StyleTransferResult result = stylizer.stylize(request(some(), recipe));
      check(result.stopReason() == StopReason.CANCELLED, "the stop reason cancelled");
    } catch (JobNotStartedException e) {
      check(e.reason() == JobNotStartedException.Reason.INTERRUPTED, "the reason interrupted");
    } finally {
      check(Thread.interrupted(), "the thread's interrupt flag");
    }
  }

  /** Three more at once than there are places: one is cancelled, one has no time, one finishes. */
  private void crowd() {
    CompletableFuture<StyleTransferResult> cancelled = async(RunOptions.none());
    CompletableFuture<StyleTransferResult> late =
        async(RunOptions.none().withDeadline(Instant.now().plusMillis(20)));
    CompletableFuture<StyleTransferResult> patient = async(RunOptions.none());
    cancelled.cancel(true);
    try {
      cancelled.join();
      throw new AssertionError(describe() + " should have been cancelled");
    } catch (CancellationException e) {
      check(patient.join().losses().isFinite(), "losses");
    }
    try {
      check(late.join().stopReason() != StopReason.NON_FINITE_LOSS, "losses");
    } catch (CompletionException e) {
      check(e.getCause() instanceof JobNotStartedException, "no start, not " + e.getCause());
    }
  }

  private CompletableFuture<StyleTransferResult> async(RunOptions options) {
    return stylizer.stylizeAsync(request(some(), recipe), options, executor);
  }

  private void tensors() throws IOException {
    StyleTransferResult result;
    try (TFloat32 content = PictureTensors.tensor(some().read())) {
      result = stylizer.stylize(request(PictureSource.of(content, "tensor"), recipe));
    }
    try (TFloat32 made = result.tensor()) {
      check(made.shape().get(3) == 3, "three channels");
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    result.write(png, OutputFormat.PNG);
    PictureSource.of(new ByteArrayInputStream(png.toByteArray()), "its PNG").read();
  }

  private void finishes(StyleTransferRequest request) {
    StyleTransferResult result = stylizer.stylize(request);
    check(result.losses().isFinite(), "losses");
    check(result.stopReason() != StopReason.CANCELLED, "an end of its own");
  }

  private StyleTransferRequest request(PictureSource content, Recipe by) {
    return StyleTransferRequest.of(content, some(1)).withRecipe(by).withSize(0).withSeed(number);
  }

  /** Of sides that come again, as a service's do, and of some that do not. */
  /** One of 35 sizes: oneDNN keeps code for each size that it ever saw. */
  private PictureSource some() {
    return some(0);
  }

  /** Likewise; a style of the content's size must not be the content. */
  private PictureSource some(int seed) {
    int[] odd = ODD_SIZES[random.nextInt(ODD_SIZES.length)];
    return number % 3 == 0
        ? picture(odd[0], odd[1], seed)
        : picture(32 * random.nextInt(1, 6), 32 * random.nextInt(1, 6), seed);
  }

  private static PictureSource picture(int width, int height, int seed) {
    Picture picture = TinyModel.picture(width, height, seed);
    return PictureSource.of(picture, "%dx%d".formatted(width, height));
  }

  private static PictureSource broken() {
    return PictureSource.of(TinyModel.folder().resolve("manifest.json"));
  }

  private Recipe foreign() {
    return recipe.toBuilder().styleLayers(List.of(new LayerWeight("conv99", 1))).build();
  }

  private Recipe exploding() {
    return Recipes.TF_EAGER.toBuilder().styleWeight(1e38).contentWeight(1e38).steps(2).build();
  }

  private void check(boolean holds, String expected) {
    if (!holds) {
      throw new AssertionError(describe() + ": expected " + expected);
    }
  }

  private String describe() {
    return "job %d (kind %d, %s)".formatted(number, number % KINDS, recipe.name());
  }
}
