package io.stylegraph.batch;

import static java.util.Objects.requireNonNull;

import io.stylegraph.PictureSource;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Files of this machine. */
public final class LocalFiles implements JobFiles {
  private final Path results;
  private final Map<String, InputFacts> facts = new ConcurrentHashMap<>();

  /** Files with that folder of results. */
  public LocalFiles(Path results) {
    this.results = whole(results);
  }

  @Override
  public void prepare() {
    try {
      Files.createDirectories(results);
      Files.delete(Files.createTempFile(results, ".", ".part"));
    } catch (IOException e) {
      throw new InvalidSettingException(
          "out", "out (%s) is no folder that takes files; name another".formatted(results));
    }
  }

  @Override
  public String resolve(String beside, String name) {
    try {
      return whole(Path.of(beside).resolveSibling(name)).toString();
    } catch (InvalidPathException e) {
      throw new PictureException(name, "no file can have this name; give another", e);
    }
  }

  @Override
  public String output(String name) {
    return whole(results.resolve(name)).toString();
  }

  @Override
  public String identity(String wholeName) {
    Path file = Path.of(wholeName);
    try {
      return Files.exists(file)
          ? file.toRealPath().toString()
          : requireNonNull(file.getParent()).toRealPath().resolve(file.getFileName()).toString();
    } catch (IOException e) {
      return wholeName;
    }
  }

  @Override
  public boolean isFolder(String name) {
    return Files.isDirectory(Path.of(name));
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .filter(it -> Files.isRegularFile(it) && !it.getFileName().toString().startsWith("."))
          .map(it -> whole(it).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  @Override
  public byte[] read(String input) {
    try {
      return Files.readAllBytes(Path.of(input));
    } catch (IOException e) {
      throw unreadable(input, e);
    }
  }

  @Override
  public PictureSource picture(String input) {
    return PictureSource.of(Path.of(input));
  }

  @Override
  public InputFacts facts(String input) {
    Path file = Path.of(input);
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new PictureException(input, "is read twice here and is no file; copy it into one");
    }
    return facts.computeIfAbsent(input, it -> InputFacts.of(read(it), it));
  }

  @Override
  public Optional<byte[]> readOutput(String output) {
    try {
      return Optional.of(Files.readAllBytes(results.resolve(output)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RunFailedException(
          "%s cannot be read (%s); remove it or check its permissions".formatted(output, e), e);
    }
  }

  @Override
  public void writeWhole(String output, byte[] bytes) {
    Path target = results.resolve(output);
    Path folder = requireNonNull(target.getParent());
    try {
      Files.createDirectories(folder);
      PictureWriter.clean(target);
      PictureWriter.write(bytes, target);
    } catch (PictureException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new RunFailedException(
          "%s cannot be made (%s); check the folder".formatted(folder, e), e);
    }
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static PictureException unreadable(String input, IOException e) {
    Path file = Path.of(input);
    return new PictureException(
        input,
        Files.exists(file)
            ? Files.isDirectory(file)
                ? "is a directory; name a picture file in it"
                : "may not be read; check its permissions"
            : "does not exist; check the path",
        e);
  }
}
