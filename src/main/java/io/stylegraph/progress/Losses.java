package io.stylegraph.progress;

import java.io.Serializable;

/**
 * The weighted terms of the objective for one picture.
 *
 * @param total the sum of the terms
 * @param content content weight times content loss
 * @param style style weight times style loss
 * @param tv total-variation weight times total variation
 * @param temporal how far a film's frame is from the one before; 0 of any other picture
 */
public record Losses(double total, double content, double style, double tv, double temporal)
    implements Serializable {
  /** Of a picture that is no film's frame. */
  public Losses(double total, double content, double style, double tv) {
    this(total, content, style, tv, 0);
  }

  /** Whether the total is neither NaN nor infinite. */
  public boolean isFinite() {
    return Double.isFinite(total);
  }
}
