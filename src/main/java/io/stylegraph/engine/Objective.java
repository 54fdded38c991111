package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** An objective in a session. It keeps nothing of a job and may be used from several threads. */
final class Objective {
  /** The caller's own thread hands out the ops, so that jobs do not wait for one another's. */
  private static final RunOptions OWN_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Session session;
  private final ObjectiveOps ops;
  private final Semaphore turns;

  /**
   * An objective.
   *
   * @param turns one for each run that may go on at the same time
   */
  Objective(Session session, ObjectiveOps ops, Semaphore turns) {
    this.session = session;
    this.ops = ops;
    this.turns = turns;
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

  ObjectiveOps ops() {
    return ops;
  }

  /** A run that nothing was asked of yet. */
  Session.Runner runner() {
    return session.runner().setOptions(OWN_THREAD);
  }

  /** The Gram matrices of a style picture, one a layer; the caller closes them. */
  List<TFloat32> grams(Picture picture, PixelSpace pixels) {
    return look(ops.looking(), ops.grams(), picture, pixels);
  }

  /** The targets that {@code losses} take of a content picture, likewise. */
  List<TFloat32> contentTargets(LossOps losses, Picture picture, PixelSpace pixels) {
    return look(losses, losses.kept(), picture, pixels);
  }

  private List<TFloat32> look(
      LossOps losses, List<String> wanted, Picture picture, PixelSpace pixels) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    try (TFloat32 seen = tensor(losses, picture, pixels);
        ContentFeeds looking = ContentFeeds.looking(losses)) {
      Session.Runner runner = looking.feed(runner().feed(losses.picture(), seen));
      wanted.forEach(runner::fetch);
      return tensors(run(runner), 0);
    }
  }

  /** A picture as the placeholder of {@code losses} takes it; the caller closes it. */
  TFloat32 tensor(LossOps losses, Picture picture, PixelSpace pixels) {
    boolean inBytes = ops.exact().filter(losses::equals).isPresent();
    return Tensors.of(
        Tensors.shape(picture), inBytes ? picture.rgb() : pixels.fromBytes(picture.rgb()));
  }

  /** Those of a run's results that come after the first few; the caller closes them. */
  static List<TFloat32> tensors(Result result, int from) {
    List<TFloat32> tensors = new ArrayList<>();
    for (int i = from; i < result.size(); i++) {
      tensors.add((TFloat32) result.get(i));
    }
    return tensors;
  }
}
