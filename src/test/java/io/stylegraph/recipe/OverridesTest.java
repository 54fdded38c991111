package io.stylegraph.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stylegraph.error.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of a recipe changed by their names; what is refused, the test of the commands lists. */
class OverridesTest {
  private static final Recipe BASE = Recipes.TF_EAGER;

  @Test
  void each_part_is_changed_by_its_name() {
    assertThat(
            changed(
                "name=5",
                "form.gram=entries",
                "pixels=unit",
                "contentLayers=[{\"layer\":\"a\",\"weight\":3}]",
                "styleLayers.block1_conv1=0.5",
                "tvWeight=1e-3",
                "optimizer.beta1=0.99",
                "optimizer.clip=false",
                "steps=7",
                "noise=normal",
                "keep=last"))
        .isEqualTo(
            BASE.toBuilder()
                .name("5")
                .form(
                    new LossForm(
                        Activation.POST,
                        StyleStatistic.GRAM,
                        GramNormaliser.ENTRIES,
                        StyleDivisor.NONE,
                        ContentError.MEAN,
                        VariationForm.ABSOLUTE,
                        FeatureUnits.KERAS))
                .pixels(PixelSpace.UNIT)
                .contentLayers(List.of(new LayerWeight("a", 3)))
                .styleLayerWeight("block1_conv1", 0.5)
                .tvWeight(1e-3)
                .optimizer(new AdamSettings(10, 0.99, 0.999, 1e-8, false))
                .steps(7)
                .noise(Noise.NORMAL)
                .keep(Keep.LAST)
                .build());
    assertThat(changed()).isEqualTo(BASE);
  }

  @Test
  void the_optimiser_is_swapped_as_by_its_kind() {
    assertThat(changed("optimizer.kind=lbfgs").optimizer()).isEqualTo(Recipes.LBFGS);
    assertThat(changed("optimizer.learningRate=3", "optimizer.kind=adam").optimizer())
        .isEqualTo(Recipes.ADAM.withLearningRate(3));
    assertThat(changed("optimizer.kind=lbfgs", "optimizer.bounds=none").optimizer())
        .extracting(it -> ((LbfgsSettings) it).bounds())
        .isEqualTo(LbfgsSettings.Bounds.NONE);
  }

  /** Only the recipe that comes out of all of them must be a good one. */
  @Test
  void changes_are_made_in_order_and_looked_at_together() {
    assertThat(changed("steps=3", "steps=4").steps()).isEqualTo(4);
    assertThat(changed("styleLayers=[]", "styleWeight=0").styleLayers()).isEmpty();
    InvalidSettingException refusal =
        catchThrowableOfType(
            InvalidSettingException.class,
            () -> changed("contentLayers=[]", "contentLayers.block5_conv2=1"));
    assertThat(refusal)
        .hasMessage("block5_conv2 is no content layer of tf-eager; its content layers: none");
    assertThat(refusal.setting()).isEqualTo("contentLayers");
  }

  @Test
  void a_refusal_has_the_path_as_its_setting() {
    InvalidSettingException refusal =
        catchThrowableOfType(
            InvalidSettingException.class, () -> changed("optimizer.history=5", "steps=1"));
    assertThat(refusal).hasMessageStartingWith("optimizer.history is unknown in test; choose one");
    assertThat(refusal.setting()).isEqualTo("optimizer.history");
  }

  private static Recipe changed(String... assignments) {
    return Overrides.apply(BASE, List.of(assignments), "test");
  }
}
