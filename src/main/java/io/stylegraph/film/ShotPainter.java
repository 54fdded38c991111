package io.stylegraph.film;

import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.FrameTransfer;
import io.stylegraph.engine.Outcome;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StopReason;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Paints a shot frame by frame: the first as a picture of its own, each later one from the one
 * before, moved by the optical flow. What it goes on from is always the frame as it was written, so
 * that a film that was broken off and goes on is the same as one that was not.
 */
public final class ShotPainter {
  private static final Set<StopReason> LOST =
      EnumSet.of(StopReason.NON_FINITE_LOSS, StopReason.DIVERGED);

  private final Stylizer stylizer;
  private final FilmListener listener;
  private final CancellationToken cancellation;

  /**
   * Paints with a model; for any number of shots, also at once.
   *
   * @param cancellation ends it at the next step; the frame that is being painted is lost
   */
  public ShotPainter(Stylizer stylizer, FilmListener listener, CancellationToken cancellation) {
    this.stylizer = stylizer;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /**
   * Paints the frames that are not there yet.
   *
   * @return whether all are there now; not if it was cancelled
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or the run fails
   */
  public boolean paint(FilmShot shot) {
    PaintedFrames painted = new PaintedFrames(shot);
    int there = painted.count();
    painted.clean(there);
    listener.onKept(there);
    return there == shot.frames() || new Shot(shot, painted, there).paint();
  }

  /** One shot at work. */
  private final class Shot {
    private final FilmShot shot;
    private final PaintedFrames painted;
    private final StyleTransferRequest request;
    private final int there;

    Shot(FilmShot shot, PaintedFrames painted, int there) {
      this.shot = shot;
      this.painted = painted;
      this.there = there;
      request = RequestJson.parse(shot.request(), name -> PictureSource.of(Path.of(name)));
    }

    boolean paint() {
      try (ClipReader clip = ClipReader.open(Path.of(shot.clip()))) {
        for (int i = 0; i <= shot.first(); i++) {
          next(clip);
        }
        Picture first = clip.picture();
        if (there == 0 && !paintFirst(request.withContent(source(first)))) {
          return false;
        }
        return shot.frames() == 1 || paintRest(clip, first);
      }
    }

    private boolean paintFirst(StyleTransferRequest picture) {
      try (StyleTransfer run = stylizer.prepare(picture)) {
        return keep(0, run.run(options(0)));
      } catch (NonFiniteLossException e) {
        throw lost(0, e);
      }
    }

    private boolean paintRest(ClipReader clip, Picture first) {
      StyleTransferRequest frame =
          request.withContent(source(first)).withRecipe(shot.settings().recipe(request.recipe()));
      try (FrameTransfer run = stylizer.prepareFrames(frame)) {
        double weight = shot.settings().weight(run.evaluate().total());
        Picture filmed = run.first();
        for (int i = 1; i < shot.frames(); i++) {
          Picture before = filmed;
          next(clip);
          if (i + 1 < there) {
            continue;
          }
          filmed = PictureResizer.resize(clip.picture(), before.width(), before.height());
          if (i >= there && !paint(i, run, before, filmed, weight)) {
            return false;
          }
        }
        return true;
      }
    }

    private boolean paint(
        int number, FrameTransfer run, Picture filmedBefore, Picture filmed, double weight) {
      if (cancellation.isCancelled()) {
        return false;
      }
      Carried carried = Carried.of(filmedBefore, filmed, painted.read(number - 1), weight);
      try {
        return keep(number, run.run(filmed, carried.start(), carried.before(), options(number)));
      } catch (NonFiniteLossException e) {
        throw lost(number, e);
      }
    }

    private boolean keep(int number, Outcome outcome) {
      if (outcome.stopReason() == StopReason.CANCELLED) {
        return false;
      }
      if (LOST.contains(outcome.stopReason())) {
        throw lost(
            number, new NonFiniteLossException(outcome.steps() + 1, outcome.losses().total()));
      }
      painted.write(number, outcome.picture());
      listener.onFrame(shot.first() + number);
      return true;
    }

    private RunFailedException lost(int number, NonFiniteLossException cause) {
      return new RunFailedException(
          "frame %d: the loss was not finite or exploded; try smaller weights or a smaller learning"
                  .formatted(shot.first() + number + 1)
              + " rate",
          cause);
    }

    private RunOptions options(int number) {
      return RunOptions.none()
          .withCancellation(cancellation)
          .withListener(report -> listener.onStep(shot.first() + number, report.losses()));
    }

    private void next(ClipReader clip) {
      if (clip.next().isEmpty()) {
        throw new PictureException(
            shot.clip(), "has fewer frames than when it was read first; leave it as it is");
      }
    }

    private PictureSource source(Picture first) {
      return PictureSource.of(first, "frame %d of %s".formatted(shot.first() + 1, shot.clip()));
    }
  }
}
