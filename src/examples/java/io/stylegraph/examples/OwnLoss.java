package io.stylegraph.examples;

import io.stylegraph.PictureSource;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.loss.GramMatrix;
import io.stylegraph.loss.StyleLoss;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.GramNormaliser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The engine's style loss in a graph of our own, with a term of our own and our own loop: plain
 * gradient descent that keeps the picture's mean colour at grey. Takes the model's folder, the two
 * pictures, and the output.
 */
final class OwnLoss implements AutoCloseable {
  private static final List<String> LAYERS =
      List.of("block1_conv1", "block2_conv1", "block3_conv1");

  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TFloat32> picture;
  private final Operand<TFloat32> loss;
  private final Output<?> gradient;
  private final List<Operand<TFloat32>> grams = new ArrayList<>();
  private final Result gramsOfStyle;
  private final Shape shape;

  /**
   * Builds the graph and takes the style's Gram matrices.
   *
   * @param greyWeight of our own term, the squared distance of the mean colour from 127.5
   */
  OwnLoss(Backbone backbone, Picture style, int width, int height, double greyWeight) {
    Ops tf = Ops.create(graph);
    shape = Shape.of(1, height, width, 3);
    Features seen = look(backbone, "seen", shape);
    Features ofStyle = look(backbone, "style", Shape.of(1, style.height(), style.width(), 3));
    picture = seen.picture();

    Operand<TFloat32> sum = tf.math.mul(grey(tf), tf.constant((float) greyWeight));
    for (String layer : LAYERS) {
      var target = GramMatrix.of(tf, ofStyle.layer(layer), GramNormaliser.POSITIONS);
      var gram = GramMatrix.of(tf, seen.layer(layer), GramNormaliser.POSITIONS);
      grams.add(target);
      sum = tf.math.add(sum, StyleLoss.of(tf, gram, target));
    }
    loss = sum;
    gradient = graph.addGradients(loss.asOutput(), new Output<?>[] {picture.asOutput()})[0];

    backbone.importRestore(graph);
    session = new Session(graph);
    backbone.restore(session);
    try (TFloat32 values = tensor(style.rgb(), ofStyle.picture().shape())) {
      Session.Runner runner = session.runner().feed(ofStyle.picture(), values);
      grams.forEach(runner::fetch);
      gramsOfStyle = runner.run();
    }
  }

  private Features look(Backbone backbone, String scope, Shape seen) {
    return backbone.importForPlaceholder(graph, scope, seen, LAYERS, Activation.POST);
  }

  private Operand<TFloat32> grey(Ops tf) {
    var mean = tf.math.mean(picture, tf.constant(new int[] {0, 1, 2}));
    var distance = tf.math.sub(mean, tf.constant(127.5f));
    // Not tf.math.square, whose gradient ends the JVM in TensorFlow 2.16.
    return tf.math.mean(tf.math.mul(distance, distance), tf.constant(0));
  }

  /** The loss of a picture, and its gradient, [height, width, 3]. */
  Evaluation at(float[] rgb) {
    try (TFloat32 values = tensor(rgb, shape)) {
      Session.Runner runner = session.runner().feed(picture, values).fetch(loss).fetch(gradient);
      for (int i = 0; i < grams.size(); i++) {
        runner.feed(grams.get(i), gramsOfStyle.get(i));
      }
      try (Result result = runner.run()) {
        float[] floats = new float[rgb.length];
        ((TFloat32) result.get(1)).asRawTensor().data().asFloats().read(floats);
        return new Evaluation(((TFloat32) result.get(0)).getFloat(), floats);
      }
    }
  }

  /** What a look at a picture gives. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
  record Evaluation(double loss, float[] gradient) {}

  /** Steps that each move the pixel with the steepest slope by so many levels of 255. */
  float[] descend(float[] start, int steps, float levels) {
    float[] rgb = start.clone();
    for (int step = 0; step < steps; step++) {
      Evaluation evaluation = at(rgb);
      float steepest = 0;
      for (float slope : evaluation.gradient()) {
        steepest = Math.max(steepest, Math.abs(slope));
      }
      for (int i = 0; i < rgb.length && steepest > 0; i++) {
        float moved = rgb[i] - levels * evaluation.gradient()[i] / steepest;
        rgb[i] = Math.max(0, Math.min(255, moved));
      }
    }
    return rgb;
  }

  private static TFloat32 tensor(float[] values, Shape shape) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  @Override
  public void close() {
    gramsOfStyle.close();
    session.close();
    graph.close();
  }

  public static void main(String[] args) {
    Picture content = PictureResizer.fit(PictureSource.of(Path.of(args[1])).read(), 256);
    Picture style = PictureResizer.fit(PictureSource.of(Path.of(args[2])).read(), 256);
    int width = content.width();
    int height = content.height();
    try (var own = new OwnLoss(Backbone.load(Path.of(args[0])), style, width, height, 1e3)) {
      float[] rgb = own.descend(content.rgb(), 20, 8);
      PictureWriter.write(Picture.of(width, height, rgb), Path.of(args[3]));
    }
  }
}
