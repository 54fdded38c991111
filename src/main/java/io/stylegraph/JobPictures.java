package io.stylegraph;

import io.stylegraph.engine.RegionMask;
import io.stylegraph.engine.StylePicture;
import io.stylegraph.engine.TransferPictures;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.image.ColourMatching;
import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.ColourKeeping;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a job's pictures and sizes them as the network will see them. */
final class JobPictures {
  private static final Logger LOG = LoggerFactory.getLogger(JobPictures.class);

  private final StyleTransferRequest request;
  private final int smallestSide;
  private final long limit;

  private JobPictures(StyleTransferRequest request, int smallestSide, long limit) {
    this.request = request;
    this.smallestSide = smallestSide;
    this.limit = limit;
  }

  /**
   * Reads and sizes them.
   *
   * @param smallestSide that the layers used can look at, in pixels
   * @param limit on the pixels of each, once sized
   * @throws PictureException if a picture cannot be read or is too small, or a mask shows nothing
   * @throws TooManyPixelsException if one is too large
   */
  static TransferPictures read(StyleTransferRequest request, int smallestSide, long limit) {
    return new JobPictures(request, smallestSide, limit).read();
  }

  private TransferPictures read() {
    Picture whole = request.content().read();
    Picture content = sized(request.content(), whole, 1);
    List<StylePicture> styles =
        request.styles().stream().map(source -> style(source, content)).toList();
    List<RegionMask> regions =
        request.regions().stream()
            .map(it -> new RegionMask(it.name(), mask(it.mask(), whole.size(), content.size())))
            .toList();
    return new TransferPictures(
        content,
        styles,
        regions,
        start(content, styles.get(0).picture()),
        request.colours() == ColourKeeping.AFTER);
  }

  private StylePicture style(StyleSource source, Picture content) {
    Picture whole = source.picture().read();
    Picture picture = coloured(sized(source.picture(), whole, source.scale()), content);
    return new StylePicture(
        picture,
        source.weight(),
        source.mask().map(it -> mask(it, whole.size(), picture.size())),
        source.region(),
        source.layers());
  }

  /** The style in the content's colours, where they are to be kept. */
  private Picture coloured(Picture style, Picture content) {
    return switch (request.colours()) {
      case NONE, AFTER -> style;
      case CHOLESKY -> ColourMatching.apply(style, content, ColourMatching.Method.CHOLESKY);
      case PCA -> ColourMatching.apply(style, content, ColourMatching.Method.PCA);
      case SYMMETRIC -> ColourMatching.apply(style, content, ColourMatching.Method.SYMMETRIC);
      case HISTOGRAM -> ColourMatching.apply(style, content, ColourMatching.Method.HISTOGRAM);
    };
  }

  /** The size that a picture of the job is brought to. */
  static PictureSize wanted(StyleTransferRequest request, PictureSize own, double scale) {
    PictureSize bounded = request.size() == 0 ? own : own.fit(request.size());
    return bounded.times(scale);
  }

  private Picture sized(PictureSource source, Picture whole, double scale) {
    PictureSize wanted = wanted(request, whole.size(), scale);
    if (wanted.pixels() > limit) {
      throw new TooManyPixelsException(
          source.label(), wanted.pixels(), limit, wanted.largestSide(limit));
    }
    Picture picture = PictureResizer.resize(whole, wanted.width(), wanted.height());
    if (Math.min(picture.width(), picture.height()) < smallestSide) {
      throw new PictureException(
          source.label(),
          "is %dx%d at this size, and the layers used need at least %dx%d pixels; give a larger"
                  .formatted(picture.width(), picture.height(), smallestSide, smallestSide)
              + (scale == 1 ? " picture or --size" : " picture, --size or scale"));
    }
    return picture;
  }

  /**
   * Reads a mask.
   *
   * @param own size of the picture that it is for
   * @param sized what that picture was made
   */
  private static Mask mask(PictureSource source, PictureSize own, PictureSize sized) {
    Picture picture = source.read();
    if (!picture.size().equals(own) && !picture.size().equals(sized)) {
      LOG.warn(
          "mask {} is {}x{} and its picture {}x{}; it is resized",
          source.label(),
          picture.width(),
          picture.height(),
          own.width(),
          own.height());
    }
    Mask mask = Mask.of(picture);
    if (mask.share() == 0) {
      throw new PictureException(
          source.label(), "is black throughout, so nothing is inside; paint white what it is for");
    }
    return mask.resized(sized);
  }

  private Picture start(Picture content, Picture style) {
    return switch (request.recipe().start()) {
      case CONTENT -> content;
      case RECOLOURED -> ColourMatching.apply(content, style, ColourMatching.Method.CHOLESKY);
      case NOISE -> Noises.white(content.size(), request.recipe(), request.seed());
      case STYLE -> PictureResizer.resize(style, content.width(), content.height());
      case GREY -> Noises.grey(content.size());
      case STATISTICS -> Noises.like(style, content.size(), request.seed());
      case PICTURE ->
          PictureResizer.resize(
              request.start().orElseThrow().read(), content.width(), content.height());
    };
  }
}
