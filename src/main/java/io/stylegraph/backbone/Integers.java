package io.stylegraph.backbone;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto.Dim;

/** The numbers of an int32 or int64 constant. */
final class Integers {
  private Integers() {}

  /** In the order of its entries; one number alone stands for all that follow it too. */
  static List<Long> of(TensorProto constant) {
    boolean isLong = constant.getDtype() == DataType.DT_INT64;
    List<Long> numbers = new ArrayList<>();
    ByteBuffer bytes =
        constant.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      numbers.add(isLong ? bytes.getLong() : bytes.getInt());
    }
    numbers.addAll(constant.getInt64ValList());
    constant.getIntValList().forEach(it -> numbers.add((long) it));
    long count =
        constant.getTensorShape().getDimList().stream()
            .mapToLong(Dim::getSize)
            .reduce(1, Math::multiplyExact);
    while (!numbers.isEmpty() && numbers.size() < count) {
      numbers.add(numbers.get(numbers.size() - 1));
    }
    return numbers;
  }
}
