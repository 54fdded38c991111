package io.stylegraph.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.error.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Recipes, their variants and what no recipe may be. */
class RecipeTest {
  private static final Recipe BASE = Recipes.TF_EAGER;

  /** Design section 3, row tf-eager. */
  @Test
  void tf_eager_is_as_published() {
    assertThat(BASE.styleLayers())
        .containsExactly(
            new LayerWeight("block1_conv1", 0.2),
            new LayerWeight("block2_conv1", 0.2),
            new LayerWeight("block3_conv1", 0.2),
            new LayerWeight("block4_conv1", 0.2),
            new LayerWeight("block5_conv1", 0.2));
    assertThat(BASE.contentLayers()).containsExactly(new LayerWeight("block5_conv2", 1));
    assertThat(BASE.styleWeight()).isEqualTo(1e-2);
    assertThat(BASE.contentWeight()).isEqualTo(1e3);
    assertThat(BASE.tvWeight()).isEqualTo(30.0 / 255);
    assertThat(BASE.optimizer()).isEqualTo(new AdamSettings(10, 0.9, 0.999, 1e-8, true));
    assertThat(BASE.steps()).isEqualTo(1000);
    assertThat(BASE.start()).isEqualTo(Start.CONTENT);
    assertThat(Recipes.DEFAULT).isSameAs(BASE);
  }

  @Test
  void layers_and_weights_are_read_from_a_list() {
    assertThat(LayerWeight.parse("styleLayers", "block1_conv1:0.5, block3_conv1"))
        .containsExactly(new LayerWeight("block1_conv1", 0.5), new LayerWeight("block3_conv1", 1));
    assertThat(LayerWeight.parse("styleLayers", " ")).isEmpty();
  }

  @Test
  void recipes_are_found_by_name() {
    for (Recipe recipe : Recipes.all()) {
      assertThat(Recipes.named(recipe.name())).isSameAs(recipe);
      assertThat(recipe.toBuilder().build()).isEqualTo(recipe);
    }
    assertThatThrownBy(() -> Recipes.named("picasso"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("recipe (picasso) is unknown; choose one of: tf-eager");
    assertThatThrownBy(() -> Recipes.named("tf-eagre"))
        .hasMessageStartingWith(
            "recipe (tf-eagre) is unknown; did you mean tf-eager? choose one of: tf-eager, swift");
  }

  @Test
  void a_builder_changes_what_it_is_told_and_nothing_else() {
    Recipe variant =
        BASE.toBuilder()
            .name("mine")
            .summary("ours")
            .source("here")
            .form(Recipes.UDACITY.form())
            .pixels(PixelSpace.UNIT)
            .keep(Keep.LAST)
            .styleWeight(1)
            .contentWeight(2)
            .tvWeight(3)
            .network(new NetworkForm(Pooling.L2, Padding.REPLICATE))
            .averageDecay(0.5)
            .scales(List.of(new Scale(0.25, 2), new Scale(0.5, 3)))
            .steps(4)
            .learningRate(5)
            .showEvery(6)
            .start(Start.NOISE)
            .noise(Noise.NORMAL)
            .styleLayers(List.of(new LayerWeight("a", 1)))
            .contentLayers(List.of(new LayerWeight("b", 1)))
            .build();
    assertThat(variant)
        .isEqualTo(
            new Recipe(
                "mine",
                "ours",
                "here",
                Recipes.UDACITY.form(),
                new NetworkForm(Pooling.L2, Padding.REPLICATE),
                PixelSpace.UNIT,
                List.of(new LayerWeight("a", 1)),
                List.of(new LayerWeight("b", 1)),
                1,
                2,
                3,
                new AdamSettings(5, 0.9, 0.999, 1e-8, true),
                List.of(new Scale(0.25, 2), new Scale(0.5, 3)),
                Pyramid.NONE,
                4,
                6,
                Start.NOISE,
                Noise.NORMAL,
                Keep.LAST,
                0.5));
    assertThat(BASE).isEqualTo(Recipes.named("tf-eager"));
  }

  @Test
  void the_optimizer_is_chosen_by_its_kind() {
    assertThat(BASE.toBuilder().optimizer("lbfgs").build().optimizer().kind()).isEqualTo("lbfgs");
    AdamSettings own = new AdamSettings(3, 0.5, 0.6, 1, true);
    assertThat(BASE.toBuilder().optimizer(own).optimizer("adam").build().optimizer())
        .isEqualTo(own);
    refused(it -> it.optimizer("sgd"), "optimizer", "sgd) is unknown; choose one of: adam, lbfgs");
  }

  @Test
  void one_of_the_layers_gets_another_weight() {
    Recipe variant =
        BASE.toBuilder()
            .styleLayerWeight("block2_conv1", 7)
            .contentLayerWeight("block5_conv2", 8)
            .build();
    assertThat(variant.styleLayers())
        .hasSize(5)
        .startsWith(new LayerWeight("block1_conv1", 0.2), new LayerWeight("block2_conv1", 7));
    assertThat(variant.contentLayers()).containsExactly(new LayerWeight("block5_conv2", 8));
    refused(
        it -> it.contentLayerWeight("block1_conv1", 1),
        "contentLayers",
        "block1_conv1 is no content layer of tf-eager; its content layers: block5_conv2");
    refused(it -> it.styleLayerWeight("block1_conv1", -1), "weight of block1_conv1", "(-1.0)");
  }

  @Test
  void noise_is_drawn_as_the_program_draws_it() {
    for (Recipe recipe : Recipes.all()) {
      boolean torch = recipe.name().startsWith("pytorch-");
      assertThat(recipe.noise()).isEqualTo(torch ? Noise.NORMAL : Noise.UNIFORM);
    }
  }

  @Test
  void layers_without_weight_are_not_asked_of_the_backbone() {
    assertThat(BASE.layersUsed()).hasSize(6).endsWith("block5_conv2");
    assertThat(BASE.toBuilder().contentWeight(0).build().layersUsed())
        .hasSize(5)
        .doesNotContain("block5_conv2");
    assertThat(BASE.toBuilder().styleWeight(0).build().layersUsed())
        .containsExactly("block5_conv2");
    List<LayerWeight> shared = List.of(new LayerWeight("a", 1));
    assertThat(BASE.toBuilder().styleLayers(shared).contentLayers(shared).build().layersUsed())
        .containsExactly("a");
  }

  @Test
  void what_no_recipe_may_be() {
    refused(it -> it.steps(0), "steps", "steps (0) must be from 1 to 1000000");
    refused(it -> it.steps(1_000_001), "steps", "steps (1000001) must be from 1 to 1000000");
    refused(it -> it.styleWeight(-1), "styleWeight", "(-1.0) must be zero or more");
    refused(it -> it.contentWeight(Double.NaN), "contentWeight", "(NaN) must be zero or more");
    refused(it -> it.tvWeight(1 / 0.0), "tvWeight", "(Infinity) must be zero or more");
    refused(it -> it.learningRate(-1), "learningRate", "(-1.0) must be positive and finite");
    refused(it -> it.styleLayers(List.of()), "styleLayers", "is empty, but styleWeight is 0.01");
    refused(it -> it.contentLayers(List.of()), "contentLayers", "name layers or set it to 0");
    List<LayerWeight> twice = List.of(new LayerWeight("a", 1), new LayerWeight("a", 2));
    refused(it -> it.styleLayers(twice), "styleLayers", "styleLayers names a twice");
    refused(it -> it.contentLayers(twice), "contentLayers", "contentLayers names a twice");
    refused(it -> it.styleWeight(0).contentWeight(0).tvWeight(0), "styleWeight", "nothing to opt");
    refused(it -> scales(it, 0.5, 0.5), "scales", "scales must grow, and 0.5 comes after 0.5");
    refused(it -> scales(it, 1), "size", "size (1.0) of a scale must be above 0 and below 1");
    refused(it -> scales(it, 0), "size", "size (0.0) of a scale must be above 0 and below 1");
    refused(it -> it.scales(List.of(new Scale(0.5, 0))), "steps", "steps (0) must be from 1");
  }

  @Test
  void steps_of_all_scales_count() {
    assertThat(scales(BASE.toBuilder(), 0.2, 0.5).steps(7).build().allSteps(512)).isEqualTo(13);
    assertThat(BASE.allSteps(512)).isEqualTo(BASE.steps());
  }

  /** Ours has the objective of the published one, so that their losses can be compared. */
  @Test
  void swift_is_tf_eager_with_another_way_to_go() {
    Recipe swift = Recipes.named("swift");
    assertThat(
            swift.toBuilder()
                .name(BASE.name())
                .summary(BASE.summary())
                .source(BASE.source())
                .optimizer(BASE.optimizer())
                .scales(List.of())
                .steps(BASE.steps())
                .showEvery(BASE.showEvery())
                .start(BASE.start())
                .build())
        .isEqualTo(BASE);
    assertThat(swift.allSteps(512)).isLessThan(BASE.steps() / 3);
  }

  @Test
  void a_pyramid_grows_to_the_size_of_the_picture() {
    Recipe recipe =
        BASE.toBuilder().pyramid(new Pyramid(128, Math.sqrt(2), 0.4)).steps(100).build();
    assertThat(recipe.stages(512)).hasSize(5).last().isEqualTo(new Stage(1, 40));
    assertThat(recipe.stages(512).get(0).steps()).isEqualTo(100);
    assertThat(recipe.stages(512).get(0).size()).isCloseTo(0.25, within(1e-12));
    assertThat(recipe.stages(512).get(1).size()).isCloseTo(0.25 * Math.sqrt(2), within(1e-12));
    assertThat(recipe.allSteps(512)).isEqualTo(260);
    assertThat(recipe.stages(511)).hasSize(4);
    assertThat(recipe.stages(128)).containsExactly(new Stage(1, 100));
    assertThat(recipe.stages(60)).containsExactly(new Stage(1, 100));
    assertThat(scales(BASE.toBuilder(), 0.2).steps(7).build().stages(60))
        .containsExactly(new Stage(0.2, 3), new Stage(1, 7));
  }

  @Test
  void pyramids_that_cannot_be() {
    Pyramid pyramid = new Pyramid(128, 2, 1);
    refused(
        it -> it.scales(List.of(new Scale(0.5, 3))).pyramid(pyramid),
        "scales",
        "scales and a pyramid are both given");
    refused(it -> it.pyramid(new Pyramid(-1, 2, 1)), "smallest", "smallest (-1) must be from 0");
    refused(it -> it.pyramid(new Pyramid(128, 1, 1)), "ratio", "ratio (1.0) of a pyramid must be");
    refused(it -> it.pyramid(new Pyramid(128, 2, 0)), "laterShare", "laterShare (0.0) must be");
    refused(it -> it.averageDecay(1), "averageDecay", "averageDecay (1.0) must be at least 0");
  }

  @Test
  void moments_are_divided_by_nothing_of_gram_matrices() {
    LossForm form = BASE.form();
    for (StyleDivisor divisor : List.of(StyleDivisor.ENTRIES, StyleDivisor.PAPER)) {
      refused(
          it ->
              it.form(
                  new LossForm(
                      form.activation(),
                      StyleStatistic.MOMENTS,
                      form.gram(),
                      divisor,
                      form.contentError(),
                      form.variation(),
                      form.units())),
          "styleDivisor",
          "is of Gram matrices");
    }
  }

  private static RecipeBuilder scales(RecipeBuilder recipe, double... sizes) {
    return recipe.scales(Arrays.stream(sizes).mapToObj(size -> new Scale(size, 3)).toList());
  }

  @Test
  void reconstructions_begin_with_noise_and_have_one_term_beside_the_prior() {
    Recipe content = Recipes.named("content-reconstruction");
    Recipe style = Recipes.named("style-reconstruction");
    assertThat(content.layersUsed()).containsExactly("block3_conv1");
    assertThat(content.styleWeight()).isZero();
    assertThat(style.layersUsed()).isEqualTo(BASE.styleLayersUsed());
    assertThat(style.contentWeight()).isZero();
    assertThat(List.of(content, style))
        .allMatch(recipe -> recipe.start() == Start.NOISE && recipe.tvWeight() > 0);
  }

  @Test
  void layers_are_copied() {
    List<LayerWeight> layers = new ArrayList<>(List.of(new LayerWeight("a", 1)));
    Recipe recipe = BASE.toBuilder().styleLayers(layers).build();
    layers.clear();
    assertThat(recipe.styleLayers()).hasSize(1);
  }

  private static void refused(UnaryOperator<RecipeBuilder> change, String setting, String message) {
    InvalidSettingException refusal =
        catchThrowableOfType(
            InvalidSettingException.class, () -> change.apply(BASE.toBuilder()).build());
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.setting()).isEqualTo(setting);
  }
}
