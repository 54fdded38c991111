package io.stylegraph.progress;

/**
 * The weighted terms of the objective for one picture.
 *
 * @param total the sum of the three terms
 * @param content content weight times content loss
 * @param style style weight times style loss
 * @param tv total-variation weight times total variation
 */
public record Losses(double total, double content, double style, double tv) {
  /** Whether the total is neither NaN nor infinite. */
  public boolean isFinite() {
    return Double.isFinite(total);
  }
}
