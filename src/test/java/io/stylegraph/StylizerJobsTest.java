package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.BusyException;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many jobs on one stylizer, from several threads. */
@Timeout(60)
class StylizerJobsTest {
  private static final int ENDLESS = 100_000;

  private final Stylizer stylizer =
      Stylizer.load(TinyModel.folder(), new StylizerLimits(1, 1, 10_000));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    stylizer.close();
    threads.shutdownNow();
  }

  @Test
  void jobs_at_the_same_time_give_what_they_give_alone() {
    try (Stylizer two = Stylizer.load(TinyModel.folder())) {
      List<StyleTransferRequest> requests =
          List.of(
              request(Recipes.DEFAULT, 3, 34, 32),
              request(Recipes.GATYS, 4, 48, 33),
              request(Recipes.PYTORCH_TUTORIAL, 3, 40, 50));
      List<CompletableFuture<StyleTransferResult>> futures = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        futures.add(two.stylizeAsync(requests.get(i % 3), RunOptions.none(), threads));
      }
      for (int i = 0; i < 9; i++) {
        float[] alone = two.stylize(requests.get(i % 3)).picture().rgb();
        assertThat(futures.get(i).join().picture().rgb()).isEqualTo(alone);
      }
    }
  }

  @Test
  void no_more_run_at_once_than_may() {
    try (Stylizer two = Stylizer.load(TinyModel.folder())) {
      AtomicInteger running = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      RunOptions counted =
          RunOptions.none()
              .withListener(
                  report -> {
                    if (report.step() == 1) {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    }
                    if (report.step() == report.steps()) {
                      running.decrementAndGet();
                    }
                  });
      List<CompletableFuture<StyleTransferResult>> futures = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        futures.add(two.stylizeAsync(request(Recipes.DEFAULT, 5, 34, 32), counted, threads));
      }
      futures.forEach(CompletableFuture::join);
      assertThat(most.get()).isBetween(1, 2);
    }
  }

  @Test
  void a_deadline_ends_a_run_with_its_best_picture() {
    StyleTransferResult result =
        stylizer.stylize(
            request(Recipes.DEFAULT, ENDLESS, 34, 32),
            RunOptions.none().withDeadline(Instant.now().plusMillis(200)));
    assertThat(result.stopReason()).isEqualTo(StopReason.DEADLINE);
    assertThat(result.picture().width()).isEqualTo(34);
  }

  @Test
  void a_cancelled_future_ends_its_run_within_a_step() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    RunOptions options =
        RunOptions.none()
            .withListener(
                report -> {
                  steps.incrementAndGet();
                  started.countDown();
                  Uninterruptibles.awaitUninterruptibly(cancelled);
                });
    CompletableFuture<StyleTransferResult> future =
        stylizer.stylizeAsync(request(Recipes.DEFAULT, ENDLESS, 34, 32), options, threads);
    started.await();
    assertThat(future.cancel(true)).isTrue();
    cancelled.countDown();
    stylizer.stylize(request(Recipes.DEFAULT, 1, 34, 32));
    assertThat(steps.get()).isEqualTo(1);
  }

  @Test
  void a_future_cancelled_before_its_turn_never_runs() {
    Queue<Runnable> queue = new ArrayDeque<>();
    AtomicInteger steps = new AtomicInteger();
    CompletableFuture<StyleTransferResult> future =
        stylizer.stylizeAsync(
            request(Recipes.DEFAULT, 1, 34, 32),
            RunOptions.none().withListener(report -> steps.incrementAndGet()),
            queue::add);
    future.cancel(false);
    queue.remove().run();
    assertThat(steps.get()).isZero();
  }

  @Test
  void the_callers_token_ends_a_future_with_the_best_picture() {
    CancellationToken token = new CancellationToken();
    StyleTransferResult result =
        stylizer
            .stylizeAsync(
                request(Recipes.DEFAULT, ENDLESS, 34, 32),
                RunOptions.none().withCancellation(token).withListener(report -> token.cancel()),
                threads)
            .join();
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.steps()).isEqualTo(1);
  }

  @Test
  void a_future_fails_with_the_typed_error() {
    CompletableFuture<StyleTransferResult> future =
        stylizer.stylizeAsync(request(Recipes.DEFAULT, 1, 15, 40), RunOptions.none(), threads);
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(PictureException.class);
  }

  @Test
  void an_interrupted_thread_ends_its_run_and_stays_interrupted() {
    Thread.currentThread().interrupt();
    StyleTransferResult result = stylizer.stylize(request(Recipes.DEFAULT, 5, 34, 32));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
  }

  @Test
  void close_cancels_the_running_and_the_waiting_and_refuses_the_next() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    StyleTransferRequest endless = request(Recipes.DEFAULT, ENDLESS, 34, 32);
    CompletableFuture<StyleTransferResult> running =
        stylizer.stylizeAsync(
            endless, RunOptions.none().withListener(report -> started.countDown()), threads);
    started.await();
    CompletableFuture<StyleTransferResult> waiting =
        stylizer.stylizeAsync(endless, RunOptions.none(), threads);
    untilBusy(endless);
    stylizer.close();
    assertThat(running.join().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(JobNotStartedException.class);
    assertThatThrownBy(() -> stylizer.stylize(endless)).isInstanceOf(JobNotStartedException.class);
    assertThatThrownBy(() -> stylizer.prepare(endless)).isInstanceOf(JobNotStartedException.class);
    assertThatThrownBy(() -> stylizer.check(endless)).isInstanceOf(JobNotStartedException.class);
    stylizer.close();
  }

  @Test
  void a_listener_cannot_close_its_own_stylizer() {
    RunOptions closing = RunOptions.none().withListener(report -> stylizer.close());
    assertThatThrownBy(() -> stylizer.stylize(request(Recipes.DEFAULT, 5, 34, 32), closing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stylizer.stylize(request(Recipes.DEFAULT, 1, 34, 32)).steps()).isEqualTo(1);
  }

  @Test
  void failures_give_their_place_back() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> stylizer.stylize(request(Recipes.DEFAULT, 1, 15, 40)))
          .isInstanceOf(PictureException.class);
      assertThatThrownBy(() -> stylizer.stylize(request(Recipes.DEFAULT, 1, 101, 100)))
          .isInstanceOf(TooManyPixelsException.class);
    }
    assertThat(stylizer.stylize(request(Recipes.DEFAULT, 1, 34, 32)).steps()).isEqualTo(1);
  }

  @Test
  void limits_are_checked() {
    assertThatThrownBy(() -> StylizerLimits.DEFAULT.withConcurrentJobs(0))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("concurrentJobs (0) must be from 1 to 100000");
    assertThatThrownBy(() -> StylizerLimits.DEFAULT.withWaitingJobs(-1))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> StylizerLimits.DEFAULT.withPixels(0))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("pixels (0) must be positive");
  }

  /** The one place is taken and the one waiting job waits. */
  private void untilBusy(StyleTransferRequest request) throws InterruptedException {
    RunOptions leaving = RunOptions.none().withDeadline(Instant.EPOCH);
    while (true) {
      try {
        stylizer.stylize(request, leaving);
      } catch (BusyException e) {
        return;
      } catch (JobNotStartedException e) {
        Thread.sleep(1);
      }
    }
  }

  private static StyleTransferRequest request(Recipe recipe, int steps, int width, int height) {
    return StyleTransferRequest.of(
            PictureSource.of(TinyModel.picture(width, height, 1), "content"),
            PictureSource.of(TinyModel.picture(40, 33, 2), "style"))
        .withRecipe(recipe.toBuilder().steps(steps).build());
  }
}
