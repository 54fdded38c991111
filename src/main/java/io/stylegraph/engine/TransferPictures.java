package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run looks at. A start that is the content picture itself, the same object, saves a look at
 * it.
 *
 * @param content gives the size
 * @param styles one at least
 * @param regions the parts that are painted; none for the whole picture
 * @param start of the content's size
 * @param luminanceOnly whether the result gives luminance alone and the content colour
 * @param before what a film's frame is to stay near
 */
public record TransferPictures(
    Picture content,
    List<StylePicture> styles,
    List<RegionMask> regions,
    Picture start,
    boolean luminanceOnly,
    Optional<FrameBefore> before) {
  public TransferPictures {
    styles = List.copyOf(styles);
    regions = List.copyOf(regions);
  }

  /** Of no film. */
  public TransferPictures(
      Picture content,
      List<StylePicture> styles,
      List<RegionMask> regions,
      Picture start,
      boolean luminanceOnly) {
    this(content, styles, regions, start, luminanceOnly, Optional.empty());
  }

  /** With the result's own colours. */
  public TransferPictures(
      Picture content, List<StylePicture> styles, List<RegionMask> regions, Picture start) {
    this(content, styles, regions, start, false);
  }

  /** One style, on the whole picture. */
  public static TransferPictures of(Picture content, Picture style, Picture start) {
    return new TransferPictures(content, List.of(StylePicture.of(style)), List.of(), start);
  }

  /** The same from another start. */
  TransferPictures startingFrom(Picture picture) {
    return new TransferPictures(content, styles, regions, picture, luminanceOnly);
  }

  /** The same styles for a frame of a film, of the same size. */
  TransferPictures frame(Picture frame, Picture from, FrameBefore frameBefore) {
    return new TransferPictures(
        frame, styles, regions, from, luminanceOnly, Optional.of(frameBefore));
  }

  /** The same with all sides so much smaller. */
  TransferPictures smaller(double size) {
    int longerSide = Math.max(1, (int) Math.round(content.size().longerSide() * size));
    Picture smallContent = PictureResizer.fit(content, longerSide);
    Picture smallStart =
        start == content
            ? smallContent
            : PictureResizer.resize(start, smallContent.width(), smallContent.height());
    return new TransferPictures(
        smallContent,
        styles.stream().map(style -> style.smaller(size)).toList(),
        regions,
        smallStart,
        luminanceOnly);
  }

  /**
   * The same, made smaller if they are larger.
   *
   * @param side bound on the content's longer side, in pixels
   * @param smallestSide that the network can look at; where a picture would be smaller, all stay
   */
  TransferPictures small(int side, int smallestSide) {
    TransferPictures small = smaller(Math.min(1, side / (double) content.size().longerSide()));
    return small.shortestSide() >= smallestSide ? small : this;
  }

  /**
   * How many regions the objective tells apart by weights on its features; 0 where all features
   * count alike.
   */
  public int guidedRegions() {
    boolean masked = styles.stream().anyMatch(style -> style.mask().isPresent());
    return regions.isEmpty() && masked ? 1 : regions.size();
  }

  /** The regions, or one without a mask that stands for the whole picture. */
  List<Optional<RegionMask>> painted() {
    return regions.isEmpty()
        ? List.of(Optional.empty())
        : regions.stream().map(Optional::of).toList();
  }

  /** The sizes of the styles. */
  public List<PictureSize> styleSizes() {
    return styles.stream().map(style -> style.picture().size()).toList();
  }

  /** The size of the style of the most pixels. */
  public PictureSize largestStyle() {
    return styleSizes().stream().max(Comparator.comparingLong(PictureSize::pixels)).orElseThrow();
  }

  /** The shortest side among content and styles, in pixels. */
  int shortestSide() {
    return Stream.concat(Stream.of(content.size()), styleSizes().stream())
        .mapToInt(size -> Math.min(size.width(), size.height()))
        .min()
        .orElseThrow();
  }
}
