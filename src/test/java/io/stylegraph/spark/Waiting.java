package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for other processes. */
final class Waiting {
  private static final long MINUTES = 4;

  private Waiting() {}

  /** What is there at last, once it is not null. */
  static <T> T until(String what, Callable<T> seen) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    T found = seen.call();
    while (found == null) {
      assertThat(System.nanoTime()).as("gives up waiting until " + what).isLessThan(end);
      Thread.sleep(50);
      found = seen.call();
    }
    return found;
  }
}
