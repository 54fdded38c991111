package io.stylegraph.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Passes on what running tasks say, which executors send with every heartbeat. */
final class Heartbeats<T> extends SparkListener {
  private final Latest<T> latest;
  private final Class<T> kind;

  Heartbeats(Latest<T> latest, Class<T> kind) {
    this.latest = latest;
    this.kind = kind;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    CollectionConverters.asJava(heartbeat.accumUpdates()).stream()
        .flatMap(task -> CollectionConverters.asJava(task._4()).stream())
        .filter(it -> it.id() == latest.id())
        .flatMap(it -> OptionConverters.toJava(it.update()).stream())
        .forEach(it -> latest.hear(kind.cast(it)));
  }
}
