package io.stylegraph.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings of a test's service, on a free port of loopback; a test changes what it is about. */
final class TestSettings {
  String host = "127.0.0.1";
  Optional<String> token = Optional.empty();
  int maxJobs = 1;
  int queue = 4;
  long uploadBytes = 1_000_000;
  long pixels = 1_000_000;
  int size = 256;
  int steps = 100_000;
  Duration time = Duration.ofMinutes(5);
  Keeping keeping = Keeping.DEFAULT;
  Duration grace = Duration.ZERO;
  Optional<Path> results = Optional.empty();

  ServiceSettings build() {
    return new ServiceSettings(
        host,
        0,
        token,
        Set.of("pictures.example"),
        maxJobs,
        queue,
        new JobLimits(uploadBytes, pixels, size, steps, time),
        keeping,
        grace,
        results);
  }
}
