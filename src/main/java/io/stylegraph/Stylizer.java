package io.stylegraph;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.ModelInput;
import io.stylegraph.engine.Compute;
import io.stylegraph.engine.FrameTransfer;
import io.stylegraph.engine.MemoryEstimate;
import io.stylegraph.engine.MemoryPlan;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.SharedNetwork;
import io.stylegraph.engine.Strength;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.engine.TimeEstimate;
import io.stylegraph.engine.TransferPictures;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Tiling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Paints pictures with one model. Load it once and use it for many jobs, from as many threads as
 * you like; close it at the end.
 *
 * <pre>{@code
 * try (Stylizer stylizer = Stylizer.load(Path.of("savedmodels/vgg16-hed"))) {
 *   var request = StyleTransferRequest.of(PictureSource.of(content), PictureSource.of(style));
 *   stylizer.stylize(request).write(Path.of("out.png"));
 * }
 * }</pre>
 *
 * <p>A job runs on its caller's thread, which also calls its listeners. {@link StylizerLimits} say
 * how many run at once and how many wait for them; those wait in the order they came. A job whose
 * memory (in bytes, by {@link MemoryEstimate}) is not free beside the jobs that run waits for them
 * too. A waiting job leaves at once with a {@link JobNotStartedException} when its cancellation
 * token is cancelled, its thread interrupted (the flag stays set), its deadline passed, or the
 * stylizer closed; a running one ends at its step's end with the best picture so far and the {@link
 * io.stylegraph.progress.StopReason}.
 *
 * <p>The weights are in memory once, from the first job on: beyond them memory grows with what the
 * jobs that run at once compute. The graph of a recipe is built for the first job of its kind;
 * eight kinds are kept (recipes that differ in term weights, steps and optimiser alone are of one
 * kind), and jobs of any size share it.
 *
 * <p>It starts no thread, writes no file that it is not asked for, and keeps no state outside
 * itself. Whatever is wrong comes as a {@link io.stylegraph.error.StylegraphException}, and what a
 * listener throws comes out as it is.
 */
public final class Stylizer implements AutoCloseable {
  private final SharedNetwork network;
  private final StylizerLimits limits;
  private final JobGate gate;

  private Stylizer(Backbone backbone, StylizerLimits limits) {
    network = new SharedNetwork(backbone);
    this.limits = limits;
    gate = new JobGate(limits, new JobMemory(MemoryEstimate.BASE, SystemMemory::availableBytes));
  }

  /**
   * Reads and checks a model's folder; {@link StylizerLimits#DEFAULT} limits its jobs.
   *
   * @throws io.stylegraph.error.ModelException if it is missing or damaged
   */
  public static Stylizer load(Path model) {
    return load(model, StylizerLimits.DEFAULT);
  }

  /**
   * Reads and checks a model's folder.
   *
   * @throws io.stylegraph.error.ModelException if it is missing or damaged
   */
  public static Stylizer load(Path model, StylizerLimits limits) {
    return new Stylizer(Backbone.load(model), limits);
  }

  /**
   * Reads a Keras SavedModel that has no manifest: what {@code model.export(folder)} and {@code
   * tf.saved_model.save(model, folder)} write.
   *
   * @param input what its network takes
   * @throws io.stylegraph.error.ModelException if it is missing or damaged, has a manifest, or is
   *     no convolutional network of pictures
   */
  public static Stylizer load(Path model, ModelInput input) {
    return load(model, input, StylizerLimits.DEFAULT);
  }

  /**
   * As above, with the limits of its jobs.
   *
   * @throws io.stylegraph.error.ModelException likewise
   */
  public static Stylizer load(Path model, ModelInput input, StylizerLimits limits) {
    return new Stylizer(Backbone.load(model, input), limits);
  }

  /** What the model says of itself. */
  public Manifest model() {
    return network.backbone().manifest();
  }

  /** What its jobs are limited to. */
  public StylizerLimits limits() {
    return limits;
  }

  /**
   * Runs a job to its end.
   *
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or the run fails; the
   *     package {@code io.stylegraph.error} lists which
   */
  public StyleTransferResult stylize(StyleTransferRequest request) {
    return stylize(request, RunOptions.none());
  }

  /**
   * Runs a job, watched and stoppable from any thread.
   *
   * @throws io.stylegraph.error.BusyException if as many jobs wait as may
   * @throws JobNotStartedException if it ended while it waited for other jobs
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or the run fails; the
   *     package {@code io.stylegraph.error} lists which
   */
  public StyleTransferResult stylize(StyleTransferRequest request, RunOptions options) {
    return inPlace(request, options, (run, own) -> StyleTransferResult.of(run.run(own)));
  }

  /**
   * Runs a job on one of the executor's threads, as {@link #stylize(StyleTransferRequest,
   * RunOptions)} does; the thread is taken up also while the job waits for others.
   *
   * @return of which {@code join} throws a {@link java.util.concurrent.CompletionException} whose
   *     cause is what {@code stylize} would throw. Cancelling it, or completing it in another way,
   *     keeps the job from starting, or ends it at its step's end; cancel the token of {@code
   *     options} instead to get the best picture so far
   * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more
   */
  @SuppressWarnings("FutureReturnValueIgnored") // That of whenComplete, which cannot fail.
  public CompletableFuture<StyleTransferResult> stylizeAsync(
      StyleTransferRequest request, RunOptions options, Executor executor) {
    CompletableFuture<StyleTransferResult> future = new CompletableFuture<>();
    CancellationToken unwanted = new CancellationToken();
    future.whenComplete((result, failure) -> unwanted.cancel());
    executor.execute(
        () -> {
          if (!future.isDone()) {
            complete(future, request, options, unwanted);
          }
        });
    return future;
  }

  private void complete(
      CompletableFuture<StyleTransferResult> future,
      StyleTransferRequest request,
      RunOptions options,
      CancellationToken unwanted) {
    CancellationToken.Registration either = options.cancellation().onCancel(unwanted::cancel);
    try {
      future.complete(stylize(request, options.withCancellation(unwanted)));
    } catch (Throwable e) { // Whoever waits must hear of it, of an Error too.
      future.completeExceptionally(e);
    } finally {
      either.close();
    }
  }

  /** The losses of a job's start picture; it waits and runs as {@link #stylize} does. */
  public Losses evaluate(StyleTransferRequest request) {
    return inPlace(request, RunOptions.none(), (run, own) -> run.evaluate());
  }

  /**
   * Refuses what {@link #prepare} would refuse, and computes nothing: for those who have several
   * jobs to run and want to know before the first.
   *
   * @return what the job would do
   * @throws io.stylegraph.error.StylegraphException if an input is wrong
   */
  public JobPlan check(StyleTransferRequest request) {
    long free = SystemMemory.availableBytes();
    return plan(request, pictures(request, free), free);
  }

  /**
   * What a job would take, measured by a few steps at small sizes: some seconds on a CPU.
   *
   * @throws io.stylegraph.error.StylegraphException if an input is wrong
   */
  public RunEstimate estimate(StyleTransferRequest request) {
    gate.requireOpen();
    TransferPictures pictures = read(request);
    MemoryPlan memory = memory(request, request.recipe(), pictures);
    return new RunEstimate(
        request.recipe(),
        pictures.content().size(),
        pictures.styleSizes(),
        TimeEstimate.measure(
            network,
            request.recipe(),
            Compute.resolve(request.compute()),
            pictures,
            (content, style) -> memory.tiles(content, style, SystemMemory.availableBytes())),
        memory,
        network.backbone().smallestSide(request.recipe().layersUsed()));
  }

  /**
   * How much a job is; nothing is computed.
   *
   * @param stored the size of a picture as it is stored
   * @param availableBytes what the job may take
   * @throws io.stylegraph.error.NotEnoughMemoryException naming the largest size that fits
   */
  public JobSize size(
      StyleTransferRequest request,
      Function<PictureSource, PictureSize> stored,
      long availableBytes) {
    network.backbone().require(request.recipe().layersUsed());
    return JobSize.of(request, network.backbone(), stored, availableBytes);
  }

  /**
   * Everything of a job up to its first step: for tools that look at losses, gradient and picture
   * themselves. The caller closes it; the weights stay until then. It is refused what does not fit
   * into the memory that is free now, but is the caller's own: it neither waits for jobs nor counts
   * as one, and {@link #close} neither cancels it nor waits for it.
   */
  public StyleTransfer prepare(StyleTransferRequest request) {
    return prepare(request, Optional.empty(), plan -> {});
  }

  /**
   * As {@link #prepare(StyleTransferRequest)}, for those who want to say that the work begins.
   *
   * @param resume the checkpoint that its run will go on from, if one is given; refused here if it
   *     cannot
   * @param checked hears what the job will do, once every input was found good and before anything
   *     is computed
   */
  public StyleTransfer prepare(
      StyleTransferRequest request, Optional<Path> resume, Consumer<JobPlan> checked) {
    long free = SystemMemory.availableBytes();
    TransferPictures pictures = pictures(request, free);
    requireResumable(resume, request, pictures);
    JobPlan plan = plan(request, pictures, free);
    checked.accept(plan);
    return transfer(request, plan.compute(), pictures, free, resume);
  }

  /**
   * As {@link #prepare(StyleTransferRequest)}, for the frames of a film: the request's content is
   * the first of them, in whose colours the styles are taken and by which strength is measured.
   */
  public FrameTransfer prepareFrames(StyleTransferRequest request) {
    ComputeSettings settings = request.compute();
    StyleTransferRequest whole =
        request.withCompute(
            new ComputeSettings(settings.device(), settings.precision(), Tiling.OFF));
    TransferPictures pictures = pictures(whole, SystemMemory.availableBytes());
    Compute compute = Compute.resolve(settings);
    return new FrameTransfer(network, balanced(request, compute, pictures), compute, pictures);
  }

  /**
   * Takes no more jobs, cancels those that run and those that wait, and lets go of the weights when
   * all have ended; then it returns, also if this thread is interrupted. Closing again changes
   * nothing.
   *
   * @throws IllegalStateException on a listener of one of its jobs, which would wait for itself
   */
  @Override
  public void close() {
    gate.close();
    network.close();
  }

  private <T> T inPlace(
      StyleTransferRequest request,
      RunOptions options,
      BiFunction<StyleTransfer, RunOptions, T> job) {
    gate.requireOpen();
    network.backbone().require(request.recipe().network());
    network.backbone().require(request.recipe().layersUsed());
    Compute compute = Compute.resolve(request.compute());
    try (JobGate.Place place = gate.enter(options)) {
      long free = SystemMemory.availableBytes();
      TransferPictures pictures = read(request);
      requireResumable(options.resume(), request, pictures);
      MemoryPlan memory = memory(request, request.recipe(), pictures);
      place.reserve(
          memory.bytes(pictures.content().size(), pictures.largestStyle(), free)
              - MemoryEstimate.BASE,
          available -> require(memory, pictures, available));
      try (StyleTransfer run = transfer(request, compute, pictures, free, options.resume())) {
        return job.apply(run, place.options());
      }
    }
  }

  private void requireResumable(
      Optional<Path> checkpoint, StyleTransferRequest request, TransferPictures pictures) {
    checkpoint.ifPresent(
        it ->
            StyleTransfer.requireOf(
                it, network.backbone(), Resumption.expected(request, it), pictures));
  }

  private JobPlan plan(StyleTransferRequest request, TransferPictures pictures, long free) {
    MemoryPlan memory = memory(request, request.recipe(), pictures);
    PictureSize content = pictures.content().size();
    return new JobPlan(
        Compute.resolve(request.compute()),
        StyleTransfer.steps(network.backbone(), request.recipe(), pictures),
        memory.bytes(content, pictures.largestStyle(), free),
        memory.tiles(content, pictures.largestStyle(), free));
  }

  private StyleTransfer transfer(
      StyleTransferRequest request,
      Compute compute,
      TransferPictures pictures,
      long free,
      Optional<Path> resume) {
    Recipe recipe = balanced(request, compute, pictures);
    Recipe settled = Resumption.settled(request, recipe, resume);
    MemoryPlan memory = memory(request, settled, pictures);
    return new StyleTransfer(
        network,
        settled,
        compute,
        pictures,
        (content, style) -> memory.tiles(content, style, free));
  }

  private Recipe balanced(
      StyleTransferRequest request, Compute compute, TransferPictures pictures) {
    return request.strength().isPresent()
        ? Strength.apply(
            request.strength().getAsDouble(), network, request.recipe(), compute, pictures)
        : request.recipe();
  }

  /** The pictures of a job that the model, and the memory that is free now, are good for. */
  private TransferPictures pictures(StyleTransferRequest request, long free) {
    gate.requireOpen();
    TransferPictures pictures = read(request);
    require(memory(request, request.recipe(), pictures), pictures, free);
    return pictures;
  }

  private TransferPictures read(StyleTransferRequest request) {
    Backbone backbone = network.backbone();
    List<String> layers = request.recipe().layersUsed();
    backbone.require(request.recipe().network());
    backbone.require(layers);
    return JobPictures.read(request, backbone.smallestSide(layers), limits.pixels());
  }

  private MemoryPlan memory(
      StyleTransferRequest request, Recipe recipe, TransferPictures pictures) {
    return new MemoryPlan(
        network.backbone(), recipe, pictures.guidedRegions(), request.compute().tiling());
  }

  private static void require(MemoryPlan memory, TransferPictures pictures, long available) {
    memory.require(pictures.content().size(), pictures.largestStyle(), available);
  }
}
