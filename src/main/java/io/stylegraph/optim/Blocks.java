package io.stylegraph.optim;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Float vectors of one length, taken in blocks that stay in a core's cache; all cores work on them.
 * What a block gives does not depend on who works on it, and blocks are summed in their order, so
 * results are the same on any number of cores.
 *
 * <p>Vectors are taken four at a time: an inner product then has four running sums, none of which
 * waits for another, and a linear combination goes to memory a quarter as often.
 */
final class Blocks {
  /** Of a vector's values; of 100 vectors, a block takes 400 kB. */
  private static final int SIZE = 1024;

  private final int values;
  private final int count;

  /**
   * @param values of each vector
   */
  Blocks(int values) {
    this.values = values;
    count = (values + SIZE - 1) / SIZE;
  }

  /** Where a block begins. */
  int from(int block) {
    return block * SIZE;
  }

  /** Where it ends, exclusive. */
  int to(int block) {
    return Math.min(values, from(block) + SIZE);
  }

  /** Does something for every block, on all cores. */
  void forEach(IntConsumer work) {
    IntStream.range(0, count).parallel().forEach(work);
  }

  /** A block's part of some sums, put into an array of zeros. */
  @FunctionalInterface
  interface Part {
    void put(int block, double[] sums);
  }

  /** Sums over all blocks. */
  double[] sums(int number, Part part) {
    double[][] parts = new double[count][];
    forEach(
        block -> {
          parts[block] = new double[number];
          part.put(block, parts[block]);
        });
    double[] sums = new double[number];
    for (double[] ofBlock : parts) {
      for (int i = 0; i < number; i++) {
        sums[i] += ofBlock[i];
      }
    }
    return sums;
  }

  /** The inner product. */
  double dot(float[] a, float[] b) {
    return sums(1, (block, sums) -> sums[0] = Vectors.dot(a, b, from(block), to(block)))[0];
  }

  /**
   * A block's part of the inner products of some vectors with one, put from {@code sums[at]} on.
   */
  void dots(int block, List<float[]> vectors, float[] with, double[] sums, int at) {
    int k = 0;
    for (; k + 3 < vectors.size(); k += 4) {
      dotFour(block, vectors, k, with, sums, at + k);
    }
    for (; k < vectors.size(); k++) {
      sums[at + k] = Vectors.dot(vectors.get(k), with, from(block), to(block));
    }
  }

  /** A block's part of {@code target += Σ factors_k vectors_k}, added one after another. */
  void addScaled(int block, float[] target, double[] factors, List<float[]> vectors) {
    int k = 0;
    for (; k + 3 < vectors.size(); k += 4) {
      addFour(block, target, factors, vectors, k);
    }
    for (; k < vectors.size(); k++) {
      Vectors.addScaled(target, factors[k], vectors.get(k), from(block), to(block));
    }
  }

  private void dotFour(
      int block, List<float[]> vectors, int first, float[] with, double[] sums, int at) {
    float[] v0 = vectors.get(first);
    float[] v1 = vectors.get(first + 1);
    float[] v2 = vectors.get(first + 2);
    float[] v3 = vectors.get(first + 3);
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int i = from(block), to = to(block); i < to; i++) {
      double value = with[i];
      sum0 += v0[i] * value;
      sum1 += v1[i] * value;
      sum2 += v2[i] * value;
      sum3 += v3[i] * value;
    }
    sums[at] = sum0;
    sums[at + 1] = sum1;
    sums[at + 2] = sum2;
    sums[at + 3] = sum3;
  }

  private void addFour(
      int block, float[] target, double[] factors, List<float[]> vectors, int first) {
    float[] v0 = vectors.get(first);
    float[] v1 = vectors.get(first + 1);
    float[] v2 = vectors.get(first + 2);
    float[] v3 = vectors.get(first + 3);
    float f0 = (float) factors[first];
    float f1 = (float) factors[first + 1];
    float f2 = (float) factors[first + 2];
    float f3 = (float) factors[first + 3];
    for (int i = from(block), to = to(block); i < to; i++) {
      target[i] = target[i] + f0 * v0[i] + f1 * v1[i] + f2 * v2[i] + f3 * v3[i];
    }
  }
}
