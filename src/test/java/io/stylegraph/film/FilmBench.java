package io.stylegraph.film;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Holds films against pictures painted one by one in the same time: how much each flickers, by the
 * true motion of a film that is drawn over a photograph. {@code make film-bench} runs it.
 */
final class FilmBench {
  private final Stylizer stylizer;
  private final DrawnFilm drawn;
  private final int frames;
  private final StyleTransferRequest request;
  private final Clip clip;
  private final Path folder;

  private FilmBench(
      Stylizer stylizer,
      Path photograph,
      Path style,
      int size,
      int frames,
      Recipe recipe,
      Path folder)
      throws IOException {
    this.stylizer = stylizer;
    this.frames = frames;
    this.folder = folder;
    drawn = new DrawnFilm(PictureReader.read(photograph), size, size * 3 / 4, frames);
    Files.createDirectories(folder);
    List<Picture> all = IntStream.range(0, frames).mapToObj(drawn::frame).toList();
    Path file = DrawnClip.silent(folder.resolve("clip.mkv"), all);
    clip = Clip.read(file, true, new CancellationToken());
    request =
        StyleTransferRequest.of(PictureSource.of(file), PictureSource.of(style))
            .withRecipe(recipe)
            .withSize(size);
  }

  /**
   * MODEL PHOTOGRAPH STYLE SIZE FRAMES RECIPE STEPS FOLDER and any of: FRAME_STEPS:WEIGHT for a
   * film, `time` for pictures one by one in the time of the film before, `steps` for such of STEPS.
   */
  public static void main(String[] args) throws IOException {
    Recipe recipe = Recipes.named(args[5]).toBuilder().steps(Integer.parseInt(args[6])).build();
    try (Stylizer stylizer = Stylizer.load(Path.of(args[0]))) {
      FilmBench bench =
          new FilmBench(
              stylizer,
              Path.of(args[1]),
              Path.of(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]),
              recipe,
              Path.of(args[7]));
      bench.warmUp();
      System.out.println("| painted | steps a frame | s a frame | loss | flicker |");
      System.out.println("|---|---|---|---|---|");
      double seconds = 0;
      for (int i = 8; i < args.length; i++) {
        if (args[i].equals("time")) {
          bench.oneByOne(bench.stepsIn(seconds));
        } else if (args[i].equals("steps")) {
          bench.oneByOne(recipe.steps());
        } else {
          String[] parts = args[i].split(":", -1);
          seconds =
              bench.film(
                  new FilmSettings(Integer.parseInt(parts[0]), Double.parseDouble(parts[1])));
        }
      }
    }
  }

  /** The graphs are built once a process, and are no part of a film's time. */
  private void warmUp() {
    stylizer.stylize(request(clip.firstFrame(), 2));
  }

  /** Paints a film and tells the seconds that a frame took in the mean. */
  private double film(FilmSettings settings) throws IOException {
    String name = "film-%d-%s".formatted(settings.frameSteps(), settings.temporalWeight());
    Path painted = Files.createDirectories(folder.resolve(name));
    FilmShots.deleteFrames(clip, painted);
    Files.createDirectories(painted);
    List<FilmShot> shots = FilmShots.of(clip, request, settings, stylizer.model(), painted);
    long begun = System.nanoTime();
    FilmRun.paint(stylizer, shots, 1, FilmListener.NONE, new CancellationToken());
    double seconds = (System.nanoTime() - begun) / 1e9 / frames;
    List<Picture> made =
        IntStream.range(0, frames)
            .mapToObj(i -> PictureReader.read(PaintedFrames.file(painted, i)))
            .toList();
    double steps = (request.recipe().steps() + (frames - 1.0) * settings.frameSteps()) / frames;
    report("a film, weight " + settings.temporalWeight(), steps, seconds, made);
    return seconds;
  }

  /** How many steps of a picture of its own take as long. */
  private int stepsIn(double seconds) {
    int few = request.recipe().steps() / 2;
    long begun = System.nanoTime();
    stylizer.stylize(request(drawn.frame(0), few));
    double ofFew = (System.nanoTime() - begun) / 1e9;
    return Math.max(1, (int) Math.round(few * seconds / ofFew));
  }

  /** Paints each frame as a picture of its own. */
  private void oneByOne(int steps) throws IOException {
    Path painted = Files.createDirectories(folder.resolve("one-by-one-" + steps));
    List<Picture> made = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < frames; i++) {
      StyleTransferResult result = stylizer.stylize(request(drawn.frame(i), steps));
      result.write(PaintedFrames.file(painted, i));
      made.add(PictureReader.read(PaintedFrames.file(painted, i)));
    }
    report("one by one", steps, (System.nanoTime() - begun) / 1e9 / frames, made);
  }

  private void report(String name, double steps, double seconds, List<Picture> made) {
    double flicker = 0;
    double loss = 0;
    for (int i = 0; i < frames; i++) {
      loss += stylizer.evaluate(loss(made.get(i), i)).total() / frames;
      if (i > 0) {
        flicker +=
            Flicker.of(made.get(i - 1), made.get(i), drawn.backward(i), drawn.known(i))
                / (frames - 1);
      }
    }
    System.out.printf(
        Locale.ROOT, "| %s | %.1f | %.2f | %.3g | %.2f |%n", name, steps, seconds, loss, flicker);
  }

  /** Of a painted frame as a picture of its own. */
  private StyleTransferRequest loss(Picture painted, int frame) {
    return request(drawn.frame(frame), 1).withStart(PictureSource.of(painted, "painted"));
  }

  private StyleTransferRequest request(Picture frame, int steps) {
    return request
        .withContent(PictureSource.of(frame, "frame"))
        .withRecipe(request.recipe().toBuilder().steps(steps).build());
  }
}
