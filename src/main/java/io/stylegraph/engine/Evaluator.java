package io.stylegraph.engine;

import io.stylegraph.progress.Losses;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.TFloat32;

/** A job's objective at one size, with what it compares pictures with; closes that. */
interface Evaluator extends AutoCloseable {
  /**
   * The losses of a picture.
   *
   * @param picture of the pixel space, [1, height, width, 3]
   * @param gradient takes the total's gradient with respect to it, [height][width][3]; null for
   *     losses alone
   */
  Losses evaluate(TFloat32 picture, float @Nullable [] gradient);

  /** Whether it has yet to take the content's targets: from the next picture that it evaluates. */
  boolean isLooking();

  /** Takes the targets from the content picture. */
  void lookAtContent();

  /**
   * Goes on with another frame of a film: takes the content's targets from it, and keeps the
   * styles'.
   *
   * @throws UnsupportedOperationException if it computes in tiles
   */
  void follow(TransferPictures frame);

  /** What the recipe compares at one of its layers, of a picture as above. */
  float[] features(String layer, TFloat32 picture);

  /** The losses of the first picture in both precisions, of a job on trial, before any move. */
  PrecisionProof prove();

  @Override
  void close();
}
