package io.stylegraph.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shots painted with the tiny model: what is kept, what goes on, and how little it flickers. */
class ShotPainterTest {
  private static final int FRAMES = 6;
  private static final DrawnFilm DRAWN =
      new DrawnFilm(PictureResizer.resize(TinyModel.picture(9, 7, 3), 72, 54), 64, 48, FRAMES);

  private static Stylizer stylizer;
  @TempDir private Path folder;
  private Clip clip;

  @BeforeAll
  static void load() {
    stylizer = Stylizer.load(TinyModel.folder());
  }

  @AfterAll
  static void close() {
    stylizer.close();
  }

  @BeforeEach
  void draw() throws IOException {
    List<Picture> frames = IntStream.range(0, FRAMES).mapToObj(DRAWN::frame).toList();
    Path file = DrawnClip.silent(folder.resolve("clip.mkv"), frames);
    clip = Clip.read(file, true, new CancellationToken());
    PictureWriter.write(TinyModel.picture(60, 50, 2), folder.resolve("style.png"));
  }

  @Test
  void frames_that_are_there_are_not_painted_again_and_the_rest_is_as_if_all_had_been() {
    Counting whole = new Counting(FRAMES);
    assertThat(paint(shots("whole", settings()), whole)).isTrue();
    assertThat(whole.painted).containsExactly(0, 1, 2, 3, 4, 5);
    Counting stopped = new Counting(3);
    assertThat(paint(shots("parts", settings()), stopped)).isFalse();
    assertThat(stopped.painted).containsExactly(0, 1, 2);
    Counting rest = new Counting(FRAMES);
    assertThat(paint(shots("parts", settings()), rest)).isTrue();
    assertThat(rest.kept).isEqualTo(3);
    assertThat(rest.painted).containsExactly(3, 4, 5);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(frame("parts", i).rgb()).isEqualTo(frame("whole", i).rgb());
    }
    Counting nothing = new Counting(FRAMES);
    assertThat(paint(shots("parts", settings()), nothing)).isTrue();
    assertThat(nothing.painted).isEmpty();
    assertThat(nothing.kept).isEqualTo(FRAMES);
  }

  @Test
  void frames_of_other_settings_or_broken_ones_are_painted_anew() throws IOException {
    paint(shots("frames", settings()), FilmListener.NONE);
    Counting other = new Counting(FRAMES);
    paint(shots("frames", new FilmSettings(4, 3)), other);
    assertThat(other.painted).hasSize(FRAMES);
    Path third = PaintedFrames.file(folder.resolve("frames"), 2);
    byte[] bytes = Files.readAllBytes(third);
    Files.write(third, Arrays.copyOf(bytes, 40));
    Counting mended = new Counting(FRAMES);
    paint(shots("frames", new FilmSettings(4, 3)), mended);
    assertThat(mended.kept).isEqualTo(2);
    assertThat(Files.readAllBytes(third)).isEqualTo(bytes);
    PictureWriter.write(TinyModel.picture(60, 50, 9), folder.resolve("style.png"));
    Counting restyled = new Counting(FRAMES);
    paint(shots("frames", new FilmSettings(4, 3)), restyled);
    assertThat(restyled.painted).hasSize(FRAMES);
  }

  @Test
  void it_flickers_much_less_than_pictures_of_as_many_steps() {
    // A frame's flow costs less than a step here.
    FilmSettings settings = new FilmSettings(20, FilmSettings.DEFAULT.temporalWeight());
    Recipe recipe = Recipes.TF_EAGER.toBuilder().steps(45).build();
    paint(shots("film", request(recipe), settings), FilmListener.NONE);
    int mean = (45 + (FRAMES - 1) * 20) / FRAMES + 1;
    double film = 0;
    double plain = 0;
    Picture before = plain(recipe, mean, 0);
    for (int i = 1; i < FRAMES; i++) {
      Picture alone = plain(recipe, mean, i);
      film += flicker(frame("film", i - 1), frame("film", i), i);
      plain += flicker(before, alone, i);
      before = alone;
    }
    assertThat(film / plain).isLessThan(0.6);
  }

  @Test
  void shots_travel_and_are_painted_at_the_same_time() throws Exception {
    List<Picture> two = new ArrayList<>(IntStream.range(0, 5).mapToObj(DRAWN::frame).toList());
    for (int i = 0; i < 5; i++) {
      float[] rgb = DRAWN.frame(i).rgb();
      for (int k = 0; k < rgb.length; k++) {
        rgb[k] = 255 - rgb[k];
      }
      two.add(Picture.of(64, 48, rgb));
    }
    DrawnClip.silent(folder.resolve("clip.mkv"), two);
    clip = Clip.read(folder.resolve("clip.mkv"), true, new CancellationToken());
    List<FilmShot> shots = shots("one", settings());
    assertThat(shots).hasSize(2);
    assertThat(FilmRun.paint(stylizer, shots, 2, FilmListener.NONE, new CancellationToken()))
        .isTrue();
    for (FilmShot shot : shots("other", settings())) {
      FilmShot there = travelled(shot);
      assertThat(there).isEqualTo(shot);
      new ShotPainter(stylizer, FilmListener.NONE, new CancellationToken()).paint(there);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(frame("one", i).rgb()).isEqualTo(frame("other", i).rgb());
    }
  }

  @Test
  void a_frame_that_cannot_be_kept_or_whose_loss_is_lost_ends_the_film() throws IOException {
    Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> paint(shots("file", settings()), FilmListener.NONE))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("frame-000001.png: cannot be written");
    Recipe wild = Recipes.TF_EAGER.toBuilder().styleWeight(1e38).steps(2).build();
    assertThatThrownBy(() -> paint(shots("wild", request(wild), settings()), FilmListener.NONE))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("frame 1: the loss was not finite or exploded");
  }

  private static FilmShot travelled(FilmShot shot) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(shot);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (FilmShot) in.readObject();
    }
  }

  /** Hears what is painted, and stops it after so many frames. */
  private static final class Counting implements FilmListener {
    private final CancellationToken cancellation = new CancellationToken();
    private final List<Integer> painted = new ArrayList<>();
    private final int most;
    private int kept;

    Counting(int most) {
      this.most = most;
    }

    @Override
    public void onStep(int frame, Losses losses) {
      if (painted.size() == most) {
        cancellation.cancel();
      }
    }

    @Override
    public void onFrame(int frame) {
      painted.add(frame);
    }

    @Override
    public void onKept(int frames) {
      kept += frames;
    }
  }

  private static boolean paint(List<FilmShot> shots, FilmListener listener) {
    CancellationToken token =
        listener instanceof Counting counting ? counting.cancellation : new CancellationToken();
    return FilmRun.paint(stylizer, shots, 1, listener, token);
  }

  private List<FilmShot> shots(String name, FilmSettings settings) {
    return shots(name, request(Recipes.TF_EAGER.toBuilder().steps(3).build()), settings);
  }

  private List<FilmShot> shots(String name, StyleTransferRequest request, FilmSettings settings) {
    Path frames = folder.resolve(name);
    if (!Files.exists(frames)) {
      assertThat(frames.toFile().mkdir()).isTrue();
    }
    return FilmShots.of(clip, request, settings, stylizer.model(), frames);
  }

  private static FilmSettings settings() {
    return new FilmSettings(3, 3);
  }

  private StyleTransferRequest request(Recipe recipe) {
    return StyleTransferRequest.of(
            PictureSource.of(clip.file()), PictureSource.of(folder.resolve("style.png")))
        .withRecipe(recipe)
        .withCompute(new ComputeSettings(Device.CPU, Precision.FP32));
  }

  private Picture plain(Recipe recipe, int steps, int frame) {
    return stylizer
        .stylize(
            request(recipe.toBuilder().steps(steps).build())
                .withContent(PictureSource.of(DRAWN.frame(frame), "frame")))
        .picture();
  }

  private static double flicker(Picture before, Picture frame, int number) {
    return Flicker.of(before, frame, DRAWN.backward(number), DRAWN.known(number));
  }

  private Picture frame(String name, int number) {
    return PictureReader.read(PaintedFrames.file(folder.resolve(name), number));
  }
}
