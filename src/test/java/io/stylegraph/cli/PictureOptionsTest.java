package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.TinyModel;
import io.stylegraph.image.Density;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureNotes;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import io.stylegraph.recipe.RecipeFile;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureOptionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.tif"})
  void sixteen_bits_are_written(String name) throws IOException {
    job.with("--output", job.file(name)).with("--bits", 16).stylized();
    BufferedImage image = ImageIO.read(job.file(name).toFile());
    assertThat(image.getSampleModel().getSampleSize(0)).isEqualTo(16);
    assertThat(PictureReader.read(job.file(name)).width()).isEqualTo(34);
  }

  @Test
  void bits_that_cannot_be_are_refused() {
    job.with("--output", job.file("out.jpg")).with("--bits", 16);
    job.refused("bits (16) is more than JPEG holds, which is 8; name a .png or .tif file");
    job.with("--output", job.file("out.png")).with("--bits", 12);
    job.refused("bits (12) must be 8 or 16");
  }

  @Test
  void the_result_has_the_contents_alpha_and_density() throws IOException {
    BufferedImage content = new BufferedImage(34, 32, BufferedImage.TYPE_INT_ARGB);
    content.createGraphics().fillRect(0, 0, 17, 32);
    ImageIO.write(content, "png", new File(job.file("content.png").toString()));
    job.with("--save-every", 2).stylized();
    for (String name : new String[] {"out.png", "out-000002.png"}) {
      float[] alpha = PictureReader.read(job.file(name)).alpha().orElseThrow();
      assertThat(alpha[16]).isEqualTo(1);
      assertThat(alpha[17]).isZero();
    }
    Picture picture = TinyModel.picture(34, 32, 1);
    PictureWriter.write(picture, job.file("content.png"));
    job.stylized();
    Picture plain = PictureReader.read(job.file("out.png"));
    assertThat(plain.alpha()).isEmpty();
    assertThat(plain.density()).isEmpty();
  }

  @Test
  void the_density_goes_from_tiff_to_jpeg() throws IOException {
    Picture content = PictureReader.read(job.file("content.png"));
    Path dense = job.file("dense.tif");
    PictureWriter.write(content.withDensity(new Density(240, 240)), dense);
    job.with("--content", dense).with("--output", job.file("out.jpg")).stylized();
    assertThat(PictureReader.read(job.file("out.jpg")).density()).contains(new Density(240, 240));
  }

  @ParameterizedTest
  @ValueSource(strings = {"first.png", "first.jpg", "first.tif"})
  void a_picture_is_painted_like_another(String name) throws IOException {
    Path first = job.file(name);
    job.with("--recipe", "pytorch-walkthrough").with("--size", 33).with("--seed", 7);
    job.with("--init", "noise").with("--style-weight", 5).with("--output", first).stylized();
    job.without("--recipe").without("--size").without("--seed").without("--init");
    job.without("--style-weight").without("--steps");
    job.with("--like", first).with("--output", job.file("second.tif")).stylized();
    JsonNode expected = notes(first);
    assertThat(notes(job.file("second.tif"))).isEqualTo(expected);
    assertThat(expected.path("recipe").path("steps").asInt()).isEqualTo(3);
    assertThat(expected.path("seed").asInt()).isEqualTo(7);
    if (name.equals("first.tif")) {
      assertThat(PictureReader.read(job.file("second.tif")).rgb())
          .containsExactly(PictureReader.read(first).rgb(), within(1f));
    }
  }

  @Test
  void options_go_before_the_pictures_settings() throws IOException {
    job.with("--seed", 7).with("--size", 33).with("--strength", 0.5).stylized();
    job.without("--strength");
    Path second = job.file("second.png");
    job.without("--size").with("--seed", 8).with("--steps", 2).with("--like", job.file("out.png"));
    job.with("--set", "styleWeight=3").with("--output", second).stylized();
    JsonNode notes = notes(second);
    assertThat(notes.path("seed").asInt()).isEqualTo(8);
    assertThat(notes.path("size").asInt()).isEqualTo(33);
    assertThat(notes.path("strength").asDouble()).isEqualTo(0.5);
    assertThat(notes.path("recipe").path("steps").asInt()).isEqualTo(2);
    assertThat(notes.path("recipe").path("styleWeight").asInt()).isEqualTo(3);
    job.with("--recipe", "gatys").stylized();
    assertThat(notes(second).path("recipe").path("name").asText()).isEqualTo("gatys");
  }

  @Test
  void the_notes_name_programs_model_and_files_but_no_folders() throws IOException {
    job.stylized();
    JsonNode notes = notes(job.file("out.png"));
    assertThat(notes.path("schemaVersion").asInt()).isEqualTo(1);
    assertThat(notes.path("tensorflow").asText()).startsWith("2.");
    assertThat(notes.path("model").path("name").asText()).isEqualTo("tiny-vgg");
    assertThat(notes.path("model").path("sha256").asText()).hasSize(64);
    assertThat(notes.path("content").asText()).isEqualTo("content.png");
    assertThat(notes.path("styles").path(0).path("picture").asText()).isEqualTo("style.png");
    assertThat(notes.toString()).doesNotContain(folder.toString());
    assertThat(RecipeFile.parse(notes.path("recipe").toString()).name()).isEqualTo("tf-eager");
  }

  @Test
  void a_picture_without_settings_is_refused() {
    job.with("--like", job.file("content.png"));
    job.refused("content.png: holds no settings; name a PNG, JPEG or TIFF as stylize wrote it");
    job.with("--like", job.file("none.png")).refused("none.png: is no file; check the path");
  }

  @Test
  void damaged_or_newer_settings_are_refused() throws IOException {
    job.stylized();
    ObjectNode notes = (ObjectNode) notes(job.file("out.png"));
    String whole = notes.toString();
    job.with("--like", job.file("bad.png")).with("--output", job.file("out2.png"));
    note(whole.substring(0, 200));
    job.refused("the settings in " + job.file("bad.png") + " are damaged: they are no JSON");
    note("[1]");
    job.refused("are damaged: they have no schemaVersion");
    note(notes.deepCopy().put("schemaVersion", 2).toString());
    job.refused("are of schema 2, and this program reads 1 only; use a newer one");
    note(notes.deepCopy().put("size", -3).toString());
    job.refused("are damaged: size (-3) must be from 0 to 32768");
    note(notes.deepCopy().put("seed", "x").toString());
    job.refused("are damaged: seed is no whole number");
    note(notes.deepCopy().put("colours", "red").toString());
    job.refused("are damaged: colours (red) is unknown");
    note(notes.deepCopy().put("recipe", "gatys").toString());
    job.refused("the recipe in " + job.file("bad.png"));
    note(notes.deepCopy().put("later", "unknown").toString());
    job.stylized();
  }

  @Test
  void another_models_settings_are_warned_of() throws IOException {
    job.stylized();
    ObjectNode notes = (ObjectNode) notes(job.file("out.png"));
    job.with("--like", job.file("out.png")).with("--output", job.file("out2.png"));
    assertThat(job.stylized().err()).doesNotContain("warning");
    notes.withObject("/model").put("name", "other").put("sha256", "0");
    note(notes.toString());
    assertThat(job.with("--like", job.file("bad.png")).stylized().errLines())
        .filteredOn(line -> line.startsWith("warning: "))
        .containsExactly(
            "warning: the picture of --like was painted by the model other, whose files are not"
                + " those of tiny-vgg; the result will be another");
  }

  @Test
  void the_output_must_not_be_the_picture_that_is_like_it() throws IOException {
    job.stylized();
    job.with("--like", job.file("out.png")).refused("the output is the input");
  }

  private void note(String text) {
    Picture picture = TinyModel.picture(4, 4, 1);
    PictureWriter.write(picture, job.file("bad.png"), WriteSettings.USUAL.withNotes(text));
  }

  private static JsonNode notes(Path picture) throws IOException {
    return JSON.readTree(PictureNotes.read(picture).orElseThrow());
  }
}
