package io.stylegraph.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.error.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The jobs of a batch.
 *
 * @param jobs those that can be read, in their order
 * @param refused the outcomes of the others
 * @param ignored how many files of a folder are no pictures by their names' endings
 */
public record JobList(List<BatchJob> jobs, List<JobOutcome> refused, int ignored) {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp", "gif");

  public JobList {
    jobs = List.copyOf(jobs);
    refused = List.copyOf(refused);
  }

  /**
   * Reads a file of jobs, one JSON object a line: a request as {@link io.stylegraph.RequestJson}
   * has it, and {@code output}, which is the content's name with {@code .png} if it is absent. Or
   * makes jobs of a folder: each picture in it with each style. A line that is wrong is refused,
   * and the others are not.
   *
   * @param jobs whole name of the file or folder
   * @param usual JSON of what a line takes where it does not say: a request without content, its
   *     files by their whole names
   * @throws InvalidSettingException if there is no job
   * @throws io.stylegraph.error.PictureException if the file or folder cannot be read
   */
  public static JobList read(String jobs, String usual, JobFiles files) {
    JobList list = files.isFolder(jobs) ? ofFolder(jobs, usual, files) : ofFile(jobs, usual, files);
    if (list.jobs.isEmpty() && list.refused.isEmpty()) {
      throw new InvalidSettingException(
          "jobs",
          "jobs (%s) holds no %s; name another"
              .formatted(jobs, files.isFolder(jobs) ? "picture" : "job, one JSON object a line"));
    }
    return list;
  }

  private static JobList ofFile(String jobs, String usual, JobFiles files) {
    JobLines lines = new JobLines(jobs, usual, files);
    String text = new String(files.read(jobs), StandardCharsets.UTF_8);
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).strip();
      if (!line.isEmpty()) {
        lines.add(i + 1, i == 0 ? line.replaceFirst("^\\uFEFF", "") : line);
      }
    }
    return lines.list(false, 0);
  }

  private static JobList ofFolder(String folder, String usual, JobFiles files) {
    JobLines lines = new JobLines(folder, usual, files);
    List<JsonNode> styles = lines.usualStyles();
    if (styles.isEmpty()) {
      throw new InvalidSettingException(
          "style", "a folder of contents has no style; give one at least (--style FILE)");
    }
    if (files.identity(folder).equals(files.identity(files.output("")))) {
      throw new InvalidSettingException(
          "out", "out (%s) is the folder of contents; name another".formatted(folder));
    }
    List<String> all = files.list(folder);
    List<String> contents = all.stream().filter(JobList::isPicture).toList();
    for (String content : contents) {
      for (JsonNode style : styles) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("content", content);
        line.putArray("styles").add(style);
        lines.add(0, line);
      }
    }
    return lines.list(styles.size() > 1, all.size() - contents.size());
  }

  private static boolean isPicture(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return ENDINGS.contains(ending.toLowerCase(Locale.ROOT));
  }

  /** The outcomes in the order of their lines, or of their pictures. */
  public List<JobOutcome> inOrder(List<JobOutcome> outcomes) {
    Map<String, Integer> places = new HashMap<>();
    jobs.forEach(it -> places.put(it.output(), places.size()));
    return outcomes.stream()
        .sorted(
            Comparator.comparingInt(JobOutcome::line)
                .thenComparing(it -> places.getOrDefault(it.output(), 0)))
        .toList();
  }
}
