package io.stylegraph.cli;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.service.JobLimits;
import io.stylegraph.service.Keeping;
import io.stylegraph.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a service listens and what it grants. */
final class ServiceOptions {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(s|m|h)");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; any but this machine's own needs a token. Default:"
              + " ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description =
          "What every call must show, at least 16 characters. Default: the environment's"
              + " STYLEGRAPH_TOKEN, which no list of processes shows.")
  private @Nullable String token;

  @Option(
      names = "--allow-name",
      paramLabel = "NAME",
      description = "A host name that the service is reached by, beside localhost. Repeatable.")
  private List<String> names = List.of();

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      description = "Jobs that run at once. Default: 1; from 8 cores on 2.")
  private @Nullable Integer maxJobs;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "16",
      description = "Jobs that may wait. Default: ${DEFAULT-VALUE}.")
  private int queue;

  @Option(
      names = "--max-upload",
      paramLabel = "MB",
      defaultValue = "25",
      description = "Megabytes of one upload. Default: ${DEFAULT-VALUE}.")
  private int maxUpload;

  @Option(
      names = "--max-pixels",
      paramLabel = "MP",
      defaultValue = "25",
      description = "Megapixels of a picture. Default: ${DEFAULT-VALUE}.")
  private int maxPixels;

  @Option(
      names = "--max-size",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Longer side of a result, in pixels. Default: ${DEFAULT-VALUE}.")
  private int maxSize;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Steps of a job. Default: ${DEFAULT-VALUE}.")
  private int maxSteps;

  @Option(
      names = "--max-time",
      paramLabel = "SPAN",
      defaultValue = "1h",
      description = "A job ends after it with its best picture; as in 90s, 20m, 1h. Default: 1h.")
  private String maxTime;

  @Option(
      names = "--keep",
      paramLabel = "SPAN",
      defaultValue = "1h",
      description = "How long results are kept in memory. Default: ${DEFAULT-VALUE}.")
  private String keep;

  @Option(
      names = "--keep-jobs",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many finished jobs are kept. Default: ${DEFAULT-VALUE}.")
  private int keepJobs;

  @Option(
      names = "--keep-megabytes",
      paramLabel = "MB",
      defaultValue = "256",
      description = "Of the pictures kept. Default: ${DEFAULT-VALUE}.")
  private int keepMegabytes;

  @Option(
      names = "--grace",
      paramLabel = "SPAN",
      defaultValue = "20s",
      description =
          "What running jobs get to finish when the service stops; then they are cancelled."
              + " Default: ${DEFAULT-VALUE}.")
  private String grace;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Where the pictures still held are written when the service stops. Default: nowhere.")
  private @Nullable Path results;

  ServiceSettings settings() {
    return new ServiceSettings(
        host,
        port,
        Optional.ofNullable(token).or(() -> Optional.ofNullable(System.getenv("STYLEGRAPH_TOKEN"))),
        Set.copyOf(names),
        maxJobs == null ? ServiceSettings.usualJobs() : maxJobs,
        queue,
        new JobLimits(
            maxUpload * 1_000_000L,
            maxPixels * 1_000_000L,
            maxSize,
            maxSteps,
            span("maxTime", maxTime)),
        new Keeping(span("keep", keep), keepJobs, keepMegabytes),
        span("grace", grace),
        Optional.ofNullable(results));
  }

  private static Duration span(String setting, String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidSettingException(
          setting,
          "%s (%s) must be a number with s, m or h, as in 90s, 20m or 1h".formatted(setting, text));
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
