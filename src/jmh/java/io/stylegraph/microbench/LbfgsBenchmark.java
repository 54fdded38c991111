package io.stylegraph.microbench;

import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.optim.Move;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Recipes;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One L-BFGS update with a full history, on a quadratic of condition 10000 whose answer lies
 * outside 0-255 in one value of 400, as pixels that press against a bound are in a picture.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class LbfgsBenchmark {
  private static final int PIXELS = 512 * 384;

  /** The picture's pixels: 512x384 or 1536x1152. */
  @Param({"1", "9"})
  private int timesPixels;

  @Param({"50", "100"})
  private int history;

  private LbfgsOptimizer optimizer;
  private float[] stiffness;
  private float[] answer;
  private float[] gradient;
  private double loss;

  /** Fills the history. */
  @Setup
  public void search() {
    int values = 3 * PIXELS * timesPixels;
    stiffness = new float[values];
    answer = new float[values];
    gradient = new float[values];
    Random random = new Random(5);
    for (int i = 0; i < values; i++) {
      stiffness[i] = (float) Math.pow(1e4, random.nextFloat());
      answer[i] = (float) (128 + 42 * random.nextGaussian());
    }
    float[] start = new float[values];
    Arrays.fill(start, 128);
    LbfgsSettings like = Recipes.LBFGS;
    LbfgsSettings settings =
        new LbfgsSettings(
            like.learningRate(),
            history,
            like.scaling(),
            like.maxIterations(),
            0,
            0,
            like.climbLimit(),
            like.bounds());
    optimizer = new LbfgsOptimizer(settings, start, 0, 255);
    for (int i = 0; i <= history; i++) {
      evaluate();
      tell();
    }
  }

  /** Computes loss and gradient at the optimiser's point; not timed. */
  @Setup(Level.Invocation)
  public void evaluate() {
    float[] point = optimizer.point();
    loss = 0;
    for (int i = 0; i < point.length; i++) {
      float away = point[i] - answer[i];
      gradient[i] = stiffness[i] * away;
      loss += gradient[i] * away / 2;
    }
  }

  /** The update. */
  @Benchmark
  public Move tell() {
    return optimizer.tell(loss, gradient);
  }
}
