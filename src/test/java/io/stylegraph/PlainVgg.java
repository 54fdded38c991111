package io.stylegraph;

import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * VGG's convolutions, ReLUs and poolings, forwards and backwards, in plain doubles: the independent
 * reference for what TensorFlow computes. Arrays are [height][width][channels], flat.
 */
public final class PlainVgg {
  private static final double[] MEAN_RGB = {123.68, 116.779, 103.939};

  private final Map<String, Kernel> kernels;
  private final NetworkForm form;
  private final List<Layer> tape = new ArrayList<>();

  /**
   * @param hwio the kernel, [3][3][in][out]
   * @param bias [out]
   */
  public record Kernel(float[] hwio, float[] bias) {}

  /**
   * @param values [height][width][channels]
   */
  public record Map3(int height, int width, int channels, double[] values) {
    static Map3 zeros(int height, int width, int channels) {
      return new Map3(height, width, channels, new double[height * width * channels]);
    }

    int at(int y, int x, int c) {
      return (y * width + x) * channels + c;
    }

    /** The same shape with nothing in it. */
    public Map3 emptyLike() {
      return zeros(height, width, channels);
    }
  }

  private record Layer(String name, Map3 input, Map3 output) {}

  private static Map3 relu(Map3 in) {
    Map3 out = in.emptyLike();
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = Math.max(0, in.values()[i]);
    }
    return out;
  }

  /** Kernels by layer name, in the network's order. */
  public PlainVgg(Map<String, Kernel> kernels) {
    this(kernels, NetworkForm.AS_TRAINED);
  }

  /** As above, with other pools or another first padding. */
  public PlainVgg(Map<String, Kernel> kernels, NetworkForm form) {
    this.kernels = new LinkedHashMap<>(kernels);
    this.form = form;
  }

  /** Features before or after ReLU by layer name, of an RGB picture in 0-255. */
  public Map<String, Map3> features(Map3 picture, boolean pre) {
    tape.clear();
    Map<String, Map3> features = new LinkedHashMap<>();
    Map3 x = preprocess(picture);
    String block = "block1";
    for (Map.Entry<String, Kernel> entry : kernels.entrySet()) {
      String name = entry.getKey();
      if (!name.startsWith(block)) {
        x = record("pool", x, pool(x));
        block = name.substring(0, block.length());
      }
      Map3 convolved = convolve(x, entry.getValue(), tape.isEmpty() && edges());
      x = record(name, x, relu(convolved));
      features.put(name, pre ? convolved : x);
    }
    return features;
  }

  /** The gradient at the picture, for gradients at the features of the last {@link #features}. */
  public double[] backward(Map<String, Map3> featureGradients, boolean pre) {
    Map3 gradient = tape.get(tape.size() - 1).output().emptyLike();
    for (int i = tape.size() - 1; i >= 0; i--) {
      Layer layer = tape.get(i);
      if (layer.name().equals("pool")) {
        gradient = poolBackward(layer, gradient);
      } else {
        Map3 extra = featureGradients.get(layer.name());
        if (extra != null && !pre) {
          add(gradient, extra);
        }
        gradient = reluBackward(layer, gradient);
        if (extra != null && pre) {
          add(gradient, extra);
        }
        gradient = convolveBackward(layer, gradient, kernels.get(layer.name()), i == 0 && edges());
      }
    }
    return reverseChannels(gradient).values();
  }

  private boolean edges() {
    return form.padding() == Padding.REPLICATE;
  }

  private Map3 record(String name, Map3 input, Map3 output) {
    tape.add(new Layer(name, input, output));
    return output;
  }

  private static Map3 preprocess(Map3 rgb) {
    Map3 centred = rgb.emptyLike();
    for (int i = 0; i < centred.values().length; i++) {
      centred.values()[i] = rgb.values()[i] - MEAN_RGB[i % 3];
    }
    return reverseChannels(centred);
  }

  private static Map3 reverseChannels(Map3 map) {
    Map3 reversed = map.emptyLike();
    for (int i = 0; i < map.values().length; i += 3) {
      for (int c = 0; c < 3; c++) {
        reversed.values()[i + c] = map.values()[i + 2 - c];
      }
    }
    return reversed;
  }

  private static Map3 convolve(Map3 in, Kernel kernel, boolean edges) {
    Map3 out = Map3.zeros(in.height(), in.width(), kernel.bias().length);
    eachTap(in, out, kernel, edges, (i, o, weight) -> out.values()[o] += weight * in.values()[i]);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] += kernel.bias()[i % out.channels()];
    }
    return out;
  }

  private static Map3 reluBackward(Layer layer, Map3 gradient) {
    Map3 active = gradient.emptyLike();
    for (int i = 0; i < active.values().length; i++) {
      active.values()[i] = layer.output().values()[i] > 0 ? gradient.values()[i] : 0;
    }
    return active;
  }

  private static Map3 convolveBackward(Layer layer, Map3 gradient, Kernel kernel, boolean edges) {
    Map3 in = layer.input().emptyLike();
    eachTap(
        in,
        gradient,
        kernel,
        edges,
        (i, o, weight) -> in.values()[i] += weight * gradient.values()[o]);
    return in;
  }

  private interface Tap {
    void visit(int input, int output, double weight);
  }

  private static void eachTap(Map3 in, Map3 out, Kernel kernel, boolean edges, Tap tap) {
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        for (int ky = 0; ky < 3; ky++) {
          for (int kx = 0; kx < 3; kx++) {
            int iy = edges ? inside(y + ky - 1, in.height()) : y + ky - 1;
            int ix = edges ? inside(x + kx - 1, in.width()) : x + kx - 1;
            if (iy < 0 || ix < 0 || iy >= in.height() || ix >= in.width()) {
              continue;
            }
            for (int ci = 0; ci < in.channels(); ci++) {
              for (int co = 0; co < out.channels(); co++) {
                int k = ((ky * 3 + kx) * in.channels() + ci) * out.channels() + co;
                tap.visit(in.at(iy, ix, ci), out.at(y, x, co), kernel.hwio()[k]);
              }
            }
          }
        }
      }
    }
  }

  private static int inside(int place, int size) {
    return Math.min(Math.max(place, 0), size - 1);
  }

  private Map3 pool(Map3 in) {
    Map3 out = Map3.zeros(in.height() / 2, in.width() / 2, in.channels());
    eachPooled(
        out,
        (y, x, c) -> {
          DoubleStream window = Arrays.stream(window(in, y, x, c)).mapToDouble(i -> in.values()[i]);
          out.values()[out.at(y, x, c)] =
              switch (form.pooling()) {
                case MAX -> in.values()[maximum(in, y, x, c)];
                case AVERAGE -> 2 * window.sum() / 4;
                case L2 -> 0.78 * Math.sqrt(window.map(it -> it * it).sum());
              };
        });
    return out;
  }

  private Map3 poolBackward(Layer layer, Map3 gradient) {
    Map3 in = layer.input().emptyLike();
    eachPooled(
        layer.output(),
        (y, x, c) -> {
          double arriving = gradient.values()[gradient.at(y, x, c)];
          if (form.pooling() == Pooling.MAX) {
            in.values()[maximum(layer.input(), y, x, c)] += arriving;
            return;
          }
          double pooled = layer.output().values()[gradient.at(y, x, c)];
          for (int i : window(in, y, x, c)) {
            double each =
                form.pooling() == Pooling.AVERAGE
                    ? 2.0 / 4
                    : 0.78 * 0.78 * layer.input().values()[i] / pooled;
            in.values()[i] += pooled == 0 ? 0 : each * arriving;
          }
        });
    return in;
  }

  private interface Pooled {
    void visit(int y, int x, int c);
  }

  private static void eachPooled(Map3 out, Pooled pooled) {
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        for (int c = 0; c < out.channels(); c++) {
          pooled.visit(y, x, c);
        }
      }
    }
  }

  /** Where the first largest of the four values is. */
  private static int maximum(Map3 in, int y, int x, int c) {
    int best = in.at(2 * y, 2 * x, c);
    for (int i : window(in, y, x, c)) {
      if (in.values()[i] > in.values()[best]) {
        best = i;
      }
    }
    return best;
  }

  private static int[] window(Map3 in, int y, int x, int c) {
    return new int[] {
      in.at(2 * y, 2 * x, c),
      in.at(2 * y, 2 * x + 1, c),
      in.at(2 * y + 1, 2 * x, c),
      in.at(2 * y + 1, 2 * x + 1, c)
    };
  }

  private static void add(Map3 sum, Map3 extra) {
    for (int i = 0; i < sum.values().length; i++) {
      sum.values()[i] += extra.values()[i];
    }
  }
}
