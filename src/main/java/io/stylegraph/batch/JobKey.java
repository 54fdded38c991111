package io.stylegraph.batch;

import com.google.common.hash.Hashing;
import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.RunNotes;
import java.nio.charset.StandardCharsets;

/** Tells whether a result is still the one that a job would make. */
public final class JobKey {
  private JobKey() {}

  /**
   * The SHA-256 of the job's whole request with what its files hold in place of their names, of the
   * model and of the program's version.
   *
   * @param model its files' checksum, as {@link RunNotes#checksum} gives it
   * @throws io.stylegraph.error.PictureException if an input cannot be read
   */
  public static String of(BatchJob job, JobFiles files, String model) {
    String request =
        RequestJson.text(
            RequestJson.parse(
                job.request(),
                input -> PictureSource.of(() -> files.read(input), files.facts(input).sha256())));
    return Hashing.sha256()
        .hashString(String.join("\n", request, model, RunNotes.version()), StandardCharsets.UTF_8)
        .toString();
  }
}
