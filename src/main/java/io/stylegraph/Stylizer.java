package io.stylegraph;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.engine.Compute;
import io.stylegraph.engine.MemoryEstimate;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.SharedNetwork;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Paints pictures with one backbone. Load it once and use it for many jobs; it may be used from
 * several threads, each job with the memory and session of its own.
 *
 * <pre>{@code
 * Stylizer stylizer = Stylizer.load(Path.of("savedmodels/vgg16-hed"));
 * var request = StyleTransferRequest.of(PictureSource.of(content), PictureSource.of(style));
 * PictureWriter.write(stylizer.stylize(request).picture(), Path.of("out.png"));
 * }</pre>
 */
public final class Stylizer implements AutoCloseable {
  private final SharedNetwork network;

  private Stylizer(Backbone backbone) {
    network = new SharedNetwork(backbone);
  }

  /**
   * Reads and checks a model's folder.
   *
   * @throws io.stylegraph.error.ModelException if it is missing or damaged
   */
  public static Stylizer load(Path model) {
    return new Stylizer(Backbone.load(model));
  }

  /** What the model says of itself. */
  public Manifest model() {
    return network.backbone().manifest();
  }

  /**
   * Runs a job to its end.
   *
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or the run fails
   */
  public StyleTransferResult stylize(StyleTransferRequest request) {
    return stylize(request, RunOptions.none());
  }

  /**
   * Runs a job, watched and stoppable.
   *
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or the run fails
   */
  public StyleTransferResult stylize(StyleTransferRequest request, RunOptions options) {
    try (StyleTransfer run = prepare(request)) {
      return StyleTransferResult.of(run.run(options));
    }
  }

  /** The losses of a job's start picture. */
  public Losses evaluate(StyleTransferRequest request) {
    try (StyleTransfer run = prepare(request)) {
      return run.evaluate();
    }
  }

  /**
   * Refuses what {@link #prepare} would refuse, and computes nothing: for those who have several
   * jobs to run and want to know before the first.
   *
   * @return where the job would run
   * @throws io.stylegraph.error.StylegraphException if an input is wrong
   */
  public Compute check(StyleTransferRequest request) {
    pictures(request);
    return Compute.resolve(request.compute());
  }

  /**
   * Everything of a job up to its first step: for those who look at losses, gradient and picture
   * themselves. The caller closes it.
   */
  public StyleTransfer prepare(StyleTransferRequest request) {
    return prepare(request, compute -> {});
  }

  /**
   * As {@link #prepare(StyleTransferRequest)}, for those who want to say that the work begins.
   *
   * @param checked hears where the job will run, once every input was found good and before
   *     anything is computed
   */
  public StyleTransfer prepare(StyleTransferRequest request, Consumer<Compute> checked) {
    JobPictures pictures = pictures(request);
    Compute compute = Compute.resolve(request.compute());
    checked.accept(compute);
    return new StyleTransfer(
        network, request.recipe(), compute, pictures.content(), pictures.style(), pictures.start());
  }

  /** Lets go of the weights, at once or with the last job that uses them. */
  @Override
  public void close() {
    network.close();
  }

  /** The pictures of a job that the model and the memory are good for. */
  private JobPictures pictures(StyleTransferRequest request) {
    Recipe recipe = request.recipe();
    List<String> layers = recipe.layersUsed();
    Backbone backbone = network.backbone();
    backbone.require(layers);
    JobPictures pictures = JobPictures.read(request, backbone.smallestSide(layers));
    new MemoryEstimate(backbone.manifest(), recipe)
        .require(pictures.content().size(), pictures.style().size(), SystemMemory.availableBytes());
    return pictures;
  }
}
