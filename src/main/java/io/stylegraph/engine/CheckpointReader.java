package io.stylegraph.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.ByteStreams;
import io.stylegraph.error.CheckpointException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads the parts of a checkpoint's file and refuses one that is not whole. */
final class CheckpointReader {
  private static final String DAMAGED =
      "is cut short or damaged; resume from another checkpoint, or leave out --resume";

  private final Path file;
  private final JsonNode header;
  private final Map<String, float[]> floats = new HashMap<>();
  private final Map<String, double[]> doubles = new HashMap<>();

  private CheckpointReader(Path file, long fileLength, DigestInputStream in, boolean withArrays)
      throws IOException {
    this.file = file;
    byte[] prefix = in.readNBytes(CheckpointFormat.prefix());
    if (!CheckpointFormat.isCheckpoint(prefix)) {
      throw new CheckpointException(
          file, "is no checkpoint; name a file that a run with --checkpoint-every wrote");
    }
    int length = CheckpointFormat.headerLength(prefix);
    header = header(in, length);
    requireLength(fileLength, length);
    if (withArrays) {
      readArrays(in);
    } else {
      // Not skipped, which would leave them out of the checksum.
      ByteStreams.exhaust(ByteStreams.limit(in, arrayBytes()));
    }
    in.on(false);
    byte[] checksum = in.getMessageDigest().digest();
    if (!Arrays.equals(in.readAllBytes(), checksum)) {
      throw new CheckpointException(file, DAMAGED);
    }
  }

  /**
   * The header of a file that is whole.
   *
   * @throws CheckpointException if it is not, or cannot be read
   */
  static CheckpointReader read(Path file) {
    return read(file, false);
  }

  /** As above, and its arrays. */
  static CheckpointReader readArrays(Path file) {
    return read(file, true);
  }

  private static CheckpointReader read(Path file, boolean withArrays) {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          file,
          Files.exists(file)
              ? "is no file; name one that a run with --checkpoint-every wrote"
              : "does not exist; check the path");
    }
    // Not through a channel, which an interrupt would close. The length is that of the file that is
    // open: a run may put another in its place meanwhile.
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r");
        InputStream in = new BufferedInputStream(new FileInputStream(opened.getFD()))) {
      return new CheckpointReader(
          file, opened.length(), new DigestInputStream(in, CheckpointFormat.digest()), withArrays);
    } catch (EOFException | JsonProcessingException e) {
      throw new CheckpointException(file, DAMAGED);
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read (" + e + "); check its permissions");
    }
  }

  JsonNode header() {
    return header;
  }

  Map<String, float[]> floats() {
    return floats;
  }

  Map<String, double[]> doubles() {
    return doubles;
  }

  private JsonNode header(InputStream in, int length) throws IOException {
    if (length < 0 || length > CheckpointFormat.MAX_HEADER) {
      throw new EOFException();
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    JsonNode read = CheckpointFormat.JSON.readTree(bytes);
    int version = read.path(CheckpointFormat.VERSION).intValue();
    if (version > CheckpointFormat.SCHEMA_VERSION) {
      throw new CheckpointException(
          file,
          "has schemaVersion %d, and this program reads up to %d; use a newer program"
              .formatted(version, CheckpointFormat.SCHEMA_VERSION));
    }
    return read;
  }

  /** Before a damaged header makes room for more numbers than there are. */
  private void requireLength(long fileLength, int headerLength) throws IOException {
    long expected =
        CheckpointFormat.prefix() + headerLength + arrayBytes() + CheckpointFormat.CHECKSUM;
    if (fileLength != expected) {
      throw new EOFException();
    }
  }

  private long arrayBytes() {
    long bytes = 0;
    for (JsonNode array : header.path(CheckpointFormat.ARRAYS)) {
      long each = isFloat(array) ? Float.BYTES : Double.BYTES;
      bytes += each * array.path(CheckpointFormat.LENGTH).longValue();
    }
    return bytes;
  }

  private void readArrays(InputStream in) throws IOException {
    for (JsonNode array : header.path(CheckpointFormat.ARRAYS)) {
      String name = array.path(CheckpointFormat.NAME).asText();
      int length = array.path(CheckpointFormat.LENGTH).intValue();
      if (isFloat(array)) {
        floats.put(name, RawNumbers.floats(in, length));
      } else {
        doubles.put(name, RawNumbers.doubles(in, length));
      }
    }
  }

  private static boolean isFloat(JsonNode array) {
    return array.path(CheckpointFormat.TYPE).asText().equals(CheckpointFormat.FLOATS);
  }
}
