package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.error.PictureException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureWriterTest {
  @TempDir Path folder;

  private final Picture picture =
      Picture.from(TestPictures.noise(20, 10, BufferedImage.TYPE_INT_RGB));

  @Test
  void pngIsExact() throws IOException {
    Path file = folder.resolve("out.PNG");
    PictureWriter.write(picture, file);
    assertThat(PictureReader.read(file).rgb()).isEqualTo(picture.rgb());
    assertThat(files()).containsExactly(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.jpg", "out.jpeg"})
  void jpegKeepsColourResolution(String name) throws IOException {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    float[] read = PictureReader.read(file).rgb();
    double error = 0;
    for (int i = 0; i < read.length; i++) {
      error += Math.abs(read[i] - picture.rgb()[i]) / read.length;
    }
    assertThat(error).isCloseTo(0, within(8.0)); // Quarter colour resolution gives about 60.
  }

  @Test
  void replacesWhatIsThereAndFollowsLinks() throws IOException {
    Path target = Files.writeString(folder.resolve("target.png"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), target);
    PictureWriter.write(picture, link);
    assertThat(link).isSymbolicLink();
    assertThat(PictureReader.read(target).rgb()).isEqualTo(picture.rgb());
  }

  @Test
  void leavesNothingBehindWhereItFails() throws IOException {
    Path directory = folder.resolve("taken.png");
    Files.createDirectories(directory.resolve("inside"));
    assertThatThrownBy(() -> PictureWriter.write(picture, directory))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("taken.png: cannot be written");
    assertThat(files()).containsExactly(directory);
    assertThatThrownBy(() -> PictureWriter.write(picture, folder.resolve("no/out.png")))
        .isInstanceOf(PictureException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.gif", "out", "png", "out.png.webp"})
  void refusesOtherEndings(String name) {
    Path file = folder.resolve(name);
    String message =
        file + ": has no ending that is written; use one of .png, .jpg, .jpeg, .tif, .tiff";
    assertThatThrownBy(() -> PictureWriter.check(file)).hasMessage(message);
    assertThatThrownBy(() -> PictureWriter.write(picture, file)).hasMessage(message);
  }

  @Test
  void checkAcceptsWhatCanBeWrittenAndLeavesNoTrace() throws IOException {
    PictureWriter.check(folder.resolve("new.png"));
    assertThat(files()).isEmpty();
    Path old = Files.writeString(folder.resolve("old.jpg"), "old");
    PictureWriter.check(old);
    assertThat(old).hasContent("old");
    assertThatCode(() -> PictureWriter.check(Path.of("in-the-working-folder.png")))
        .doesNotThrowAnyException();
  }

  @Test
  void checkRefusesWhatWriteWouldRefuse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertRefused(folder.resolve("no/out.png"), "the folder " + folder.resolve("no") + " does not");
    assertRefused(file.resolve("out.png"), file + " is not a folder");
    assertRefused(Files.createDirectory(folder.resolve("dir.png")), "is a directory");
    assertRefused(folder.resolve("x".repeat(300) + ".png"), "cannot be a file here");
    Path dangling = folder.resolve("dangling.png");
    Files.createSymbolicLink(dangling, folder.resolve("nothing.png"));
    assertRefused(dangling, "is a symbolic link to nothing");
  }

  private static void assertRefused(Path output, String problem) {
    assertThatThrownBy(() -> PictureWriter.check(output))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith(output + ": " + problem);
  }

  @Test
  void anOutputThatIsAnInputIsRefusedByWhateverName() throws IOException {
    Path input = Files.writeString(folder.resolve("in.png"), "picture");
    Path other = Files.writeString(folder.resolve("other.png"), "picture");
    Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.png"), input);
    Path hard = Files.createLink(folder.resolve("hard.png"), input);
    Path roundabout = folder.resolve("../" + folder.getFileName() + "/in.png");
    for (Path output : List.of(input, symbolic, hard, roundabout)) {
      assertThatThrownBy(() -> PictureWriter.refuseSameFile(output, List.of(other, input)))
          .isInstanceOf(PictureException.class)
          .hasMessage(
              output
                  + ": the output is the input "
                  + input
                  + ", which would be lost; name another"
                  + " output");
    }
    PictureWriter.refuseSameFile(other, List.of(input, folder.resolve("missing.png")));
    PictureWriter.refuseSameFile(folder.resolve("new.png"), List.of(input, other));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
