package io.stylegraph.engine;

import com.google.common.base.Suppliers;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.LuminanceTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: owns the picture, its targets and its optimiser, and uses a network that others may use
 * at the same time. Not safe for use from several threads.
 */
public final class StyleTransfer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StyleTransfer.class);

  private final SharedNetwork network;
  private final Recipe recipe;
  private final TransferPictures pictures;
  private final TileChoice tiles;
  private final Stages stages;
  private final TransferSession session;

  /**
   * Computes the styles' targets; the first run on a network reads its weights, the first of a kind
   * builds its graph. Where bfloat16 has yet to agree with fp32, it is put to the test.
   *
   * @throws io.stylegraph.error.MissingLayersException if the backbone lacks a layer of the recipe
   */
  public StyleTransfer(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    this(network, recipe, compute, pictures, TileChoice.WHOLE);
  }

  /**
   * As above.
   *
   * @param tiles says at each size whether it is computed in tiles
   */
  public StyleTransfer(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      TileChoice tiles) {
    network.backbone().require(recipe.network());
    network.backbone().require(recipe.layersUsed());
    this.network = network;
    this.recipe = recipe;
    this.pictures = pictures;
    this.tiles = tiles;
    stages = stages(network.backbone(), recipe, pictures);
    session =
        PrecisionTrial.open(
            compute, it -> new TransferSession(network, recipe, it, pictures, tiles.of(pictures)));
  }

  private static Stages stages(Backbone backbone, Recipe recipe, TransferPictures pictures) {
    return new Stages(
        recipe,
        pictures.content().size(),
        pictures.styleSizes(),
        backbone.smallestSide(recipe.layersUsed()));
  }

  /** How many steps a run with such pictures would do, those at smaller scales with them. */
  public static int steps(Backbone backbone, Recipe recipe, TransferPictures pictures) {
    return stages(backbone, recipe, pictures).steps();
  }

  /**
   * Refuses a checkpoint that a run with such pictures could not go on from, before anything is
   * computed.
   *
   * @throws io.stylegraph.error.CheckpointException that says why
   */
  public static void requireOf(
      Path checkpoint, Backbone backbone, Recipe recipe, TransferPictures pictures) {
    Checkpoint.read(checkpoint).require(RunIdentity.of(backbone, recipe, pictures));
  }

  /** How many steps a run does, those at smaller scales with them. */
  public int steps() {
    return stages.steps();
  }

  /**
   * Runs the recipe's steps, at its smaller scales first; once. What it makes has the content's
   * alpha and density, and its colours where luminance alone is wanted.
   *
   * @return the picture that the recipe keeps, also when the run was cancelled; the best one when
   *     its loss was lost
   * @throws io.stylegraph.error.NonFiniteLossException if the loss of the first step is not finite
   * @throws io.stylegraph.error.CheckpointException if it cannot go on from the one it is given
   */
  public Outcome run(RunOptions options) {
    Supplier<RunIdentity> identity =
        Suppliers.memoize(() -> RunIdentity.of(network.backbone(), recipe, pictures));
    Optional<Checkpoint> resumed = options.resume().map(file -> resumed(file, identity.get()));
    RunOptions dressing =
        options.withPictures(
            options.pictureEvery(),
            (step, picture) -> options.pictures().onPicture(step, dressed(picture)));
    Outcome outcome =
        new StagedRun(
                network,
                recipe,
                pictures,
                tiles,
                stages,
                session,
                Checkpoints.of(options, identity),
                dressing,
                resumed)
            .run();
    return outcome.withPicture(dressed(outcome.picture()));
  }

  private Picture dressed(Picture picture) {
    Picture content = pictures.content();
    return (pictures.luminanceOnly() ? LuminanceTransfer.apply(picture, content) : picture)
        .withAlphaAndDensityOf(content);
  }

  private Checkpoint resumed(Path file, RunIdentity identity) {
    Checkpoint checkpoint = Checkpoint.read(file);
    checkpoint.require(identity);
    CheckpointWriter.clean(file);
    String compute = session.compute().describe();
    if (!checkpoint.compute().equals(compute)) {
      LOG.warn("{} was computed on {}, and goes on on {}", file, checkpoint.compute(), compute);
    }
    return checkpoint;
  }

  /** What it computes on and with: of a precision left to the machine, the one settled on. */
  public Compute compute() {
    return session.compute();
  }

  /** The picture that the run starts from, RGB in 0-255. */
  public Picture start() {
    return pictures.start();
  }

  /** The picture's width in pixels. */
  public int width() {
    return pictures.start().width();
  }

  /** The picture's height in pixels. */
  public int height() {
    return pictures.start().height();
  }

  /** The losses of the picture as it is now. */
  public Losses evaluate() {
    return session.evaluate();
  }

  /** The gradient of the total with respect to the picture as it is now, [height][width][3]. */
  public float[] gradient() {
    return session.gradient();
  }

  /**
   * What the recipe compares at one of its layers, of the picture as it is now:
   * [height/stride][width/stride][channels], before or after ReLU as the recipe has it, in the
   * backbone's units.
   */
  public float[] features(String layer) {
    return session.features(layer);
  }

  @Override
  public void close() {
    session.close();
  }
}
