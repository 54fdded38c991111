package io.stylegraph.error;

import java.util.List;

/** A recipe asks for layers that the backbone does not have. */
public final class MissingLayersException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final List<String> missing;
  private final List<String> existing;

  /**
   * Makes the error.
   *
   * @param model the backbone's name
   * @param missing the layers asked for in vain
   * @param existing the layers there are
   */
  public MissingLayersException(String model, List<String> missing, List<String> existing) {
    super(
        "model %s has no layer %s; it has: %s"
            .formatted(model, String.join(", ", missing), String.join(", ", existing)));
    this.missing = List.copyOf(missing);
    this.existing = List.copyOf(existing);
  }

  /** The layers asked for in vain. */
  public List<String> missing() {
    return missing;
  }

  /** The layers there are. */
  public List<String> existing() {
    return existing;
  }
}
