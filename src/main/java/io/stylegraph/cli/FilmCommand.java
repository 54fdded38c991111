package io.stylegraph.cli;

import io.stylegraph.JobPlan;
import io.stylegraph.PictureSource;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.NativeLibrary;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.film.Clip;
import io.stylegraph.film.ClipFormat;
import io.stylegraph.film.ClipWriter;
import io.stylegraph.film.FilmCluster;
import io.stylegraph.film.FilmListener;
import io.stylegraph.film.FilmOrder;
import io.stylegraph.film.FilmRun;
import io.stylegraph.film.FilmSettings;
import io.stylegraph.film.FilmShot;
import io.stylegraph.film.FilmShots;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Tiling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Paints a clip in the style of a picture. */
@Command(
    name = "film",
    description =
        "Paint a clip (--content) frame by frame; each frame begins as the one before, moved as the"
            + " clip moves. Broken off, the same command goes on.")
final class FilmCommand implements Callable<Integer> {
  private static final int MOST_AT_ONCE = 64;

  @Spec private CommandSpec spec;
  @Mixin private JobOptions job;
  @Mixin private UpdateOptions updates;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The film, with the clip's sound; .mp4, .mov, .mkv or .webm.")
  private Path out;

  @Option(
      names = "--frame-steps",
      paramLabel = "N",
      description = "Steps of each frame but a shot's first, which has --steps. Default: 20.")
  private int frameSteps = FilmSettings.DEFAULT.frameSteps();

  @Option(
      names = "--temporal-weight",
      paramLabel = "X",
      description =
          "How strongly a frame is held to the one before; more flickers less, and takes up less"
              + " that is new. Default: 10.")
  private double temporalWeight = FilmSettings.DEFAULT.temporalWeight();

  @Option(
      names = "--shots",
      paramLabel = "auto|off",
      defaultValue = "auto",
      description =
          "Whether a cut begins anew; off for a clip of one shot. Default: ${DEFAULT-VALUE}.")
  private String shots;

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many shots are painted at the same time. Default: ${DEFAULT-VALUE}.")
  private int atOnce;

  @Option(
      names = "--keep-frames",
      paramLabel = "DIR",
      description =
          "Keep the painted frames there, as PNG. Default: beside the film in a folder of its name"
              + " and .frames, which goes when the film is whole.")
  private @Nullable Path keep;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Paint the shots on Apache Spark: local[*], spark://HOST:PORT, yarn or k8s://HOST:PORT;"
              + " all files must be where every machine has them; see docs/spark.md.")
  private @Nullable String master;

  private enum Cuts {
    AUTO,
    OFF
  }

  @Override
  public Integer call() {
    Optional<FilmCluster> cluster = FilmCluster.here();
    if (master != null && cluster.isEmpty()) {
      SparkSubmit.here().become(master, spec.root().commandLine().getParseResult().originalArgs());
    }
    NativeLibrary.loadAhead();
    CancellationToken cancellation = SignalCancellation.install();
    Path content = job.pictures().get("content");
    if (content == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--content=FILE'");
    }
    StyleTransferRequest request =
        atOnce(job.request(updates::change)).withContent(PictureSource.of(content));
    FilmSettings settings = new FilmSettings(frameSteps, temporalWeight);
    Settings.inRange("max-jobs", atOnce, 1, MOST_AT_ONCE);
    boolean cuts = Settings.choice("shots", Cuts.class, shots) == Cuts.AUTO;
    ClipFormat.of(out);
    checkOutputs();
    Clip clip = Clip.read(content, cuts, cancellation);
    if (cancellation.isCancelled()) {
      return cancelled(0, clip);
    }
    PictureSize size = request.size() == 0 ? clip.size() : clip.size().fit(request.size());
    ClipWriter.check(out, clip, size);
    try (Stylizer stylizer = job.stylizer()) {
      JobPlan plan =
          stylizer.check(
              request.withContent(PictureSource.of(clip.firstFrame(), content.toString())));
      Console.announce(err(), stylizer.model(), request, plan);
      announce(clip, size, settings);
      List<FilmShot> all = FilmShots.of(clip, request, settings, stylizer.model(), folder());
      FilmOrder order =
          new FilmOrder(job.model(), RunNotes.checksum(stylizer.model()), plan.bytes(), atOnce);
      return paint(
          clip,
          new FilmConsole(err(), clip.frames(), all.size(), plan.steps(), frameSteps),
          console ->
              cluster.isPresent()
                  ? cluster.get().paint(order, all, console, cancellation)
                  : FilmRun.paint(stylizer, all, atOnce, console, cancellation));
    }
  }

  /** Frames are not computed in tiles, so that what does not fit is refused before the first. */
  private static StyleTransferRequest atOnce(StyleTransferRequest request) {
    ComputeSettings compute = request.compute();
    if (compute.tiling().mode() == Tiling.Mode.ALWAYS) {
      throw new InvalidSettingException(
          "tile",
          "tile (%s) is not for films, whose frames are computed at once; leave it out, or give a smaller --size"
              .formatted(compute.tiling().text()));
    }
    return request.withCompute(
        new ComputeSettings(compute.device(), compute.precision(), Tiling.OFF));
  }

  private int paint(Clip clip, FilmConsole progress, Predicate<FilmListener> painting) {
    create(folder());
    try (progress) {
      if (!painting.test(progress)) {
        return cancelled(progress.framesDone(), clip);
      }
    }
    ClipWriter.write(out, clip, folder());
    if (keep == null) {
      FilmShots.deleteFrames(clip, folder());
    }
    err().printf("wrote %s, %d frames%n", out, clip.frames());
    return ExitCode.OK;
  }

  private int cancelled(int frames, Clip clip) {
    if (frames == 0) {
      err().println("stylegraph: cancelled before the first frame was painted; nothing written");
    } else {
      err()
          .printf(
              "stylegraph: cancelled; %d of %d frames are painted and kept in %s; run the same"
                  + " command again to go on%n",
              frames, clip.frames(), folder());
    }
    return ExitCode.CANCELLED;
  }

  private void checkOutputs() {
    OutputFiles files = new OutputFiles(job.inputs());
    files.file("out", out);
    Path folder = folder();
    Path exists = Files.exists(folder) ? folder : folder.toAbsolutePath().getParent();
    if (exists == null || !Files.isDirectory(exists) || !Files.isWritable(exists)) {
      throw refusal(folder, "cannot be a folder that takes files");
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw refusal(folder, "cannot be made (%s)".formatted(e.getMessage()));
    }
  }

  private static InvalidSettingException refusal(Path folder, String problem) {
    return new InvalidSettingException(
        "keepFrames", "keepFrames (%s) %s; name another folder".formatted(folder, problem));
  }

  private Path folder() {
    return keep == null ? out.resolveSibling(out.getFileName() + ".frames") : keep;
  }

  private void announce(Clip clip, PictureSize size, FilmSettings settings) {
    if (clip.stated() > clip.frames()) {
      err()
          .printf(
              "warning: %s states %d frames, and %d can be read; the film has those%n",
              clip.file(), clip.stated(), clip.frames());
    }
    err()
        .printf(
            Locale.ROOT,
            "film    %d frames of %dx%d at %.4g a second, %d shot%s, %s; %d steps a frame after"
                + " the first%n",
            clip.frames(),
            size.width(),
            size.height(),
            clip.rate(),
            clip.shots().length(),
            clip.shots().length() == 1 ? "" : "s",
            clip.audio() ? "with sound" : "without sound",
            settings.frameSteps());
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
