package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.TinyModel;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.Recipes;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** What TensorFlow's errors become. */
class TransferSessionTest {
  /** As TensorFlow says it on a GPU. */
  private static final String EXHAUSTED =
      """
      2 root error(s) found.
        (0) RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[1,64,3072,4096] and type float
      \t [[{{node network/block1_conv2}}]]
      Hint: If you want to see a list of allocated tensors when OOM happens, ...
      """;

  @Test
  void too_little_memory_is_told_with_what_did_not_fit_and_what_helps() {
    failing(new TFResourceExhaustedException(EXHAUSTED))
        .hasMessage(
            "TensorFlow got too little memory (OOM when allocating tensor with"
                + " shape[1,64,3072,4096] and type float); try --tile 1024 or a smaller --size");
    failing(new TFResourceExhaustedException("no more"))
        .hasMessageStartingWith("TensorFlow got too little memory (no more);");
  }

  @Test
  void of_other_errors_the_first_line_is_told() {
    failing(new TensorFlowException("it broke\nhere"))
        .hasMessageStartingWith("TensorFlow broke off the run (it broke);");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> failing(
      TensorFlowException cause) {
    Picture picture = TinyModel.picture(34, 32, 1);
    Supplier<Evaluator> evaluator =
        () -> {
          throw cause;
        };
    return assertThatThrownBy(
            () ->
                new TransferSession(
                    Recipes.TF_EAGER,
                    ObjectiveTest.FP32,
                    TransferPictures.of(picture, picture, picture),
                    evaluator))
        .isInstanceOf(RunFailedException.class)
        .hasCause(cause);
  }
}
