package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.film.FilmListener;
import io.stylegraph.progress.Losses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShotProgressTest {
  private final List<String> heard = new ArrayList<>();
  private final ShotProgress progress =
      new ShotProgress(
          new FilmListener() {
            @Override
            public void onStep(int frame, Losses losses) {
              heard.add("step %.0f".formatted(losses.total()));
            }

            @Override
            public void onFrame(int frame) {
              heard.add("frame " + frame);
            }

            @Override
            public void onKept(int frames) {
              heard.add("kept " + frames);
            }
          });

  @Test
  void what_was_done_between_two_heartbeats_is_passed_on_one_by_one() {
    progress.hear(count(2, 1, 2));
    progress.hear(count(2, 3, 3));
    progress.hear(count(2, 3, 3));
    assertThat(heard)
        .containsExactly(
            "kept 2", "step 2", "step 2", "frame 12", "step 3", "frame 13", "frame 14");
  }

  @Test
  void a_frame_counts_once_whoever_paints_it() {
    progress.hear(count(0, 2, 5));
    heard.clear();
    // The next attempt finds a frame that was never told of.
    progress.hear(count(3, 0, 1));
    progress.hear(count(3, 0, 2));
    progress.hear(ShotCount.begun(10, 4));
    assertThat(heard).containsExactly("step 1", "frame 12", "step 2", "frame 13");
  }

  @Test
  void shots_do_not_mix() {
    progress.hear(count(1, 0, 1));
    progress.hear(ShotCount.begun(20, 3));
    assertThat(heard).containsExactly("kept 1", "step 1", "kept 3");
  }

  private static ShotCount count(int kept, int painted, int steps) {
    return new ShotCount(10, kept, painted, steps, new Losses(steps, 0, 0, 0));
  }
}
