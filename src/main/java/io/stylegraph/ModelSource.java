package io.stylegraph;

import io.stylegraph.backbone.ModelInput;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model is loaded from.
 *
 * @param folder the model's
 * @param input what it takes, where it has no manifest to say so
 */
public record ModelSource(Path folder, Optional<ModelInput> input) {
  /**
   * Loads it, as {@link Stylizer} does.
   *
   * @throws io.stylegraph.error.ModelException likewise
   */
  public Stylizer load(StylizerLimits limits) {
    return input.isPresent()
        ? Stylizer.load(folder, input.get(), limits)
        : Stylizer.load(folder, limits);
  }
}
