package io.stylegraph.spark;

import java.util.function.Consumer;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * What each task has said last. The driver hears it with {@link Heartbeats} while the task runs,
 * and when it has ended; of tasks that failed or were cancelled, the first alone.
 */
final class Latest<T> extends AccumulatorV2<T, @Nullable T> {
  private static final long serialVersionUID = 1L;

  /** On the driver alone. */
  private final transient @Nullable Consumer<T> heard;

  private volatile @Nullable T said;

  Latest(@Nullable Consumer<T> heard) {
    this.heard = heard;
  }

  @Override
  public boolean isZero() {
    return said == null;
  }

  @Override
  public Latest<T> copy() {
    Latest<T> copy = new Latest<>(heard);
    copy.said = said;
    return copy;
  }

  @Override
  public void reset() {
    said = null;
  }

  @Override
  public void add(T latest) {
    said = latest;
  }

  @Override
  public void merge(AccumulatorV2<T, @Nullable T> ended) {
    hear(ended.value());
  }

  @Override
  public @Nullable T value() {
    return said;
  }

  void hear(@Nullable T latest) {
    if (heard != null && latest != null) {
      heard.accept(latest);
    }
  }
}
