package io.stylegraph.batch;

import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with pictures {@code a.png}, {@code b.png} and {@code s.png}, and one for results. */
final class BatchFolder {
  /** Jobs of three steps, which end as they began on any machine. */
  static final String USUAL = "{'set': {'steps': 3}, 'precision': 'fp32', 'device': 'cpu'}";

  private final Path folder;
  private final JobFiles files;

  private BatchFolder(Path folder, JobFiles files) {
    this.folder = folder;
    this.files = files;
  }

  BatchFolder(Path folder) {
    this(folder, new LocalFiles(folder.resolve("out")));
    PictureWriter.write(TinyModel.picture(34, 32, 1), folder.resolve("a.png"));
    PictureWriter.write(TinyModel.picture(36, 33, 2), folder.resolve("b.png"));
    PictureWriter.write(TinyModel.picture(40, 33, 3), folder.resolve("s.png"));
    files.prepare();
  }

  /** The same as a later process sees it. */
  BatchFolder again() {
    return new BatchFolder(folder, new LocalFiles(folder.resolve("out")));
  }

  JobFiles files() {
    return files;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path result(String name) {
    return folder.resolve("out").resolve(name);
  }

  /** The list of these lines, which may quote with apostrophes. */
  JobList list(String... lines) {
    return listLike(USUAL, lines);
  }

  JobList listLike(String usual, String... lines) {
    try {
      Files.writeString(file("jobs.jsonl"), String.join("\n", lines).replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JobList.read(file("jobs.jsonl").toString(), usual.replace('\'', '"'), files);
  }

  /** The names of all results. */
  List<String> results() {
    Path out = folder.resolve("out");
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .map(it -> out.relativize(it).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
