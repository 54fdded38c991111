package io.stylegraph.backbone;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a SavedModel without manifest is asked for.
 *
 * @param key the signature's name of the input
 * @param tensor the placeholder of the picture
 * @param outputs the tensors that the signature gives
 */
record NetworkInput(String key, String tensor, Set<String> outputs) {
  private static final String INITIALISER = "__saved_model_init_op";

  NetworkInput {
    outputs = ImmutableSet.copyOf(outputs);
  }

  /**
   * Chooses the signature: {@code serving_default}, else {@code serve}, else the only one.
   *
   * @throws io.stylegraph.error.ModelException if there is none to choose, or it takes no picture
   */
  static NetworkInput of(ModelFolder folder, MetaGraphDef metaGraph) {
    SignatureDef signature = signature(folder, metaGraph.getSignatureDefMap());
    if (signature.getInputsCount() != 1) {
      throw folder.refuse(
          "takes %d inputs (%s), not one picture"
              .formatted(
                  signature.getInputsCount(),
                  String.join(", ", new TreeMap<>(signature.getInputsMap()).keySet())));
    }
    Map.Entry<String, TensorInfo> input = signature.getInputsMap().entrySet().iterator().next();
    requirePicture(folder, input.getKey(), input.getValue());
    return new NetworkInput(
        input.getKey(),
        input.getValue().getName(),
        signature.getOutputsMap().values().stream()
            .map(TensorInfo::getName)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static SignatureDef signature(ModelFolder folder, Map<String, SignatureDef> all) {
    Map<String, SignatureDef> signatures = new TreeMap<>(all);
    signatures.remove(INITIALISER);
    for (String usual : new String[] {"serving_default", "serve"}) {
      SignatureDef signature = signatures.get(usual);
      if (signature != null) {
        return signature;
      }
    }
    if (signatures.size() != 1) {
      throw folder.refuse(
          signatures.isEmpty()
              ? "has no signature; " + ModelFolder.EXPORT_KERAS
              : "has the signatures %s and none called serving_default; export it with that one"
                  .formatted(String.join(", ", signatures.keySet())));
    }
    return signatures.values().iterator().next();
  }

  private static void requirePicture(ModelFolder folder, String key, TensorInfo input) {
    TensorShapeProto shape = input.getTensorShape();
    if (input.getDtype() != DataType.DT_FLOAT) {
      throw folder.refuse(
          "its input %s is %s, not float32; export it with a float32 input"
              .formatted(
                  key, input.getDtype().name().substring("DT_".length()).toLowerCase(Locale.ROOT)));
    }
    if (shape.getUnknownRank() || shape.getDimCount() != 4) {
      throw folder.refuse(
          "its input %s is %s, not pictures [1, height, width, 3]".formatted(key, text(shape)));
    }
    if (shape.getDim(3).getSize() != 3) {
      throw folder.refuse(
          shape.getDim(1).getSize() == 3
              ? "takes pictures with the channels first, %s; export it with data_format channels_last"
                  .formatted(text(shape))
              : "its input %s is %s, not RGB pictures [1, height, width, 3]"
                  .formatted(key, text(shape)));
    }
  }

  private static String text(TensorShapeProto shape) {
    return shape.getUnknownRank()
        ? "of unknown shape"
        : shape.getDimList().stream()
            .map(dim -> dim.getSize() < 0 ? "any" : String.valueOf(dim.getSize()))
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
