package io.stylegraph.batch;

import com.google.common.base.Splitter;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.OutputFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The names of results: each job's own, within their folder, and no input's. */
final class OutputNames {
  private final JobFiles files;
  private final Set<String> inputs;
  private final Map<String, Integer> lines = new HashMap<>();

  /** {@code inputs} are the identities of all files that are read. */
  OutputNames(JobFiles files, Set<String> inputs) {
    this.files = files;
    this.inputs = inputs;
  }

  /**
   * A job for the output that its line names.
   *
   * @throws io.stylegraph.error.StylegraphException if it cannot have that
   */
  BatchJob job(int line, String request, String output) {
    List<String> parts = Splitter.on('/').splitToList(output);
    if (parts.stream().anyMatch(it -> Set.of("", ".", "..").contains(it))
        || Path.of(output).isAbsolute()) {
      throw new InvalidSettingException(
          "output",
          "output (%s) is not within the folder of results; name a file in it".formatted(output));
    }
    OutputFormat.of(Path.of(output));
    BatchJob job = new BatchJob(line, withoutEnding(output), request, output);
    Integer other = lines.putIfAbsent(job.name(), line);
    if (other != null) {
      throw new InvalidSettingException(
          "output",
          "output (%s) is that of line %d but for its ending at most; name another"
              .formatted(output, other));
    }
    if (replacesInput(job)) {
      throw new InvalidSettingException(
          "output",
          "output (%s) would replace an input; name another file or folder of results"
              .formatted(output));
    }
    return job;
  }

  /** A job for the first of the names that is free, or for the last one with a number. */
  BatchJob job(int line, String request, List<String> names) {
    String last = names.get(names.size() - 1);
    String name =
        Stream.concat(names.stream(), Stream.iterate(2, it -> it + 1).map(it -> last + "-" + it))
            .filter(it -> !lines.containsKey(it))
            .findFirst()
            .orElseThrow();
    return job(line, request, name + ".png");
  }

  private boolean replacesInput(BatchJob job) {
    return Stream.of(job.output(), job.outcome(), job.log())
        .anyMatch(it -> inputs.contains(files.identity(files.output(it))));
  }

  static String withoutEnding(String file) {
    int dot = file.lastIndexOf('.');
    return dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
  }
}
