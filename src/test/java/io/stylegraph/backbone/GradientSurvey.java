package io.stylegraph.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Tries TensorFlow's symbolic gradient of each op in a process of its own, since some kill it, and
 * writes what was found: {@code make gradient-survey}. A gradient counts as {@code ok} if it agrees
 * with the difference quotient of what was differentiated. The picture is a placeholder; of a
 * {@code VariableV2} itself the gradient of {@code Square} kills the process, but no network looks
 * at one.
 */
final class GradientSurvey {
  private static final Shape KNOWN = Shape.of(1, 6, 6, 4);
  private static final Shape ANY = Shape.of(1, -1, -1, 4);
  private static final int OK = 0;
  private static final int NONE = 3;
  private static final int WRONG = 4;
  private static final int UNBUILT = 5;

  private GradientSurvey() {}

  /** Takes the file to write; or, in the process of one op, its case. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("--try")) {
      System.exit(Math.max(attempt(args[1], KNOWN), attempt(args[1], ANY)));
    }
    Map<String, String> found = new TreeMap<>();
    for (String name : names()) {
      String result = run(name);
      System.out.println(name + " " + result);
      found.merge(kind(name), result, (one, other) -> one.equals("ok") ? other : one);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "# TensorFlow %s's symbolic gradients (C++), as Graph.addGradients of Java gives them."
            .formatted(TensorFlow.version()));
    lines.add(
        "# Written by `make gradient-survey`; ok, none, wrong, crash, or unbuilt where it does not run at all.");
    found.forEach((op, result) -> lines.add(op + " " + result));
    Files.write(Path.of(args[0]), lines, UTF_8);
  }

  /** What the gradient depends on beside the op's type has a line of its own. */
  private static String kind(String name) {
    boolean own = name.endsWith(GradientPath.DILATED) || name.endsWith(GradientPath.INT64);
    return own ? name : name.split(" ")[0];
  }

  private static List<String> names() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      return new GradientCases(tf, picture(tf, ANY)).names();
    }
  }

  private static String run(String name) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GradientSurvey.class.getName(),
                "--try",
                name)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!child.waitFor(60, TimeUnit.SECONDS)) {
      child.destroyForcibly();
      return "crash";
    }
    return switch (child.exitValue()) {
      case OK -> "ok";
      case NONE -> "none";
      case WRONG -> "wrong";
      case UNBUILT -> "unbuilt";
      default -> "crash";
    };
  }

  private static Operand<TFloat32> picture(Ops tf, Shape shape) {
    return tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static int attempt(String name, Shape shape) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = picture(tf, shape);
      Operand<TFloat32> total;
      try {
        Operand<TFloat32> value = new GradientCases(tf, x).value(name);
        // Weighted unevenly, so that what a wrong gradient mixes up does not cancel out.
        // Weighted unevenly, so that what a wrong gradient mixes up does not cancel out.
        Operand<TFloat32> weight = tf.math.add(tf.constant(1.5f), tf.math.sin(numbered(tf, value)));
        total =
            tf.sum(
                tf.math.mul(value, weight),
                tf.range(tf.constant(0), tf.rank(value), tf.constant(1)));
        total(session, total, 0);
      } catch (RuntimeException e) {
        e.printStackTrace();
        return UNBUILT;
      }
      return differentiate(graph, session, x, total, name.equals("StopGradient") ? 0.5 : 1);
    }
  }

  /** 0, 1, 2, ... in the value's shape. */
  private static Operand<TFloat32> numbered(Ops tf, Operand<TFloat32> value) {
    var count = tf.range(tf.constant(0), tf.size(value), tf.constant(1));
    return tf.reshape(tf.dtypes.cast(count, TFloat32.class), tf.shape(value));
  }

  private static int differentiate(
      Graph graph, Session session, Operand<TFloat32> x, Operand<TFloat32> total, double part) {
    try {
      Output<?> gradient = graph.addGradients(total.asOutput(), new Output<?>[] {x.asOutput()})[0];
      if (gradient == null) {
        return NONE;
      }
      double slope = 0;
      try (TFloat32 at = at(0);
          Result result = session.runner().feed(x, at).fetch(gradient).run()) {
        float[] values = new float[(int) KNOWN.size()];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        for (int i = 0; i < values.length; i++) {
          slope += values[i] * direction(i);
        }
      }
      double step = 0x1p-9;
      double quotient =
          part * (total(session, total, step) - total(session, total, -step)) / (2 * step);
      System.out.printf(Locale.ROOT, "%g %g%n", slope, quotient);
      return Math.abs(slope - quotient) <= 0.02 * Math.max(0.5, Math.abs(quotient)) ? OK : WRONG;
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      e.printStackTrace();
      return NONE;
    }
  }

  private static double total(Session session, Operand<TFloat32> total, double step) {
    try (TFloat32 at = at(step);
        Result result = session.runner().feed("x", at).fetch(total).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** A picture on a line through one without kinks or ties. */
  private static TFloat32 at(double step) {
    float[] values = new float[(int) KNOWN.size()];
    for (int i = 0; i < values.length; i++) {
      // A permutation of evenly spaced numbers that are no bounds of any op.
      values[i] =
          (float) (0.303 + 1.39 * (i * 59 % values.length) / values.length + step * direction(i));
    }
    return TFloat32.tensorOf(KNOWN, DataBuffers.of(values));
  }

  private static double direction(int i) {
    return 0.5 + Math.cos(3 * i) / 2;
  }
}
