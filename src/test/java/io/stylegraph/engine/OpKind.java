package io.stylegraph.engine;

/** What an op of a step is there for, by its name and the name of its op as TensorFlow runs it. */
enum OpKind {
  CONVOLUTION("convolution, with bias and ReLU"),
  CONVOLUTION_GRADIENT("convolution's gradient"),
  GRAM("Gram product"),
  GRAM_GRADIENT("Gram product's gradient"),
  POOLING("max pooling"),
  POOLING_GRADIENT("max pooling's gradient"),
  RELU_GRADIENT("ReLU's gradient"),
  SUM("sums of gradients"),
  LAYOUT("layout and type conversions"),
  VARIABLE("weights read, feeds and fetches"),
  OTHER("total variation, losses, the rest");

  private final String words;

  OpKind(String words) {
    this.words = words;
  }

  static OpKind of(String name, String op) {
    boolean gradient = name.contains("/gradients/");
    return switch (op.replaceFirst("^_?(Mkl)?(Native)?", "")) {
      case "Conv2D", "FusedConv2D" -> gradient ? CONVOLUTION_GRADIENT : CONVOLUTION;
      case "Conv2DBackpropInput" -> CONVOLUTION_GRADIENT;
      case "MatMul", "FusedMatMul", "BatchMatMulV2" -> gradient ? GRAM_GRADIENT : GRAM;
      case "MaxPool" -> POOLING;
      case "MaxPoolGrad" -> POOLING_GRADIENT;
      case "ReluGrad" -> RELU_GRADIENT;
      case "AddN" -> SUM;
      case "Cast", "InputConversion", "ToTf", "Transpose" -> LAYOUT;
      case "ApplyAdam",
          "Assign",
          "AssignAdd",
          "ReadVariableOp",
          "Select",
          "SelectV2",
          "Snapshot",
          "VariableV2",
          "VarHandleOp" ->
          VARIABLE;
      default -> OTHER;
    };
  }

  /** Whether its speed is that of multiplications, not of the memory. */
  boolean multiplies() {
    return ordinal() <= GRAM_GRADIENT.ordinal();
  }

  @Override
  public String toString() {
    return words;
  }
}
