package io.stylegraph.microbench;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading and shrinking a photograph of 12 megapixels, writing results of 512x384 and 1536x1152.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 8)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class PictureBenchmark {
  /** Of pictures and files. */
  @Param({"png", "jpg"})
  private String format;

  private final Picture photograph = photograph(4000, 3000);
  private final Picture small = PictureResizer.fit(photograph, 512);
  private final Picture large = PictureResizer.fit(photograph, 1536);
  private Path input;
  private Path output;

  /** Writes the photograph that is read. */
  @Setup
  public void write() throws IOException {
    input = Files.createTempFile("photograph", "." + format);
    output = Files.createTempFile("result", "." + format);
    PictureWriter.write(photograph, input);
  }

  /** Deletes the files. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(input);
    Files.delete(output);
  }

  /** Decoding. */
  @Benchmark
  public Picture read() {
    return PictureReader.read(input);
  }

  /** To 512 pixels; the format does not matter. */
  @Benchmark
  public Picture shrink() {
    return PictureResizer.fit(photograph, 512);
  }

  /** 512x384. */
  @Benchmark
  public void writeSmall() {
    PictureWriter.write(small, output);
  }

  /** 1536x1152. */
  @Benchmark
  public void writeLarge() {
    PictureWriter.write(large, output);
  }

  /** Waves with a little noise, which compress about as a photograph does. */
  private static Picture photograph(int width, int height) {
    Random random = new Random(3);
    float[] rgb = new float[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      double waves = Math.sin(x / 170.0 + i % 3) + Math.sin(y / 90.0) + Math.sin((x + y) / 31.0);
      rgb[i] = (float) (128 + 35 * waves + 4 * random.nextGaussian());
    }
    return Picture.of(width, height, rgb);
  }
}
