package io.stylegraph.engine;

import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** What a run is fed for the targets of the content term; closes what it was given. */
final class ContentFeeds implements AutoCloseable {
  private final LossOps losses;
  private final boolean looking;
  private final TBool look;
  private final List<TFloat32> targets;

  private ContentFeeds(LossOps losses, boolean looking, List<TFloat32> targets) {
    this.losses = losses;
    this.looking = looking;
    look = TBool.scalarOf(looking);
    this.targets = targets;
  }

  /** For runs that take the targets from the picture that they see. */
  static ContentFeeds looking(LossOps losses) {
    return new ContentFeeds(
        losses,
        true,
        losses.contentFeeds().stream()
            .map(feed -> TFloat32.tensorOf(Shape.of(1, 1, 1, 1), it -> {}))
            .toList());
  }

  /** For runs that compare with these. */
  static ContentFeeds of(LossOps losses, List<TFloat32> targets) {
    return new ContentFeeds(losses, false, targets);
  }

  /** Whether it is for runs that take the targets from the picture that they see. */
  boolean isLooking() {
    return looking;
  }

  Session.Runner feed(Session.Runner runner) {
    for (int i = 0; i < targets.size(); i++) {
      runner.feed(losses.contentFeeds().get(i), targets.get(i));
    }
    return targets.isEmpty() ? runner : runner.feed(losses.look(), look);
  }

  @Override
  public void close() {
    look.close();
    targets.forEach(TFloat32::close);
  }
}
