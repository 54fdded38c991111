package io.stylegraph.service;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.stylegraph.recipe.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What Prometheus scrapes: jobs, steps, queue, and the process's memory. */
final class Metrics {
  /** From a small picture on a GPU to a large one on two cores. */
  private static final double[] STEP_SECONDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter jobs =
      Counter.builder()
          .name("stylegraph_jobs_total")
          .help("Jobs that ended, by how.")
          .labelNames("state")
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("stylegraph_requests_refused_total")
          .help("Requests answered with an error, by status.")
          .labelNames("status")
          .register(registry);

  /** Its count is the number of steps. */
  private final Histogram steps =
      Histogram.builder()
          .name("stylegraph_step_seconds")
          .help("Time of a step; the count is the number of steps done.")
          .classicOnly()
          .classicUpperBounds(STEP_SECONDS)
          .register(registry);

  Metrics() {
    JvmMemoryMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
    for (JobState state : List.of(JobState.DONE, JobState.FAILED, JobState.CANCELLED)) {
      jobs.initLabelValues(Settings.word(state));
    }
  }

  /** Adds what is read from the queue at each scrape. */
  void watch(JobQueue queue) {
    gauge("stylegraph_jobs_running", "Jobs that run now.", queue, it -> it.running().size());
    gauge("stylegraph_jobs_waiting", "Jobs in the queue.", queue, it -> it.waiting().size());
    gauge(
        "stylegraph_steps_per_second",
        "Mean speed of the jobs that run now, together.",
        queue,
        it -> it.running().stream().mapToDouble(Job::stepsPerSecond).sum());
  }

  StepClock stepClock() {
    return new StepClock(steps);
  }

  void onEnd(JobState state) {
    jobs.labelValues(Settings.word(state)).inc();
  }

  void onRefusal(int status) {
    refused.labelValues(Integer.toString(status)).inc();
  }

  /** All in Prometheus's text format. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void gauge(String name, String help, JobQueue queue, ToDoubleFunction<JobQueue> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(it -> it.call(value.applyAsDouble(queue)))
        .register(registry);
  }
}
