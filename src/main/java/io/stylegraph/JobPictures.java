package io.stylegraph;

import io.stylegraph.error.PictureException;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.image.Recolouring;
import io.stylegraph.recipe.Start;

/**
 * A job's pictures as the network will see them.
 *
 * @param content RGB in 0-255, bounded by the request's size
 * @param style likewise
 * @param start the first picture, of the content's size
 */
record JobPictures(Picture content, Picture style, Picture start) {
  /**
   * Reads and sizes them.
   *
   * @param smallestSide that the layers used can look at, in pixels
   * @param limit on the pixels of each, once sized
   * @throws PictureException if a picture cannot be read or is too small
   * @throws TooManyPixelsException if one is too large
   */
  static JobPictures read(StyleTransferRequest request, int smallestSide, long limit) {
    Picture content = sized(request.content(), request.size(), smallestSide, limit);
    Picture style = sized(request.style(), request.size(), smallestSide, limit);
    return new JobPictures(content, style, start(request, content, style));
  }

  private static Picture sized(PictureSource source, int size, int smallestSide, long limit) {
    Picture whole = source.read();
    PictureSize wanted = size == 0 ? whole.size() : whole.size().fit(size);
    if (wanted.pixels() > limit) {
      throw new TooManyPixelsException(
          source.label(), wanted.pixels(), limit, wanted.largestSide(limit));
    }
    Picture picture = PictureResizer.fit(whole, size);
    if (Math.min(picture.width(), picture.height()) < smallestSide) {
      throw new PictureException(
          source.label(),
          "is %dx%d at this size, and the layers used need at least %dx%d pixels; give a larger"
                  .formatted(picture.width(), picture.height(), smallestSide, smallestSide)
              + " picture or --size");
    }
    return picture;
  }

  private static Picture start(StyleTransferRequest request, Picture content, Picture style) {
    Start start = request.recipe().start();
    return switch (start) {
      case CONTENT -> content;
      case RECOLOURED -> Recolouring.apply(content, style);
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
