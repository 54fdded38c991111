package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as JSON: what is written is read back, what is wrong is named. */
class RequestJsonTest {
  private static final StyleTransferRequest USUAL =
      StyleTransferRequest.of(file("/in/a.jpg"), file("/in/s.jpg"));

  @Test
  void what_is_absent_is_as_usual() {
    assertThat(parse("{'content': 'a.jpg', 'style': 's.jpg'}")).isEqualTo(USUAL);
    assertThat(parse("{'content': 'a.jpg', 'styles': ['s.jpg']}")).isEqualTo(USUAL);
    assertThat(parse("{'content': 'a.jpg', 'styles': [{'picture': 's.jpg'}]}")).isEqualTo(USUAL);
  }

  @Test
  void every_part_is_read() {
    StyleTransferRequest request =
        parse(
            """
            {'content': 'a.jpg', 'recipe': 'fine', 'size': 300, 'seed': -7, 'colours': 'pca',
             'strength': 0.25, 'precision': 'fp32', 'device': 'cpu', 'start': 'b.png',
             'set': {'steps': 70, 'styleLayers.block1_conv1': 0.5, 'optimizer.kind': 'adam'},
             'regions': [{'name': 'sky', 'mask': 'sky.png'}],
             'styles': ['s.jpg', {'picture': 't.jpg', 'weight': 2, 'scale': 1.5, 'mask': 'm.png',
                                  'region': 'sky', 'layers': ['block1_conv1']}]}
            """);
    Recipe recipe = request.recipe();
    assertThat(recipe.steps()).isEqualTo(70);
    assertThat(recipe.optimizer().kind()).isEqualTo("adam");
    assertThat(recipe.styleLayers().get(0).weight()).isEqualTo(0.5);
    assertThat(request)
        .isEqualTo(
            new StyleTransferRequest(
                file("/in/a.jpg"),
                List.of(
                    StyleSource.of(file("/in/s.jpg")),
                    new StyleSource(
                        file("/in/t.jpg"),
                        2,
                        1.5,
                        Optional.of(file("/in/m.png")),
                        Optional.of("sky"),
                        List.of("block1_conv1"))),
                List.of(new Region("sky", file("/in/sky.png"))),
                recipe,
                300,
                Optional.of(file("/in/b.png")),
                -7,
                ColourKeeping.PCA,
                OptionalDouble.of(0.25),
                new ComputeSettings(Device.CPU, Precision.FP32)));
    assertThat(RequestJson.parse(RequestJson.text(request), RequestJsonTest::file))
        .isEqualTo(request);
    assertThat(request.pictures().map(PictureSource::label))
        .containsExactly(
            "/in/a.jpg", "/in/s.jpg", "/in/t.jpg", "/in/m.png", "/in/sky.png", "/in/b.png");
  }

  @Test
  void every_recipe_comes_back() {
    for (Recipe recipe : Recipes.all()) {
      StyleTransferRequest request =
          recipe.start() == Start.PICTURE
              ? USUAL.withRecipe(recipe).withStart(file("/in/x.png"))
              : USUAL.withRecipe(recipe);
      assertThat(RequestJson.parse(RequestJson.text(request), RequestJsonTest::file))
          .isEqualTo(request);
    }
  }

  @Test
  void a_recipe_may_be_an_object_with_a_base() {
    StyleTransferRequest request =
        parse("{'content': 'a.jpg', 'style': 's.jpg', 'recipe': {'base': 'fine', 'steps': 9}}");
    assertThat(request.recipe()).isEqualTo(Recipes.named("fine").toBuilder().steps(9).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | is no JSON: column",
        "{'content': 'a'} {} | is no JSON",
        "{'content': 'a', 'content': 'b'} | is no JSON",
        "[1] | is no JSON object",
        "{'style': 's'} | content is missing",
        "{'content': 'a'} | styles are none",
        "{'content': 3, 'style': 's'} | content (3) must be a text in quotes",
        "{'content': '', 'style': 's'} | content (\"\") must be a text in quotes",
        "{'content': 'a', 'style': 's', 'stile': 't'} | stile is unknown; choose of: content, styl",
        "{'content': 'a', 'style': 's', 'styles': ['t']} | style and styles are both given",
        "{'content': 'a', 'styles': 's'} | styles (\"s\") must be a list in brackets",
        "{'content': 'a', 'styles': [7]} | styles[0] (7) must be a text",
        "{'content': 'a', 'styles': ['s', {'weight': 1}]} | styles[1].picture is missing",
        "{'content': 'a', 'styles': [{'picture': 's', 'wait': 1}]} | styles[0].wait is unknown",
        "{'content': 'a', 'styles': [{'picture': 's', 'weight': '1'}]} | styles[0].weight (\"1\")",
        "{'content': 'a', 'styles': [{'picture': 's', 'region': 'sky'}]} | region sky, which has",
        "{'content': 'a', 'style': 's', 'regions': ['m.png']} | must be an object in braces",
        "{'content': 'a', 'style': 's', 'size': 1.5} | size (1.5) must be a whole number",
        "{'content': 'a', 'style': 's', 'size': -1} | size (-1) must be from 0 to",
        "{'content': 'a', 'style': 's', 'size': 99999999999} | size (2147483647) must be from 0",
        "{'content': 'a', 'style': 's', 'colours': 'green'} | colours (green) is unknown; choose",
        "{'content': 'a', 'style': 's', 'recipe': 'nope'} | nope",
        "{'content': 'a', 'style': 's', 'recipe': {'base': 'fine', 'x': 1}} | x is unknown in",
        "{'content': 'a', 'style': 's', 'set': {'optimizer.beta7': 1}} | optimizer.beta7",
        "{'content': 'a', 'style': 's', 'set': [1]} | set ([1]) must be an object in braces",
        "{'content': 'a', 'style': 's', 'strength': 2} | strength (2.0) must be from 0 to 1",
      })
  void what_is_wrong_is_named(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_remote_picture_is_fetched_when_it_is_read(@TempDir Path folder) {
    Path file = folder.resolve("a.png");
    PictureSource source = PictureSource.of(() -> bytes(file), "store://bucket/a.png");
    assertThat(source.label()).isEqualTo("store://bucket/a.png");
    PictureWriter.write(TinyModel.picture(5, 4, 1), file);
    assertThat(source.read().size()).isEqualTo(TinyModel.picture(5, 4, 1).size());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StyleTransferRequest parse(String json) {
    return RequestJson.parse(json.replace('\'', '"'), name -> file("/in/" + name));
  }

  private static PictureSource file(String name) {
    return PictureSource.of(Path.of(name));
  }
}
