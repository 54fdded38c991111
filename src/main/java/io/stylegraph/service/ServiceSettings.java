package io.stylegraph.service;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a service listens, and what it grants.
 *
 * @param host the address to listen on; any but loopback needs a token
 * @param port 0 takes a free one
 * @param token that every call of the API must show, of {@value #MIN_TOKEN} characters or more
 * @param names of the host, beside its addresses and localhost, that a request may be sent to
 * @param maxJobs that run at once
 * @param queue how many more may wait
 * @param limits of each job
 * @param keeping of finished jobs
 * @param grace that running jobs get to finish when the service stops
 * @param results the folder that the pictures still held are written to when the service stops
 */
public record ServiceSettings(
    String host,
    int port,
    Optional<String> token,
    Set<String> names,
    int maxJobs,
    int queue,
    JobLimits limits,
    Keeping keeping,
    Duration grace,
    Optional<Path> results) {
  /** A token with fewer characters could be guessed. */
  public static final int MIN_TOKEN = 16;

  /** How many may wait if nothing is chosen. */
  public static final int DEFAULT_QUEUE = 16;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_JOBS = 64;
  private static final int MAX_QUEUE = 10_000;
  private static final int CORES_FOR_TWO = 8;

  public ServiceSettings {
    names = Set.copyOf(names);
    Settings.inRange("port", port, 0, MAX_PORT);
    Settings.inRange("maxJobs", maxJobs, 1, MAX_JOBS);
    Settings.inRange("queue", queue, 1, MAX_QUEUE);
    if (grace.isNegative()) {
      throw new InvalidSettingException(
          "grace", "grace (%s) must not be negative".formatted(grace));
    }
    if (token.isPresent() && token.get().length() < MIN_TOKEN) {
      throw new InvalidSettingException(
          "token", "the token must have at least %d characters".formatted(MIN_TOKEN));
    }
    if (token.isEmpty() && !isLoopback(host)) {
      throw new InvalidSettingException(
          "token",
          ("host (%s) can be reached from other machines, so a token is needed; give one in"
                  + " STYLEGRAPH_TOKEN or --token, at least %d characters")
              .formatted(host, MIN_TOKEN));
    }
    if (results.isPresent() && !Files.isWritable(results.get())) {
      throw new InvalidSettingException(
          "results", "results (%s) must be a folder that takes files".formatted(results.get()));
    }
  }

  /** On loopback, with every default, as many jobs as {@link #usualJobs}. */
  public static ServiceSettings onPort(int port) {
    return new ServiceSettings(
        "127.0.0.1",
        port,
        Optional.empty(),
        Set.of(),
        usualJobs(),
        DEFAULT_QUEUE,
        JobLimits.DEFAULT,
        Keeping.DEFAULT,
        Duration.ofSeconds(20),
        Optional.empty());
  }

  /**
   * One job at a time, since a step already uses every core and two side by side would each take
   * twice as long; from {@value #CORES_FOR_TWO} cores on a small picture leaves some idle, and it
   * is two.
   */
  public static int usualJobs() {
    return Runtime.getRuntime().availableProcessors() < CORES_FOR_TWO ? 1 : 2;
  }

  static void positive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new InvalidSettingException(
          setting, "%s (%s) must be positive".formatted(setting, value));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidSettingException(
          "host", "host (%s) is unknown here; give an address of this machine".formatted(host));
    }
  }
}
