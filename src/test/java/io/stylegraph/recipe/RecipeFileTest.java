package io.stylegraph.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.error.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recipes as JSON: there and back, what a base gives, and each way in which a file can be wrong.
 */
class RecipeFileTest {
  @TempDir private Path folder;

  private static Collection<Recipe> recipes() {
    return Recipes.all();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_recipe_comes_back_as_it_was(Recipe recipe) throws IOException {
    String text = RecipeFile.text(recipe);
    assertThat(RecipeFile.parse(text)).isEqualTo(recipe);
    assertThat(RecipeFile.read(file(text))).isEqualTo(recipe);
    assertThat(text).startsWith("{\n  \"schemaVersion\" : 2,\n  \"name\" : ");
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void without_a_base_every_part_must_be_there(Recipe recipe) throws IOException {
    for (String part : parts(new ObjectMapper().readTree(RecipeFile.text(recipe)), "")) {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(RecipeFile.text(recipe));
      int cut = part.lastIndexOf('/');
      ((ObjectNode) json.at(part.substring(0, cut))).remove(part.substring(cut + 1));
      String path = part.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
      refused(json.toString()).startsWith(path + " is missing in the recipe's JSON");
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_file_of_version_1_lacks_what_came_later(Recipe recipe) throws IOException {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(RecipeFile.text(recipe));
    json.put("schemaVersion", 1).remove(List.of("network", "pyramid", "averageDecay"));
    ((ObjectNode) json.get("form")).remove(List.of("statistic", "variation"));
    Recipe old = RecipeFile.parse(json.toString());
    assertThat(RecipeFile.text(old.toBuilder().pyramid(recipe.pyramid()).build()))
        .isEqualTo(
            RecipeFile.text(
                recipe.toBuilder()
                    .network(NetworkForm.AS_TRAINED)
                    .form(old.form())
                    .averageDecay(0.99)
                    .build()));
    assertThat(old.form().statistic()).isEqualTo(StyleStatistic.GRAM);
    assertThat(old.form().variation()).isEqualTo(VariationForm.ABSOLUTE);
  }

  @Test
  void with_a_base_a_file_gives_what_differs() {
    assertThat(RecipeFile.parse("{\"base\": \"udacity\"}")).isEqualTo(Recipes.UDACITY);
    assertThat(
            based(
                """
                "name": "mine", "form": {"gram": "entries"}, "optimizer": {"learningRate": 5},
                "contentLayers": [{"layer": "block4_conv2", "weight": 2}], "steps": 7"""))
        .isEqualTo(
            Recipes.TF_EAGER.toBuilder()
                .name("mine")
                .form(
                    new LossForm(
                        Activation.POST,
                        StyleStatistic.GRAM,
                        GramNormaliser.ENTRIES,
                        StyleDivisor.NONE,
                        ContentError.MEAN,
                        VariationForm.ABSOLUTE,
                        FeatureUnits.KERAS))
                .learningRate(5)
                .contentLayers(List.of(new LayerWeight("block4_conv2", 2)))
                .steps(7)
                .build());
  }

  @Test
  void another_optimiser_begins_with_our_constants() {
    assertThat(based("\"optimizer\": {\"history\": 9, \"kind\": \"lbfgs\"}").optimizer())
        .isEqualTo(new LbfgsSettings(1, 9, 1, 20, 1e-7, 1e-9, 10, LbfgsSettings.Bounds.PROJECTED));
    assertThat(based("\"optimizer\": {\"kind\": \"adam\", \"beta1\": 0.5}").optimizer())
        .isEqualTo(new AdamSettings(10, 0.5, 0.999, 1e-8, true));
    refused("{\"base\": \"tf-eager\", \"optimizer\": {\"kind\": \"lbfgs\", \"beta1\": 0}}")
        .startsWith("optimizer.beta1 is unknown in the recipe's JSON; choose one of: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"styleWieght\": 1 | styleWieght is unknown in the recipe's JSON; did you mean styleWeight?",
        "\"optimizer\": {\"lerningRate\": 1} | optimizer.lerningRate is unknown in the recipe's JSON; did you mean optimizer.learningRate?",
        "\"form\": {\"Gram\": \"none\"} | form.Gram is unknown in the recipe's JSON; did you mean form.gram?",
        "\"styleLayers\": [{\"layer\": \"a\", \"weigth\": 1}] | styleLayers[0].weigth is unknown in the recipe's JSON; did you mean styleLayers[0].weight?",
        "\"styleLayers\": [{\"layer\": \"a\", \"weight\": 1, \"Layer\": 1}] | styleLayers[0].Layer is unknown in the recipe's JSON; did you mean styleLayers[0].layer?",
        "\"colour\": 1 | colour is unknown in the recipe's JSON; choose one of: name, summary,",
        "\"bsae\": 1 | bsae is unknown in the recipe's JSON; did you mean base?",
        "\"pixels\": \"byte\" | pixels (byte) is unknown in the recipe's JSON; choose one of: bytes, unit, standardised",
        "\"pixels\": \"BYTES\" | pixels (BYTES) is unknown",
        "\"pixels\": \"\" | pixels () is unknown in the recipe's JSON; choose one of: bytes",
        "\"pixels\": 0 | pixels (0) is unknown in the recipe's JSON; choose one of: bytes",
        "\"pixels\": {} | pixels ({}) is unknown in the recipe's JSON; choose one of: bytes",
        "\"form\": {\"styleDivisor\": \"papre\"} | form.styleDivisor (papre) is unknown in the recipe's JSON; choose one of: none, entries, paper",
        "\"optimizer\": {\"kind\": \"sgd\"} | optimizer.kind (sgd) is unknown in the recipe's JSON; choose one of: adam, lbfgs",
        "\"optimizer\": {\"kind\": 1} | optimizer.kind (1) is unknown in the recipe's JSON; choose one of: adam, lbfgs",
        "\"optimizer\": 5 | optimizer (5) must be an object in the recipe's JSON",
        "\"optimizer\": [] | optimizer ([]) must be an object in the recipe's JSON",
        "\"form\": \"paper\" | form (paper) must be an object in the recipe's JSON",
        "\"styleLayers\": 5 | styleLayers (5) must be a list in the recipe's JSON",
        "\"styleLayers\": {\"a\": 1} | styleLayers ({\"a\":1}) must be a list",
        "\"styleLayers\": [\"a\"] | styleLayers[0] (a) must be an object",
        "\"styleLayers\": [null] | styleLayers[0] (null) must be an object",
        "\"styleLayers\": [{\"layer\": 5, \"weight\": 1}] | styleLayers[0].layer (5) must be a text",
        "\"name\": 5 | name (5) must be a text in the recipe's JSON",
        "\"name\": null | name (null) must be a text in the recipe's JSON",
        "\"steps\": \"many\" | steps (many) must be a whole number in the recipe's JSON",
        "\"steps\": \"7\" | steps (7) must be a whole number in the recipe's JSON",
        "\"steps\": 1.5 | steps (1.5) must be a whole number in the recipe's JSON",
        "\"steps\": true | steps (true) must be a whole number in the recipe's JSON",
        "\"steps\": 99999999999 | steps (99999999999) is too large in the recipe's JSON",
        "\"steps\": 0 | the recipe's JSON: steps (0) must be from 1 to 1000000",
        "\"styleWeight\": \"1\" | styleWeight (1) must be a number in the recipe's JSON",
        "\"styleWeight\": null | styleWeight (null) must be a number in the recipe's JSON",
        "\"styleWeight\": -1 | the recipe's JSON: styleWeight (-1.0) must be zero or more, and finite",
        "\"styleWeight\": 1e999 | the recipe's JSON: styleWeight (Infinity) must be zero or more",
        "\"optimizer\": {\"clip\": 1} | optimizer.clip (1) must be true or false in the recipe's JSON",
        "\"optimizer\": {\"beta1\": 2} | the recipe's JSON: beta1 (2.0) must be at least 0 and below 1",
        "\"styleLayers\": [] | the recipe's JSON: styleLayers is empty, but styleWeight is 0.01;",
        "\"styleLayers\": [{\"layer\": \"\", \"weight\": 1}] | the recipe's JSON: layer () must have a name",
        "\"contentLayers\": [{\"layer\": \"a\", \"weight\": 1}, {\"layer\": \"a\", \"weight\": 1}] | the recipe's JSON: contentLayers names a twice",
        "\"schemaVersion\": 3 | schemaVersion is 3 in the recipe's JSON, and this program reads 1 to 2",
        "\"schemaVersion\": 0 | schemaVersion is 0",
        "\"schemaVersion\": \"1\" | schemaVersion is \"1\"",
        "\"schemaVersion\": null | schemaVersion is null",
      })
  void parts_that_no_recipe_has(String json, String message) {
    refused("{\"base\": \"tf-eager\", " + json + "}").startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | the recipe's JSON must hold one JSON object",
        "[] | the recipe's JSON must hold one JSON object",
        "null | the recipe's JSON must hold one JSON object",
        "{} | schemaVersion is missing in the recipe's JSON; it is 2",
        "{\"schemaVersion\": 1} | name is missing in the recipe's JSON",
        "{\"base\": \"tf-eagre\"} | base in the recipe's JSON: recipe (tf-eagre) is unknown; did you mean tf-eager?",
        "{\"base\": 5} | base in the recipe's JSON: recipe (5) is unknown; choose one of: tf-eager",
        "{ | the recipe's JSON is no JSON: line 1, column 2: it ends too soon",
        "{} {} | the recipe's JSON is no JSON: line 1, column 4: something follows the object",
        "{\"steps\": } | the recipe's JSON is no JSON: line 1, column 11: Unexpected character ('}'",
        "{'steps': 1} | the recipe's JSON is no JSON: line 1, column 2: Unexpected character",
        "steps: 1 | the recipe's JSON is no JSON: line 1, column 7: Unrecognized token 'steps'",
        "{\"steps\": 1, \"steps\": 2} | the recipe's JSON is no JSON: line 1, column 21: Duplicate field 'steps'",
        "{\"form\": {\"gram\": 1, \"gram\": 2}} | the recipe's JSON is no JSON: line 1, column 28: Duplicate field 'gram'",
      })
  void texts_that_are_no_recipe(String json, String message) {
    refused(json == null ? "" : json).startsWith(message);
  }

  @Test
  void the_line_and_column_are_those_of_the_file() throws IOException {
    Path file = file("{\n  \"base\": \"tf-eager\",\n  \"steps\": 3,,\n}");
    refused(file).startsWith(file + " is no JSON: line 3, column 14: Unexpected character");
  }

  /** The most natural slip: a whole file in which one name is misspelt, so that one is missing. */
  @ParameterizedTest
  @CsvSource({
    "styleWeight, styleWieght, styleWieght, styleWeight",
    "gram, gramm, form.gramm, form.gram",
    "beta2, beta22, optimizer.beta22, optimizer.beta2",
    "weight, wieght, styleLayers[0].wieght, styleLayers[0].weight",
    "keep, kep, kep, keep"
  })
  void a_misspelt_name_is_said_before_the_missing_one(
      String name, String slip, String path, String meant) {
    refused(
            RecipeFile.text(Recipes.TF_EAGER)
                .replaceFirst("\"" + name + "\" :", "\"" + slip + "\" :"))
        .isEqualTo(path + " is unknown in the recipe's JSON; did you mean " + meant + "?");
  }

  @Test
  void values_are_cut_short_in_messages() {
    refused("{\"base\": \"tf-eager\", \"keep\": \"" + "x".repeat(10_000) + "\"}")
        .contains("xxx...) is unknown")
        .hasSizeLessThan(200);
  }

  @Test
  void files_that_cannot_be_read() throws IOException {
    refused(folder.resolve("absent.json"))
        .endsWith("absent.json) does not exist; name a JSON file");
    refused(folder).endsWith(") is a folder; name a JSON file");
    Path large = folder.resolve("large.json");
    Files.write(large, new byte[RecipeFile.MAX_BYTES + 1]);
    refused(large).contains("large.json) is longer than 1000000 bytes");
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    refused(latin).startsWith(latin + " is no JSON");
    Files.write(latin, "{\"base\": \"é\"}".getBytes(StandardCharsets.UTF_16LE));
    refused(latin).contains("base in ", "recipe (é) is unknown");
  }

  private static Recipe based(String parts) {
    return RecipeFile.parse("{\"base\": \"tf-eager\", " + parts + "}");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.json"), text);
  }

  private static AbstractStringAssert<?> refused(String json) {
    return message(
        catchThrowableOfType(InvalidSettingException.class, () -> RecipeFile.parse(json)));
  }

  private static AbstractStringAssert<?> refused(Path file) {
    return message(
        catchThrowableOfType(InvalidSettingException.class, () -> RecipeFile.read(file)));
  }

  private static AbstractStringAssert<?> message(InvalidSettingException refusal) {
    assertThat(refusal).isNotNull();
    return assertThat(refusal.getMessage()).hasLineCount(1).doesNotContain("io.stylegraph");
  }

  /** The JSON pointer of every field. */
  private static List<String> parts(JsonNode node, String path) {
    List<String> parts = new ArrayList<>();
    node.properties()
        .forEach(
            it -> {
              parts.add(path + "/" + it.getKey());
              parts.addAll(parts(it.getValue(), path + "/" + it.getKey()));
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      parts.addAll(parts(node.get(i), path + "/" + i));
    }
    return parts;
  }
}
