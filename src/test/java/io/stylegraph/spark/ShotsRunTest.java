package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.film.FilmListener;
import io.stylegraph.film.FilmShot;
import io.stylegraph.progress.CancellationToken;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotsRunTest {
  @TempDir private Path folder;

  @Test
  void frames_that_were_painted_where_the_driver_has_none_are_told_of() {
    FilmShot shot = new FilmShot("key", "clip.mkv", 10, 5, "{}", 20, 10, folder.toString());
    ShotsRun run = new ShotsRun(List.of(shot), FilmListener.NONE);
    CancellationToken cancellation = new CancellationToken();
    assertThatThrownBy(() -> run.isWhole(cancellation))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            "1 of 1 shots are not whole; frames 11 to 15 were painted, but not in this machine's "
                + folder
                + ": name a film that all machines reach; what is painted stays, run the same"
                + " command to go on");
    cancellation.cancel();
    assertThat(run.isWhole(cancellation)).isFalse();
  }
}
