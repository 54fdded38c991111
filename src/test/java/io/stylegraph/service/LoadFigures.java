package io.stylegraph.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the clients of a load saw. Safe to use from any thread. */
final class LoadFigures {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, List<Double>> seconds = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  synchronized void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  synchronized void time(String what, long sinceNanos) {
    double took = (System.nanoTime() - sinceNanos) / 1e9;
    seconds.computeIfAbsent(what, it -> new ArrayList<>()).add(took);
  }

  synchronized void fail(String what) {
    failures.add(what);
  }

  synchronized int failures() {
    return failures.size();
  }

  synchronized void print() {
    counts.forEach((what, count) -> System.out.printf("%-26s %d%n", what, count));
    System.out.printf("%-26s %d%n", "unexpected failures", failures.size());
    failures.stream().limit(10).forEach(it -> System.out.println("  " + it));
    seconds.forEach(
        (what, all) -> {
          Collections.sort(all);
          System.out.printf(
              Locale.ROOT,
              "%-26s 50 %% %.3f  95 %% %.3f  99 %% %.3f s%n",
              what,
              share(all, 0.5),
              share(all, 0.95),
              share(all, 0.99));
        });
  }

  private static double share(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }
}
