package io.stylegraph.engine;

import com.sun.management.OperatingSystemMXBean;
import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an evaluation with its gradient takes in tiles of several sizes, and at once. */
final class TileProfile {
  private static final int TIMED = 3;

  private TileProfile() {}

  /**
   * Takes a model's folder, a recipe, a precision, the pictures' width (they are three quarters of
   * it high), then for each run the stride to cut at and the core: 0:0 for the whole at once.
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    Recipe recipe = Recipes.named(args[1]);
    Precision precision = Settings.choice("precision", Precision.class, args[2]);
    Compute compute = Compute.resolve(new ComputeSettings(Device.CPU, precision));
    int width = Integer.parseInt(args[3]);
    Picture content = TinyModel.picture(width, width * 3 / 4, 1);
    Picture style = TinyModel.picture(Math.min(width, 1024), Math.min(width, 1024) * 3 / 4, 2);
    TransferPictures pictures = TransferPictures.of(content, style, content);
    System.out.printf("%s, %s, %dx%d%n", args[0], args[1], content.width(), content.height());
    try (SharedNetwork network = new SharedNetwork(Backbone.load(Path.of(args[0])))) {
      for (String run : List.of(args).subList(4, args.length)) {
        String[] parts = run.split(":", -1);
        Optional<TilePlan> plan =
            network
                .backbone()
                .cuts(recipe.network(), recipe.layersUsed(), recipe.form().activation())
                .stream()
                .filter(it -> it.op().isPresent() && it.stride() == Integer.parseInt(parts[0]))
                .map(it -> new TilePlan(it, Integer.parseInt(parts[1])))
                .findFirst();
        time(network, recipe, compute, pictures, plan, run);
      }
    }
  }

  private static void time(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      Optional<TilePlan> plan,
      String name) {
    double best = Double.POSITIVE_INFINITY;
    double cpu = Double.POSITIVE_INFINITY;
    long begun = System.nanoTime();
    try (TransferSession session = new TransferSession(network, recipe, compute, pictures, plan)) {
      double opened = (System.nanoTime() - begun) / 1e9;
      boolean large = pictures.content().size().pixels() > 4_000_000;
      if (!large) {
        session.evaluateWithGradient();
      }
      int timed = large ? 1 : TIMED;
      for (int i = 0; i < timed; i++) {
        begun = System.nanoTime();
        long busy = cpuNanos();
        session.evaluateWithGradient();
        best = Math.min(best, (System.nanoTime() - begun) / 1e9);
        cpu = Math.min(cpu, (cpuNanos() - busy) / 1e9);
      }
      System.out.printf(
          "%s: %.2f s to open, %.3f s a step, %.3f s a megapixel, %.3f CPU s a megapixel, peak so far %.2f GB%n",
          name,
          opened,
          best,
          best / pictures.content().size().pixels() * 1e6,
          cpu / pictures.content().size().pixels() * 1e6,
          SystemMemory.peakBytes().orElse(0) / 1e9);
    }
  }

  /** Of all threads: less disturbed by what else the machine does. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
