package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.Recipe;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/** One session with the weights, and the objectives built in it so far. */
final class NetworkSession {
  /** More cores than these, and small pictures do not keep all of them busy. */
  private static final int CORES_A_RUN = 8;

  private final Backbone backbone;
  private final Graph graph = new Graph();
  private final Session session;
  private final Map<ObjectiveKind, Objective> objectives = new HashMap<>();
  private final Semaphore turns;
  private int users;
  private boolean retired;

  /** Opens it and reads the weights. */
  NetworkSession(Backbone backbone, Compute compute) {
    this.backbone = backbone;
    turns = new Semaphore(Math.max(1, compute.threads() / CORES_A_RUN), true);
    backbone.importRestore(graph);
    session = new Session(graph, false, compute.sessionConfig());
    try {
      backbone.restore(session);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the objective is there or one more may be built. */
  boolean hasRoom(Recipe recipe, int guidedRegions, boolean temporal, Compute compute, int most) {
    return objectives.size() < most
        || objectives.containsKey(
            ObjectiveKind.of(recipe, guidedRegions, temporal, compute.precision()));
  }

  Objective objective(Recipe recipe, int guidedRegions, boolean temporal, Compute compute) {
    return objectives.computeIfAbsent(
        ObjectiveKind.of(recipe, guidedRegions, temporal, compute.precision()),
        kind -> build(recipe, guidedRegions, temporal, compute));
  }

  void use() {
    users++;
  }

  /** Ends one use; the last one of a retired session closes it. */
  void release() {
    users--;
    closeIfUnused();
  }

  /** Closes it as soon as nobody uses it. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  private Objective build(Recipe recipe, int guidedRegions, boolean temporal, Compute compute) {
    ObjectiveGraph built =
        new ObjectiveGraph(backbone, recipe, guidedRegions, temporal, compute.bf16());
    String prefix = "objective_" + objectives.size();
    compute.importExecutable(graph, built.definition(), prefix);
    return new Objective(session, backbone, built.ops().under(prefix), turns);
  }

  private void closeIfUnused() {
    if (retired && users == 0) {
      close();
    }
  }

  private void close() {
    session.close();
    graph.close();
  }
}
