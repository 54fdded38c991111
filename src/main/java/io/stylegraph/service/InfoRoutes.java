package io.stylegraph.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the service says of itself. */
final class InfoRoutes {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /**
   * A recipe as the page lists it.
   *
   * @param pyramid its scales; absent if it has none
   * @param runs whether the model has its layers
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RecipeInfo(
      String name,
      String summary,
      int steps,
      double contentWeight,
      double styleWeight,
      double tvWeight,
      String init,
      List<String> styleLayers,
      @Nullable Pyramid pyramid,
      boolean runs) {}

  /** The model, without a word of where it lies. */
  record ModelInfo(
      String name,
      String architecture,
      String weights,
      String licence,
      List<String> layers,
      Limits limits) {}

  /** What a job may ask for. */
  record Limits(
      long uploadBytes, long pixels, int minSize, int maxSize, int maxSteps, long keepSeconds) {}

  private final Manifest model;
  private final ServiceSettings settings;
  private final JobQueue queue;
  private final Metrics metrics;

  InfoRoutes(Manifest model, ServiceSettings settings, JobQueue queue, Metrics metrics) {
    this.model = model;
    this.settings = settings;
    this.queue = queue;
    this.metrics = metrics;
  }

  void register(RoutesConfig routes) {
    routes.get("/health", ctx -> Answers.json(ctx, HttpStatus.OK, Map.of("status", "ok")));
    routes.get("/ready", this::ready);
    routes.get("/metrics", ctx -> ctx.contentType(METRICS_TYPE).result(metrics.text()));
    routes.get("/api/recipes", ctx -> Answers.json(ctx, HttpStatus.OK, recipes()));
    routes.get("/api/model", ctx -> Answers.json(ctx, HttpStatus.OK, info()));
  }

  private void ready(Context ctx) {
    boolean stopping = queue.isStopping();
    Answers.json(
        ctx,
        stopping ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK,
        Map.of("status", stopping ? "stopping" : "ready"));
  }

  private List<RecipeInfo> recipes() {
    Set<String> layers =
        model.layers().stream().map(Manifest.Layer::name).collect(Collectors.toSet());
    return Recipes.all().stream().map(it -> info(it, layers)).toList();
  }

  private static RecipeInfo info(Recipe recipe, Set<String> layers) {
    return new RecipeInfo(
        recipe.name(),
        recipe.summary(),
        recipe.steps(),
        recipe.contentWeight(),
        recipe.styleWeight(),
        recipe.tvWeight(),
        Settings.word(recipe.start()),
        recipe.styleLayers().stream().map(LayerWeight::layer).toList(),
        recipe.pyramid().equals(Pyramid.NONE) ? null : recipe.pyramid(),
        layers.containsAll(recipe.layersUsed()));
  }

  private ModelInfo info() {
    JobLimits limits = settings.limits();
    return new ModelInfo(
        model.name(),
        model.architecture(),
        model.weights().kind(),
        model.weights().licence(),
        model.layers().stream().map(Manifest.Layer::name).toList(),
        new Limits(
            limits.uploadBytes(),
            limits.pixels(),
            JobLimits.MIN_SIZE,
            limits.size(),
            limits.steps(),
            settings.keeping().time().toSeconds()));
  }
}
