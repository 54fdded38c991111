package io.stylegraph.cli;

import io.stylegraph.cli.ResultSheet.LossPoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves of losses over the steps, on a logarithmic axis. What it cannot show (zero, negative, not
 * finite) is left out; a term without any other value, as one that the recipe does not have, is
 * left out whole.
 */
final class LossChart {
  private static final Color GRID = new Color(0xE2, 0xE2, 0xE2);
  private static final Color CLEAR = new Color(0, true);
  private static final Color INK = new Color(0x44, 0x44, 0x44);

  private final XYChart chart = new XYChart(1, 1);
  private final DoubleSummaryStatistics range = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics steps = new DoubleSummaryStatistics();

  private LossChart(List<Curve> curves) {
    curves.forEach(this::add);
  }

  /**
   * One curve.
   *
   * @param name for the legend
   * @param width of the line, in pixels
   * @param values in order of their steps
   */
  record Curve(String name, Color color, float width, List<Point> values) {
    /** The value at one step. */
    record Point(int step, double value) {}
  }

  /** The chart of all terms of a run, if there is anything to show. */
  static Optional<LossChart> of(List<LossPoint> losses) {
    return ofCurves(
        List.of(
            curve("total", new Color(0x22, 0x22, 0x22), losses, LossPoint::total),
            curve("content", new Color(0x1F, 0x77, 0xB4), losses, LossPoint::content),
            curve("style", new Color(0xD6, 0x5F, 0x0E), losses, LossPoint::style),
            curve("total variation", new Color(0x2C, 0x8C, 0x3C), losses, LossPoint::tv)));
  }

  /** The chart of any curves, later ones over earlier ones, if there is anything to show. */
  static Optional<LossChart> ofCurves(List<Curve> curves) {
    LossChart chart = new LossChart(curves);
    if (chart.range.getCount() == 0) {
      return Optional.empty();
    }
    chart.style();
    return Optional.of(chart);
  }

  /** Paints the chart into the top left corner of {@code pen}'s area, which it may clip. */
  void paint(Graphics2D pen, int width, int height) {
    chart.paint(pen, width, height);
  }

  private static Curve curve(
      String name, Color color, List<LossPoint> losses, ToDoubleFunction<LossPoint> term) {
    return new Curve(
        name,
        color,
        2,
        losses.stream().map(p -> new Curve.Point(p.step(), term.applyAsDouble(p))).toList());
  }

  private void add(Curve curve) {
    List<Curve.Point> shown = curve.values().stream().filter(p -> isShown(p.value())).toList();
    if (shown.isEmpty()) {
      return;
    }
    List<Double> at = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Curve.Point point : shown) {
      add((double) point.step(), point.value(), at, values);
    }
    at.forEach(steps::accept);
    values.forEach(range::accept);
    XYSeries series = chart.addSeries(curve.name(), at, values);
    series.setLineColor(curve.color()).setLineStyle(new BasicStroke(curve.width()));
    series.setMarkerColor(curve.color());
    series.setMarker(at.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }

  /**
   * Adds a point, and before the second point one halfway on the line to it: XChart marks the axis
   * at every few of equally spaced values (1, 7, 13, ...), and at round numbers otherwise.
   */
  private static void add(double step, double value, List<Double> at, List<Double> values) {
    if (at.size() == 1) {
      at.add((at.get(0) + step) / 2);
      values.add(Math.sqrt(values.get(0) * value));
    }
    at.add(step);
    values.add(value);
  }

  private static boolean isShown(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private void style() {
    chart.setXAxisTitle("step");
    chart.setYAxisTitle("weighted loss");
    var styler = chart.getStyler();
    styler.setYAxisLogarithmic(true);
    styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(range.getMin()))));
    styler.setYAxisMax(Math.pow(10, Math.floor(Math.log10(range.getMax())) + 1));
    styler.setYAxisDecimalPattern("0E0");
    styler.setXAxisDecimalPattern("0").setXAxisTickMarkSpacingHint(100);
    if (steps.getMin() < steps.getMax() / 4) {
      styler.setXAxisMin(0.0).setXAxisMax(steps.getMax()); // Round tick marks.
    }
    styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS).setLegendBorderColor(CLEAR);
    styler.setLegendBackgroundColor(CLEAR);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setPlotGridLinesColor(GRID).setPlotBorderColor(GRID).setPlotBackgroundColor(Color.WHITE);
    styler.setChartPadding(4).setLegendPadding(14).setLegendSeriesLineLength(24);
  }
}
