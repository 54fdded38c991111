package io.stylegraph.cli;

import io.stylegraph.cli.HtmlPage.Cell;
import io.stylegraph.cli.HtmlPage.Figure;
import io.stylegraph.cli.LossChart.Curve;
import io.stylegraph.compare.Comparison;
import io.stylegraph.compare.Difference;
import io.stylegraph.compare.ReferenceRun;
import io.stylegraph.compare.RunFacts;
import io.stylegraph.progress.Losses;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as a page for people. */
final class ComparisonPage {
  private static final int CHART_WIDTH = 480;
  private static final int CHART_HEIGHT = 340;
  private static final int CHART_SCALE = 2;
  private static final int LEAST_MAGNIFIED = 4;
  private static final Color REFERENCE_COLOR = new Color(0xF2, 0xB1, 0x6B);
  private static final Color ENGINE_COLOR = new Color(0x1F, 0x4E, 0x9C);

  private final ReferenceRun run;
  private final Comparison found;

  ComparisonPage(ReferenceRun run, Comparison found) {
    this.run = run;
    this.found = found;
  }

  String html() {
    HtmlPage page =
        new HtmlPage(found.recipe() + ": Stylegraph and " + found.reference().program());
    page.paragraph(
        "%s, %dx%d pixels, %d steps. %s"
            .formatted(
                found.model(),
                found.width(),
                found.height(),
                found.engine().steps(),
                found.passed() ? "Everything is within its tolerance." : "Not within tolerance."));
    checks(page);
    pictures(page);
    curves(page);
    firstSteps(page);
    features(page);
    gradients(page);
    cost(page);
    return page.html();
  }

  private void checks(HtmlPage page) {
    page.table(
        List.of("largest difference", "measured", "allowed", ""),
        found.checks().stream()
            .map(
                it ->
                    List.of(
                        Cell.text(it.name()),
                        Cell.text(number(it.measured())),
                        Cell.text("%s %s".formatted(it.sign(), number(it.limit()))),
                        Cell.verdict(it.passed())))
            .toList());
    Comparison.Rounding rounding = found.rounding();
    if (rounding.disturbance() > 0) {
      page.paragraph(
          ("This search is chaotic. With its gradients disturbed at random by %s of their norm, as"
                  + " rounding does, the reference parts from itself by %s in the terms of the"
                  + " first steps, and its results by a PSNR of %s dB.")
              .formatted(
                  number(rounding.disturbance()),
                  number(rounding.worstOf(found.firstSteps())),
                  number(rounding.psnr())));
    }
  }

  private void pictures(HtmlPage page) {
    BufferedImage expected = run.result().read().toBufferedImage();
    BufferedImage actual = found.picture().toBufferedImage();
    int factor = Math.max(LEAST_MAGNIFIED, 255 / Math.max(1, found.similarity().maxDifference()));
    page.heading("Pictures")
        .figures(
            "pixels",
            List.of(
                new Figure(expected, found.reference().program()),
                new Figure(actual, "Stylegraph"),
                new Figure(
                    difference(expected, actual, factor),
                    "difference, %d times; PSNR %s dB, SSIM %.4f"
                        .formatted(
                            factor, number(found.similarity().psnr()), found.similarity().ssim())),
                new Figure(run.content().read().toBufferedImage(), "content"),
                new Figure(run.style().read().toBufferedImage(), "style"),
                new Figure(run.start().read().toBufferedImage(), "first picture")));
  }

  private static BufferedImage difference(BufferedImage one, BufferedImage other, int factor) {
    BufferedImage image =
        new BufferedImage(one.getWidth(), one.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int here = one.getRGB(x, y) >> shift & 255;
          int there = other.getRGB(x, y) >> shift & 255;
          rgb |= Math.min(255, factor * Math.abs(here - there)) << shift;
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private void curves(HtmlPage page) {
    List<Figure> charts = new ArrayList<>();
    terms()
        .forEach(
            (name, term) ->
                LossChart.ofCurves(
                        List.of(
                            curve(
                                "reference", REFERENCE_COLOR, 6, Comparison.Step::reference, term),
                            curve("Stylegraph", ENGINE_COLOR, 1.5f, Comparison.Step::engine, term)))
                    .ifPresent(chart -> charts.add(new Figure(drawn(chart), name))));
    page.heading("Losses by step").figures("", charts);
  }

  private Curve curve(
      String name,
      Color color,
      float width,
      Function<Comparison.Step, Losses> whose,
      ToDoubleFunction<Losses> term) {
    return new Curve(
        name,
        color,
        width,
        found.steps().stream()
            .map(it -> new Curve.Point(it.step(), term.applyAsDouble(whose.apply(it))))
            .toList());
  }

  private static BufferedImage drawn(LossChart chart) {
    BufferedImage image =
        new BufferedImage(
            CHART_SCALE * CHART_WIDTH, CHART_SCALE * CHART_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.scale(CHART_SCALE, CHART_SCALE);
    chart.paint(pen, CHART_WIDTH, CHART_HEIGHT);
    pen.dispose();
    return image;
  }

  private void firstSteps(HtmlPage page) {
    page.heading("The first %d steps".formatted(found.firstSteps()))
        .paragraph("Each term in the reference, and how far Stylegraph's is from it.")
        .table(
            Stream.concat(
                    Stream.of("step"),
                    terms().keySet().stream().flatMap(name -> Stream.of(name, "difference")))
                .toList(),
            found.steps().stream().limit(found.firstSteps()).map(this::row).toList());
  }

  private List<Cell> row(Comparison.Step step) {
    List<Cell> cells = new ArrayList<>(Cell.texts(String.valueOf(step.step())));
    for (ToDoubleFunction<Losses> term : terms().values()) {
      double expected = term.applyAsDouble(step.reference());
      double difference = term.applyAsDouble(step.engine()) - expected;
      cells.add(Cell.text(String.format(Locale.ROOT, "%.6g", expected)));
      cells.add(Cell.text(difference == 0 ? "0" : number(difference / Math.abs(expected))));
    }
    return cells;
  }

  private static Map<String, ToDoubleFunction<Losses>> terms() {
    Map<String, ToDoubleFunction<Losses>> terms = new LinkedHashMap<>();
    terms.put("total", Losses::total);
    terms.put("content", Losses::content);
    terms.put("style", Losses::style);
    terms.put("total variation", Losses::tv);
    return terms;
  }

  private void features(HtmlPage page) {
    page.heading("Features of the first picture")
        .table(
            List.of("layer", "largest difference", "rms difference", "relative"),
            found.features().stream()
                .map(
                    it ->
                        Cell.texts(
                            it.layer(),
                            number(it.difference().max()),
                            number(it.difference().rms()),
                            number(it.difference().relative())))
                .toList());
  }

  private void gradients(HtmlPage page) {
    page.heading("Gradient of the total with respect to RGB in 0-255")
        .table(
            List.of("at", "1 - cosine", "norm of the difference, relative", "largest difference"),
            List.of(
                row("first picture", found.start().gradient()),
                row("reference's result", found.result().gradient())));
  }

  private static List<Cell> row(String name, Difference gradient) {
    return Cell.texts(
        name, number(1 - gradient.cosine()), number(gradient.relative()), number(gradient.max()));
  }

  private void cost(HtmlPage page) {
    page.heading("Cost")
        .table(
            List.of("program", "s a step, median", "peak memory, MB", "versions", "machine"),
            List.of(row(found.reference()), row(found.engine())));
  }

  private static List<Cell> row(RunFacts facts) {
    return Cell.texts(
        facts.program(),
        number(facts.secondsPerStep()),
        facts.peakMemoryBytes() == 0 ? "?" : String.valueOf(facts.peakMemoryBytes() / 1_000_000),
        words(facts.versions()),
        words(facts.machine()));
  }

  private static String words(Map<String, String> facts) {
    return facts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it -> it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
