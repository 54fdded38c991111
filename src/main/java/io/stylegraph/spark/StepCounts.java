package io.stylegraph.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/** How far jobs are, by output; of several attempts at a job the one that is further counts. */
final class StepCounts extends AccumulatorV2<StepCount, Map<String, StepCount>> {
  private static final long serialVersionUID = 1L;

  private final ConcurrentHashMap<String, StepCount> counts = new ConcurrentHashMap<>();

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public StepCounts copy() {
    StepCounts copy = new StepCounts();
    copy.counts.putAll(counts);
    return copy;
  }

  @Override
  public void reset() {
    counts.clear();
  }

  @Override
  public void add(StepCount count) {
    counts.merge(count.output(), count, (one, other) -> one.step() < other.step() ? other : one);
  }

  @Override
  public void merge(AccumulatorV2<StepCount, Map<String, StepCount>> other) {
    other.value().values().forEach(this::add);
  }

  @Override
  public Map<String, StepCount> value() {
    return Map.copyOf(counts);
  }
}
