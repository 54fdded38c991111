package io.stylegraph.spark;

import io.stylegraph.batch.InputFacts;
import io.stylegraph.batch.JobFiles;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.RunFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * Files of any store that Hadoop knows, by URI; without a scheme, of the cluster's default one. A
 * result is written under a hidden name and renamed over what is there, or, in object stores, put
 * at once: there a file appears when it is closed, and renaming would copy it.
 */
final class HadoopFiles implements JobFiles {
  private static final String HIDDEN = ".stylegraph-";

  private final Configuration settings;
  private final Path results;
  private final Runnable beforeWriting;
  private final Map<String, InputFacts> facts = new ConcurrentHashMap<>();

  /**
   * Nothing is looked at yet.
   *
   * @param results the folder's URI
   * @param beforeWriting may wait until a result may be written
   */
  HadoopFiles(Configuration settings, String results, Runnable beforeWriting) {
    this.settings = new Configuration(settings);
    // Hadoop's usual files of this machine have checksums beside them.
    this.settings.set("fs.AbstractFileSystem.file.impl", "org.apache.hadoop.fs.local.RawLocalFs");
    this.beforeWriting = beforeWriting;
    this.results = new Path(resolve("", results));
  }

  @Override
  public void prepare() {
    Path probe = new Path(results, HIDDEN + UUID.randomUUID());
    try {
      FileContext store = store(probe);
      create(store, probe).close();
      store.delete(probe, false);
    } catch (IOException | RuntimeException e) {
      throw new InvalidSettingException(
          "out",
          "out (%s) takes no files (%s); name a store that is reached and writable"
              .formatted(results, reason(e)));
    }
  }

  @Override
  public String resolve(String beside, String name) {
    try {
      Path path = beside.isEmpty() ? new Path(name) : new Path(new Path(beside).getParent(), name);
      return store(path).makeQualified(path).toString();
    } catch (IOException | RuntimeException e) {
      throw new PictureException(
          name,
          "is in no store that is known here (%s); check the name, and that Spark has what the store needs (--packages)"
              .formatted(reason(e)),
          e);
    }
  }

  @Override
  public String output(String name) {
    return name.isEmpty() ? results.toString() : new Path(results, name).toString();
  }

  @Override
  public boolean isFolder(String name) {
    Path path = new Path(name);
    try {
      return store(path).getFileStatus(path).isDirectory();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> list(String folder) {
    Path path = new Path(folder);
    try {
      return Arrays.stream(store(path).util().listStatus(path))
          .filter(it -> it.isFile() && !it.getPath().getName().startsWith("."))
          .map(FileStatus::getPath)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  @Override
  public byte[] read(String input) {
    try {
      return bytes(new Path(input));
    } catch (IOException | RuntimeException e) {
      throw unreadable(input, e);
    }
  }

  @Override
  public InputFacts facts(String input) {
    return facts.computeIfAbsent(input, it -> InputFacts.of(read(it), it));
  }

  @Override
  public Optional<byte[]> readOutput(String output) {
    try {
      return Optional.of(bytes(new Path(results, output)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw new RunFailedException(
          "%s cannot be read (%s); remove it or check its permissions"
              .formatted(output(output), reason(e)),
          e);
    }
  }

  @Override
  public void writeWhole(String output, byte[] bytes) {
    beforeWriting.run();
    Path target = new Path(results, output);
    try {
      FileContext store = store(target);
      if (store.hasPathCapability(target, CommonPathCapabilities.ABORTABLE_STREAM)) {
        write(store, target, bytes);
      } else {
        replace(store, target, bytes);
      }
    } catch (IOException | RuntimeException e) {
      throw new RunFailedException(
          "%s cannot be written (%s); check the store and its free space"
              .formatted(target, reason(e)),
          e);
    }
  }

  private static void replace(FileContext store, Path target, byte[] bytes) throws IOException {
    Path part = new Path(target.getParent(), HIDDEN + UUID.randomUUID() + ".tmp");
    try {
      write(store, part, bytes);
      store.rename(part, target, Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      store.delete(part, false);
      throw e;
    }
  }

  private static void write(FileContext store, Path file, byte[] bytes) throws IOException {
    FSDataOutputStream out = create(store, file);
    try (out) {
      out.write(bytes);
    } catch (IOException | RuntimeException e) {
      if (out.hasCapability(CommonPathCapabilities.ABORTABLE_STREAM)) {
        out.abort();
      }
      throw e;
    }
  }

  private static FSDataOutputStream create(FileContext store, Path file) throws IOException {
    return store.create(
        file, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), CreateOpts.createParent());
  }

  private byte[] bytes(Path file) throws IOException {
    try (InputStream in = store(file).open(file)) {
      return in.readAllBytes();
    }
  }

  private FileContext store(Path path) throws IOException {
    URI uri = path.toUri();
    return FileContext.getFileContext(
        uri.getScheme() == null ? FileSystem.getDefaultUri(settings) : uri, settings);
  }

  private static PictureException unreadable(String input, Exception e) {
    return new PictureException(
        input,
        e instanceof FileNotFoundException
            ? "does not exist; check the path"
            : "cannot be read (%s); check the store".formatted(reason(e)),
        e);
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
