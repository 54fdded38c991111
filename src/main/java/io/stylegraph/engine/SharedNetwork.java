package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A backbone in TensorFlow, shared by all runs on it: one copy of the weights, and the graph of
 * each kind of objective built once. Safe for use from several threads.
 *
 * <p>TensorFlow's graphs grow and never shrink. Of more than {@value #MAX_OBJECTIVES} kinds of
 * objective a new session begins, with the weights read anew; the old one ends with its last run.
 */
public final class SharedNetwork implements AutoCloseable {
  /**
   * One for each kind among the recipes there are. On a CPU each holds its filters in oneDNN's own
   * layout, as many bytes as the weights up to its deepest layer.
   */
  static final int MAX_OBJECTIVES = 8;

  private final Backbone backbone;

  /** By device and threads. */
  private final Map<Compute, NetworkSession> sessions = new HashMap<>();

  private boolean closed;

  /** A network of which nothing is loaded yet. */
  public SharedNetwork(Backbone backbone) {
    this.backbone = backbone;
  }

  /** What it was made of. */
  public Backbone backbone() {
    return backbone;
  }

  /**
   * The objective of a recipe, built if it is the first of its kind.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   * @param temporal whether it is of a film's frames
   * @throws IllegalStateException after {@link #close}
   */
  synchronized Lease<Objective> lease(
      Recipe recipe, int guidedRegions, boolean temporal, Compute compute) {
    NetworkSession session =
        session(
            compute, it -> it.hasRoom(recipe, guidedRegions, temporal, compute, MAX_OBJECTIVES));
    return new Lease<>(session, session.objective(recipe, guidedRegions, temporal, compute));
  }

  /**
   * Likewise of one that is computed in tiles. The style pictures are looked at in float32.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized Lease<TiledStyles> lease(
      Recipe recipe, int guidedRegions, Compute compute, TilePlan tiles) {
    Compute exact = compute.with(Precision.FP32);
    NetworkSession session =
        session(
            compute, it -> it.hasRoom(recipe, guidedRegions, compute, tiles.cut(), MAX_OBJECTIVES));
    return new Lease<>(
        session,
        new TiledStyles(
            backbone,
            session.tiled(recipe, guidedRegions, exact, tiles.cut()),
            session.tiled(recipe, guidedRegions, compute, tiles.cut()),
            tiles.core()));
  }

  private NetworkSession session(Compute compute, Predicate<NetworkSession> hasRoom) {
    if (closed) {
      throw new IllegalStateException("the network is closed");
    }
    Compute key = compute.with(Precision.FP32);
    NetworkSession session = sessions.computeIfAbsent(key, this::open);
    if (!hasRoom.test(session)) {
      session.retire();
      session = open(key);
      sessions.put(key, session);
    }
    return session;
  }

  /** Lets go of the weights, at once or with the last run that uses them. */
  @Override
  public synchronized void close() {
    closed = true;
    sessions.values().forEach(NetworkSession::retire);
    sessions.clear();
  }

  private NetworkSession open(Compute compute) {
    return new NetworkSession(backbone, compute);
  }

  private synchronized void release(NetworkSession session) {
    session.release();
  }

  /**
   * An objective in use; its session stays open until this is closed.
   *
   * @param <T> its form
   */
  final class Lease<T> implements AutoCloseable {
    private final NetworkSession session;
    private final T objective;
    private boolean released;

    private Lease(NetworkSession session, T objective) {
      this.session = session;
      this.objective = objective;
      session.use();
    }

    T objective() {
      return objective;
    }

    @Override
    public void close() {
      if (!released) {
        released = true;
        release(session);
      }
    }
  }
}
