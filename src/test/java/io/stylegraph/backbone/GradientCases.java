package io.stylegraph.backbone;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * For each op that Keras's layers use in inference, some values computed with it of x, float32 [1,
 * 6, 6, 4] with a height and width that the graph does not know, all between 0.3 and 1.7. Another
 * kind of the same op is named by a word behind it.
 */
final class GradientCases {
  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Map<String, Function<String, Operand<TFloat32>>> cases = new LinkedHashMap<>();

  GradientCases(Ops tf, Operand<TFloat32> x) {
    this.tf = tf;
    this.x = x;
    elementwise();
    convolutionsAndPools();
    norms();
    reductions();
    shapes();
    parts();
    products();
  }

  /** Their names. */
  List<String> names() {
    return List.copyOf(cases.keySet());
  }

  /** The value of one. */
  Operand<TFloat32> value(String name) {
    return cases.get(name).apply(name.split(" ")[0]);
  }

  private void elementwise() {
    for (String type :
        "Relu Relu6 Elu Selu LeakyRelu Sigmoid Tanh Softplus Softsign Softmax LogSoftmax Erf Erfc Exp Expm1 Log Log1p Sqrt Rsqrt Square Abs Neg Reciprocal Inv Sin Cos Atan Sinh Cosh Asinh Identity CheckNumerics PreventGradient"
            .split(" ")) {
      cases.put(
          type,
          it ->
              op(
                  it,
                  op -> {
                    if (it.equals("CheckNumerics")) {
                      op.setAttr("message", "");
                    }
                  },
                  x));
    }
    for (String type : "Sign Floor Ceil Round Rint ZerosLike OnesLike StopGradient".split(" ")) {
      cases.put(type, it -> tf.math.add(x, op(it, x)));
    }
    for (String type :
        "Add AddV2 Sub Mul RealDiv Div DivNoNan MulNoNan Maximum Minimum SquaredDifference Pow Xdivy Atan2 FloorDiv"
            .split(" ")) {
      Operand<TFloat32> other = tf.constant(new float[] {0.9f, 1.1f, 1.3f, 0.7f});
      cases.put(type, it -> tf.math.add(op(it, x, other), tf.math.mul(x, op(it, other, x))));
    }
    cases.put("AddN", it -> list(it, x, x));
    cases.put("BiasAdd", it -> op(it, x, channels(4)));
    cases.put("ClipByValue", it -> op(it, x, tf.constant(0.5f), tf.constant(1.5f)));
    cases.put("SelectV2", it -> op(it, tf.math.greater(x, tf.constant(1f)), x, tf.math.neg(x)));
    cases.put("Select", it -> op(it, tf.math.greater(x, tf.constant(1f)), x, tf.math.neg(x)));
    cases.put("Cast", it -> cast(it, DataType.DT_FLOAT, cast(it, DataType.DT_DOUBLE, x)));
    cases.put("IdentityN", it -> first(it, op -> op.addInputList(outputs(x, x))));
  }

  private void convolutionsAndPools() {
    Operand<TFloat32> filter = numbers(3, 3, 4, 2);
    for (String padding : new String[] {"SAME", "VALID"}) {
      String kind = " " + padding;
      cases.put("Conv2D" + kind, it -> op(it, strided(padding), x, filter));
      cases.put("DepthwiseConv2dNative" + kind, it -> op(it, strided(padding), x, filter));
      for (String type : new String[] {"MaxPool", "AvgPool"}) {
        cases.put(
            type + kind,
            it -> op(it, op -> strided(padding).accept(op.setAttr("ksize", longs(1, 2, 2, 1))), x));
      }
    }
    for (String type : new String[] {"Conv2D", "DepthwiseConv2dNative"}) {
      cases.put(
          type + GradientPath.DILATED,
          it ->
              op(
                  it,
                  op ->
                      op.setAttr("strides", longs(1, 1, 1, 1))
                          .setAttr("padding", "SAME")
                          .setAttr("dilations", longs(1, 2, 2, 1)),
                  x,
                  filter));
    }
    cases.put(
        "Conv2DBackpropInput",
        it ->
            op(it, strided("SAME"), tf.constant(new int[] {1, 12, 12, 2}), numbers(3, 3, 2, 4), x));
    cases.put(
        "DepthwiseConv2dNativeBackpropInput",
        it ->
            op(it, strided("SAME"), tf.constant(new int[] {1, 12, 12, 4}), numbers(3, 3, 4, 1), x));
    cases.put(
        "MaxPoolV2",
        it ->
            op(
                it,
                op -> op.setAttr("padding", "VALID"),
                x,
                tf.constant(new int[] {1, 2, 2, 1}),
                tf.constant(new int[] {1, 2, 2, 1})));
    cases.put("LRN", it -> op(it, x));
  }

  private void norms() {
    for (String type : new String[] {"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"}) {
      cases.put(
          type,
          it ->
              op(
                  it,
                  op -> op.setAttr("is_training", false),
                  x,
                  channels(4),
                  channels(4),
                  channels(4),
                  channels(4)));
    }
  }

  private void reductions() {
    for (String type : "Mean Sum Max Min Prod EuclideanNorm".split(" ")) {
      cases.put(
          type,
          it -> op(it, op -> op.setAttr("keep_dims", true), x, tf.constant(new int[] {1, 2})));
    }
    cases.put("Cumsum", it -> op(it, x, tf.constant(1)));
    cases.put("L2Loss", it -> op(it, x));
  }

  private void shapes() {
    Operand<?> pads = tf.constant(new int[][] {{0, 0}, {1, 2}, {2, 1}, {0, 0}});
    cases.put("Pad", it -> op(it, x, pads));
    cases.put("PadV2", it -> op(it, x, pads, tf.constant(1f)));
    cases.put("MirrorPad REFLECT", it -> op(it, op -> op.setAttr("mode", "REFLECT"), x, pads));
    cases.put("MirrorPad SYMMETRIC", it -> op(it, op -> op.setAttr("mode", "SYMMETRIC"), x, pads));
    cases.put("Reshape", it -> op(it, x, tf.constant(new int[] {1, -1, 2})));
    cases.put("Reshape" + GradientPath.INT64, it -> op(it, x, tf.constant(new long[] {1, -1, 2})));
    cases.put("Transpose", it -> op(it, x, tf.constant(new int[] {0, 2, 3, 1})));
    cases.put("Squeeze", it -> op(it, op -> op.setAttr("squeeze_dims", longs(0)), x));
    cases.put("ExpandDims", it -> op(it, x, tf.constant(2)));
    cases.put("ReverseV2", it -> op(it, x, tf.constant(new int[] {3})));
    cases.put("Tile", it -> op(it, x, tf.constant(new int[] {1, 2, 1, 1})));
    cases.put("BroadcastTo", it -> op(it, x, tf.constant(new int[] {3, 6, 6, 4})));
    cases.put("Roll", it -> op(it, x, tf.constant(1), tf.constant(2)));
    for (String type : new String[] {"DepthToSpace", "SpaceToDepth"}) {
      cases.put(type, it -> op(it, op -> op.setAttr("block_size", 2), x));
    }
    Operand<?> block = tf.constant(new int[] {2, 2});
    Operand<?> none = tf.constant(new int[][] {{0, 0}, {0, 0}});
    cases.put("SpaceToBatchND", it -> op(it, x, block, none));
    cases.put("BatchToSpaceND", it -> op(it, op("SpaceToBatchND", x, block, none), block, none));
    Operand<?> size = tf.constant(new int[] {9, 11});
    for (String type : "ResizeBilinear ResizeNearestNeighbor ResizeBicubic ResizeArea".split(" ")) {
      boolean centres = !type.equals("ResizeArea");
      cases.put(
          type,
          it ->
              op(
                  it,
                  op -> {
                    if (centres) {
                      op.setAttr("half_pixel_centers", true);
                    }
                  },
                  x,
                  size));
    }
    cases.put(
        "ScaleAndTranslate",
        it ->
            op(
                it,
                x,
                size,
                tf.constant(new float[] {1.5f, 1.8f}),
                tf.constant(new float[] {0f, 0f})));
  }

  private void parts() {
    Operand<?> begin = tf.constant(new int[] {0, 1, 1, 0});
    cases.put("Slice", it -> op(it, x, begin, tf.constant(new int[] {1, 3, 4, 4})));
    cases.put(
        "Slice" + GradientPath.INT64,
        it ->
            op(it, x, tf.constant(new long[] {0, 1, 1, 0}), tf.constant(new long[] {1, 3, 4, 4})));
    cases.put(
        "StridedSlice",
        it ->
            op(
                it,
                x,
                begin,
                tf.constant(new int[] {1, 6, 5, 4}),
                tf.constant(new int[] {1, 2, 1, 1})));
    cases.put(
        "StridedSlice" + GradientPath.INT64,
        it ->
            op(
                it,
                x,
                tf.constant(new long[] {0, 1, 1, 0}),
                tf.constant(new long[] {1, 6, 5, 4}),
                tf.constant(new long[] {1, 2, 1, 1})));
    cases.put(
        "ConcatV2",
        it -> first(it, op -> op.addInputList(outputs(x, x)).addInput(tf.constant(3).asOutput())));
    cases.put("Pack", it -> list(it, x, x));
    cases.put(
        "Unpack",
        it -> first(it, op -> op.addInput(x.asOutput()).setAttr("num", 4).setAttr("axis", 3)));
    cases.put(
        "Split",
        it ->
            first(
                it,
                op ->
                    op.addInput(tf.constant(3).asOutput())
                        .addInput(x.asOutput())
                        .setAttr("num_split", 2)));
    cases.put(
        "SplitV",
        it ->
            first(
                it,
                op ->
                    op.addInput(x.asOutput())
                        .addInput(tf.constant(new int[] {1, 3}).asOutput())
                        .addInput(tf.constant(3).asOutput())
                        .setAttr("num_split", 2)));
    Operand<?> some = tf.constant(new int[] {2, 0});
    cases.put("GatherV2", it -> op(it, x, some, tf.constant(1)));
    cases.put("GatherNd", it -> op(it, x, tf.constant(new int[][] {{0, 1, 2}, {0, 3, 3}})));
  }

  private void products() {
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, 4}));
    cases.put("MatMul", it -> op(it, rows, numbers(4, 3)));
    for (String type : new String[] {"BatchMatMul", "BatchMatMulV2"}) {
      cases.put(type, it -> op(it, x, numbers(1, 6, 4, 3)));
    }
    cases.put(
        "BatchMatMulV3",
        it -> op(it, op -> op.setAttr("Tout", DataType.DT_FLOAT), x, numbers(1, 6, 4, 3)));
    cases.put(
        "Einsum",
        it ->
            first(
                it,
                op ->
                    op.addInputList(outputs(x, numbers(4, 3)))
                        .setAttr("equation", "abcd,de->abce")));
  }

  private Operand<TFloat32> op(String type, Operand<?>... inputs) {
    return op(type, op -> {}, inputs);
  }

  private Operand<TFloat32> op(
      String type, Consumer<OperationBuilder> attributes, Operand<?>... inputs) {
    return first(
        type,
        op -> {
          for (Operand<?> input : inputs) {
            op.addInput(input.asOutput());
          }
          attributes.accept(op);
        });
  }

  private Operand<TFloat32> list(String type, Operand<?>... inputs) {
    return first(type, op -> op.addInputList(outputs(inputs)));
  }

  private Operand<TFloat32> first(String type, Consumer<OperationBuilder> rest) {
    OperationBuilder builder = tf.scope().opBuilder(type, type);
    rest.accept(builder);
    return builder.build().output(0);
  }

  private Operand<TFloat32> cast(String type, DataType to, Operand<?> value) {
    return op(type, op -> op.setAttr("DstT", to), value);
  }

  private static Consumer<OperationBuilder> strided(String padding) {
    return op -> op.setAttr("strides", longs(1, 2, 2, 1)).setAttr("padding", padding);
  }

  private static Output<?>[] outputs(Operand<?>... operands) {
    return Arrays.stream(operands).map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  private static long[] longs(long... values) {
    return values;
  }

  private Operand<TFloat32> channels(int count) {
    return numbers(count);
  }

  /** Different numbers between 0.5 and 1.5. */
  private Operand<TFloat32> numbers(int... shape) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (1 + Math.sin(1 + 7.0 * i) / 2);
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }
}
