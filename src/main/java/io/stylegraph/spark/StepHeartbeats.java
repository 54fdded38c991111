package io.stylegraph.spark;

import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Passes on what running tasks count, which executors send with every heartbeat. */
final class StepHeartbeats extends SparkListener {
  private final long counts;
  private final GatheredOutcomes outcomes;

  /** Of the accumulator with that identity. */
  StepHeartbeats(long counts, GatheredOutcomes outcomes) {
    this.counts = counts;
    this.outcomes = outcomes;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    CollectionConverters.asJava(heartbeat.accumUpdates()).stream()
        .flatMap(task -> CollectionConverters.asJava(task._4()).stream())
        .filter(it -> it.id() == counts)
        .flatMap(it -> OptionConverters.toJava(it.update()).stream())
        .forEach(this::pass);
  }

  private void pass(Object update) {
    ((Map<?, ?>) update).values().forEach(it -> outcomes.count((StepCount) it));
  }
}
