package io.stylegraph.engine;

import io.stylegraph.loss.LossTerms;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An objective's ops by name.
 *
 * @param picture the placeholder of the picture that the network sees
 * @param contentFeeds see {@link ContentTargets#feeds}
 * @param kept see {@link ContentTargets#kept}
 * @param look see {@link ContentTargets#look}
 * @param losses in the order of {@link Tensors#losses}
 */
record LossOps(
    String picture,
    List<String> contentFeeds,
    List<String> kept,
    String look,
    List<String> losses) {
  static LossOps of(Operand<TFloat32> picture, ContentTargets content, LossTerms terms) {
    return new LossOps(
        picture.op().name(),
        content.feeds(),
        content.kept(),
        content.look(),
        Stream.of(terms.total(), terms.content(), terms.style(), terms.tv(), terms.temporal())
            .map(term -> term.op().name())
            .toList());
  }

  /** The same ops by other names. */
  LossOps renamed(UnaryOperator<String> rename) {
    return new LossOps(
        rename.apply(picture),
        contentFeeds.stream().map(rename).toList(),
        kept.stream().map(rename).toList(),
        rename.apply(look),
        losses.stream().map(rename).toList());
  }
}
