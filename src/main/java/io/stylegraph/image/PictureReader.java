package io.stylegraph.image;

import com.drew.metadata.Metadata;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.stylegraph.error.PictureException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads JPEG (CMYK, YCCK and grey too), PNG (alpha, 16 bits, grey, palette), WebP, TIFF, BMP and
 * GIF (the first frame) into an upright sRGB {@link Picture} in 0-255.
 *
 * <p>The type is recognised by the first bytes, not by the name. The EXIF orientation is applied.
 * Transparent parts are composited over white, and the alpha plane is kept beside. Sixteen bits
 * come to 0-255 as {@code v / 257} without rounding. Colours of an ICC profile (JPEG, PNG, TIFF,
 * WebP) are converted to sRGB in 16 bits; a profile that is broken or for other channels is passed
 * over with a warning. Without one, RGB is taken as sRGB and grey as displayed grey, also in a PNG
 * with gAMA and cHRM chunks alone. A picture that is cut short is refused, never half decoded.
 *
 * <p>Every failure is a {@link PictureException} with one line that says what, where and what to
 * do. Decoders are found through {@link ImageIO}'s registry, whose settings stay untouched; nothing
 * is cached on disk.
 */
public final class PictureReader {
  /**
   * Pictures of more pixels are refused before they are decoded: 100 million (1.2 GB of floats).
   */
  public static final long MAX_PIXELS = 100_000_000;

  /** Files of more bytes are refused: 1 GiB (100 million 16-bit RGB pixels, unpacked, take 0.6). */
  static final int MAX_BYTES = 1 << 30;

  /** How libjpeg warns of a scan with fewer pixels than it should have; it paints the rest grey. */
  private static final Pattern MISSING_DATA =
      Pattern.compile("premature end|truncated", Pattern.CASE_INSENSITIVE);

  /** How decoders warn of a profile that is damaged, or missing for inks; not of its intent. */
  private static final Pattern PROFILE =
      Pattern.compile("^(?!.*perceptual).*(\\bICC|profile)", Pattern.CASE_INSENSITIVE);

  private static final Logger LOG = LoggerFactory.getLogger(PictureReader.class);

  private PictureReader() {}

  /**
   * The picture in {@code file}.
   *
   * @throws PictureException if there is no such file, it cannot be read, or is no whole picture of
   *     a known format with at most {@link #MAX_PIXELS} pixels
   */
  public static Picture read(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new PictureException(name, "is a directory; name a picture file in it");
    }
    if (!Files.exists(file)) {
      throw new PictureException(name, "does not exist; check the path");
    }
    if (!Files.isReadable(file)) {
      throw new PictureException(name, "may not be read; check its permissions");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, name);
    } catch (IOException e) {
      throw new PictureException(name, "cannot be read" + because(e), e);
    }
  }

  /**
   * The picture in {@code in}, which is read to its end but not closed.
   *
   * @param name what messages call the picture
   * @throws PictureException as {@link #read(Path)} does
   */
  public static Picture read(InputStream in, String name) {
    try {
      byte[] head = in.readNBytes(PictureFormat.HEAD_BYTES);
      PictureFormat format = recognise(head, name);
      byte[] encoded = join(head, in.readNBytes(MAX_BYTES - head.length));
      if (encoded.length == MAX_BYTES) {
        throw new PictureException(name, "is larger than 1 GiB; shrink the picture first");
      }
      return decode(encoded, format, name);
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      throw refusal(e, name);
    } catch (OutOfMemoryError e) {
      throw new PictureException(
          name, "does not fit into memory; shrink the picture, or give Java more (-Xmx)", e);
    }
  }

  /** Whether {@code encoded} begins as a picture of a known format does. */
  public static boolean recognises(byte[] encoded) {
    return PictureFormat.of(encoded).isPresent();
  }

  /**
   * The size that a picture's header states, as stored: nothing is decoded and no orientation
   * applied.
   *
   * @param name what messages call the picture
   * @throws PictureException if it is of no known format or its header cannot be read
   */
  public static PictureSize size(byte[] encoded, String name) {
    try {
      PictureFormat format = recognise(encoded, name);
      byte[] readable = format == PictureFormat.WEBP ? WebpProfile.repair(encoded, name) : encoded;
      ImageReader reader = decoder(format, name);
      try (ImageInputStream in = new ByteArrayImageInputStream(readable)) {
        reader.setInput(in, true, true);
        return new PictureSize(reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      throw refusal(e, name);
    }
  }

  private static PictureFormat recognise(byte[] head, String name) {
    if (head.length == 0) {
      throw new PictureException(name, "is empty; name a picture (" + PictureFormat.names() + ")");
    }
    return PictureFormat.of(head)
        .orElseThrow(
            () ->
                new PictureException(
                    name,
                    "is not a picture of a known format; convert it to one of "
                        + PictureFormat.names()));
  }

  private static Picture decode(byte[] encoded, PictureFormat format, String name)
      throws IOException {
    ImageReader reader = decoder(format, name);
    byte[] readable = format == PictureFormat.WEBP ? WebpProfile.repair(encoded, name) : encoded;
    try (ImageInputStream in = new ByteArrayImageInputStream(readable)) {
      reader.setInput(in, true, true);
      refuseHuge(reader.getWidth(0), reader.getHeight(0), name);
      AtomicBoolean whole = new AtomicBoolean(Wholeness.isWhole(format, encoded));
      Set<String> profileWarnings = new LinkedHashSet<>();
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            whole.compareAndSet(true, !MISSING_DATA.matcher(warning).find());
            if (PROFILE.matcher(warning).find()) {
              profileWarnings.add(warning);
            }
          });
      BufferedImage image = whole.get() ? reader.read(0) : null;
      if (image == null || !whole.get()) {
        throw new PictureException(
            name, "is cut short or damaged (" + format + "); copy or download it again");
      }
      profileWarnings.forEach(it -> LOG.warn("{}: {}", name, it));
      Metadata metadata = EncodedMetadata.of(encoded);
      Optional<ColorSpace> profile =
          format == PictureFormat.PNG ? PngProfile.find(encoded, name) : Optional.empty();
      return Pixels.picture(
          image, new Pixels.Origin(profile, Orientation.of(metadata), Density.of(metadata)));
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader decoder(PictureFormat format, String name) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    if (!readers.hasNext()) {
      throw new PictureException(
          name, "no decoder for " + format + " is on the class path; add TwelveMonkeys ImageIO's");
    }
    return readers.next();
  }

  private static void refuseHuge(int width, int height, String name) {
    if ((long) width * height > MAX_PIXELS) {
      throw new PictureException(
          name,
          "has %dx%d pixels, more than the %d million that are read; shrink it first"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private static PictureException refusal(Throwable e, String name) {
    return e instanceof PictureException known
        ? known
        : new PictureException(
            name, "cannot be decoded" + because(e) + "; copy it again or save it anew", e);
  }

  /** The decoder's own words, in brackets and on one line. */
  private static String because(Throwable e) {
    String message = e.getMessage();
    return message == null ? "" : " (" + message.strip().replaceAll("\\s+", " ") + ")";
  }
}
