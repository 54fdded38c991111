package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Throwables;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureNotes;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.WriteSettings;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StopReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/** Pictures come in and go out in the forms that a program has them in. */
class PictureExchangeTest {
  private static final Picture PICTURE =
      Picture.of(2, 1, new float[] {0, 127.25f, 255, 300, -5, 64});
  private static final Losses LOSSES = new Losses(1, 1, 0, 0);
  private static final StyleTransferResult RESULT =
      new StyleTransferResult(PICTURE, LOSSES, LOSSES, 1, StopReason.COMPLETED);

  @TempDir private Path folder;

  @Test
  void an_image_is_copied_with_its_transparency_over_white() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFF102030);
    image.setRGB(1, 0, 0x00FF0000);
    PictureSource source = PictureSource.of(image, "upload");
    image.setRGB(0, 0, 0xFFFFFFFF);
    assertThat(source.read().rgb()).containsExactly(16, 32, 48, 255, 255, 255);
    assertThat(source.label()).isEqualTo("upload");
  }

  @Test
  void a_16_bit_grey_image_keeps_its_fractions() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 1000);
    float grey = 1000f / 257;
    assertThat(PictureSource.of(image, "scan").read().rgb())
        .containsExactly(new float[] {grey, grey, grey}, within(1e-4f));
  }

  @Test
  void a_stream_is_read_at_once_and_left_open() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    RESULT.write(png, OutputFormat.PNG);
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(png.toByteArray()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    PictureSource source = PictureSource.of(in, "body");
    assertThat(in.available()).isZero();
    assertThat(closed[0]).isFalse();
    assertThat(source.read().rgb()).containsExactly(0, 127, 255, 255, 0, 64);
    assertThatThrownBy(() -> PictureSource.of(in, "body"))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("body: is empty");
  }

  @Test
  void a_tensor_with_or_without_a_batch_is_copied_and_stays_the_callers() {
    try (TFloat32 tensor = RESULT.tensor();
        TFloat32 flat =
            TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][][] {{{1, 2, 3}, {4, 5, 6}}}))) {
      PictureSource source = PictureSource.of(tensor, "tensor");
      tensor.setFloat(9, 0, 0, 0, 0);
      assertThat(source.read().rgb()).isEqualTo(PICTURE.rgb());
      assertThat(source.read().size()).isEqualTo(PICTURE.size());
      Picture ofFlat = PictureSource.of(flat, "flat").read();
      assertThat(ofFlat.rgb()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(ofFlat.size()).isEqualTo(PICTURE.size());
    }
  }

  @Test
  void a_tensor_of_another_shape_is_refused() {
    for (Shape shape :
        new Shape[] {
          Shape.scalar(),
          Shape.of(4, 4),
          Shape.of(2, 4, 4, 3),
          Shape.of(1, 4, 4, 1),
          Shape.of(1, 1, 4, 4, 3),
          Shape.of(0, 4, 3)
        }) {
      try (TFloat32 tensor = TFloat32.tensorOf(shape)) {
        assertThatThrownBy(() -> PictureSource.of(tensor, "tensor"))
            .isInstanceOf(PictureException.class)
            .hasMessageStartingWith("tensor: ");
      }
    }
  }

  @Test
  void a_tensor_with_a_value_that_is_no_number_is_refused() {
    try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(1, 2, 2, 3))) {
      tensor.setFloat(Float.NaN, 0, 1, 0, 2);
      assertThatThrownBy(() -> PictureSource.of(tensor, "tensor"))
          .isInstanceOf(PictureException.class)
          .hasMessage("tensor: picture of 2x2: sample 8 is NaN, must be finite");
    }
  }

  @Test
  void a_result_leaves_as_image_tensor_and_file() {
    assertThat(RESULT.image().getRGB(0, 0)).isEqualTo(0xFF007FFF);
    try (TFloat32 tensor = RESULT.tensor()) {
      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 1, 2, 3));
      assertThat(tensor.getFloat(0, 0, 1, 0)).isEqualTo(300);
    }
    RESULT.write(folder.resolve("out.png"));
    assertThat(PictureReader.read(folder.resolve("out.png")).rgb())
        .containsExactly(0, 127, 255, 255, 0, 64);
  }

  @Test
  void a_result_leaves_with_sixteen_bits_and_notes() {
    Path file = folder.resolve("out.tif");
    RESULT.write(file, WriteSettings.USUAL.withBits(16).withNotes("{}"));
    assertThat(PictureReader.read(file).rgb()[1] * 257)
        .isCloseTo(Math.round(RESULT.picture().rgb()[1] * 257), within(0.01f));
    assertThat(PictureNotes.read(file)).contains("{}");
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_fails_is_an_io_exception(OutputFormat format) {
    IOException broken = new IOException("broken pipe");
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw broken;
          }
        };
    assertThatThrownBy(() -> RESULT.write(out, format))
        .isInstanceOf(IOException.class)
        .satisfies(failure -> assertThat(Throwables.getRootCause(failure)).isSameAs(broken));
  }
}
