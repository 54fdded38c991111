package io.stylegraph.service;

import io.prometheus.metrics.core.metrics.Histogram;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;

/** Times each step of one run. */
final class StepClock implements StepListener {
  private final Histogram seconds;
  private double before;

  StepClock(Histogram seconds) {
    this.seconds = seconds;
  }

  @Override
  public void onStep(StepReport report) {
    seconds.observe(report.seconds() - before);
    before = report.seconds();
  }
}
