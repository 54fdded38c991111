package io.stylegraph.cli;

import com.google.common.math.IntMath;
import io.stylegraph.engine.PictureListener;
import io.stylegraph.engine.RunOptions;
import java.util.ArrayList;
import java.util.List;

/** Several who listen to a run's pictures, each after its own number of steps. */
final class PictureListeners {
  private final List<Interval> intervals = new ArrayList<>();

  private record Interval(int every, PictureListener listener) {}

  /** Adds one that hears of every so manieth step. */
  void add(int every, PictureListener listener) {
    intervals.add(new Interval(every, listener));
  }

  /** Lets them listen to a run. */
  RunOptions apply(RunOptions options) {
    int common = intervals.stream().mapToInt(Interval::every).reduce(0, IntMath::gcd);
    return options.withPictures(
        common,
        (step, picture) ->
            intervals.stream()
                .filter(it -> step % it.every() == 0)
                .forEach(it -> it.listener().onPicture(step, picture)));
  }
}
