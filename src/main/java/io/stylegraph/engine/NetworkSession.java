package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
  private final Map<TiledKind, TiledNetwork> tiled = new HashMap<>();
  private final Runs runs;
  private int users;
  private boolean retired;

  /** Opens it and reads the weights. */
  NetworkSession(Backbone backbone, Compute compute) {
    this.backbone = backbone;
    backbone.importRestore(graph);
    session = new Session(graph, false, compute.sessionConfig());
    runs = new Runs(session, new Semaphore(Math.max(1, compute.threads() / CORES_A_RUN), true));
    try {
      backbone.restore(session);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the objective is there or one more may be built. */
  boolean hasRoom(Recipe recipe, int guidedRegions, boolean temporal, Compute compute, int most) {
    return objectives.size() + tiled.size() < most
        || objectives.containsKey(
            ObjectiveKind.of(recipe, guidedRegions, temporal, compute.precision()));
  }

  Objective objective(Recipe recipe, int guidedRegions, boolean temporal, Compute compute) {
    return objectives.computeIfAbsent(
        ObjectiveKind.of(recipe, guidedRegions, temporal, compute.precision()),
        kind -> build(recipe, guidedRegions, temporal, compute));
  }

  /** Likewise of one in tiles, which is two where it is not in float32. */
  boolean hasRoom(Recipe recipe, int guidedRegions, Compute compute, NetworkCut cut, int most) {
    return objectives.size() + tiled.size() + 1 < most
        || tiled.containsKey(TiledKind.of(recipe, guidedRegions, compute, cut));
  }

  TiledNetwork tiled(Recipe recipe, int guidedRegions, Compute compute, NetworkCut cut) {
    return tiled.computeIfAbsent(
        TiledKind.of(recipe, guidedRegions, compute, cut),
        kind -> build(recipe, guidedRegions, compute, cut));
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

  private record TiledKind(ObjectiveKind kind, Optional<String> cut) {
    static TiledKind of(Recipe recipe, int guidedRegions, Compute compute, NetworkCut cut) {
      Precision precision = compute.bf16() ? Precision.BF16 : Precision.FP32;
      return new TiledKind(ObjectiveKind.of(recipe, guidedRegions, false, precision), cut.op());
    }
  }

  private TiledNetwork build(Recipe recipe, int guidedRegions, Compute compute, NetworkCut cut) {
    String tilePrefix = "tile_" + tiled.size();
    String headPrefix = "head_" + tiled.size();
    TileGraph tile = new TileGraph(cut, recipe, guidedRegions, it -> tilePrefix + "/" + it);
    HeadGraph head =
        new HeadGraph(cut, recipe, guidedRegions, backbone.units(), it -> headPrefix + "/" + it);
    compute.importExecutable(graph, tile.definition(), tilePrefix);
    compute.importExecutable(graph, head.definition(), headPrefix);
    return new TiledNetwork(cut, runs, tile.ops(), head.ops());
  }

  private Objective build(Recipe recipe, int guidedRegions, boolean temporal, Compute compute) {
    ObjectiveGraph built =
        new ObjectiveGraph(backbone, recipe, guidedRegions, temporal, compute.bf16());
    String prefix = "objective_" + objectives.size();
    compute.importExecutable(graph, built.definition(), prefix);
    return new Objective(runs, backbone, built.ops().under(prefix));
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
