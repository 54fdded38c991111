package io.stylegraph.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.cli.HtmlPage.Cell;
import io.stylegraph.error.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All comparisons in a folder's folders on one page, a line each. */
final class ComparisonIndex {
  private static final List<String> HEADER =
      List.of(
          "recipe",
          "",
          "features",
          "first steps",
          "gradient",
          "terms at the result",
          "PSNR, dB",
          "SSIM",
          "s a step",
          "reference's",
          "peak, MB",
          "reference's",
          "against");

  private static final String CHAOTIC = " *";

  private ComparisonIndex() {}

  /** Reads every {@code FOLDER/report.json} beneath {@code folder} and writes its index.html. */
  static void write(Path folder) {
    HtmlPage page = new HtmlPage("Stylegraph beside other programs");
    List<List<Cell>> rows = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.sorted().toList()) {
        Path report = each.resolve("report.json");
        if (Files.exists(report)) {
          rows.add(
              row(each.getFileName().toString(), new ObjectMapper().readTree(report.toFile())));
        }
      }
    } catch (IOException e) {
      throw new RunFailedException(
          "index (%s) cannot be read (%s); remove what is damaged there".formatted(folder, e), e);
    }
    page.paragraph(
        "The largest relative differences; each recipe's page tells the rest. Where %s stands, the"
                .formatted(CHAOTIC.strip())
            + " search is chaotic: the reference parts from itself as far when its gradients are"
            + " disturbed by rounding's size, and its page says how far.");
    ReportFolder.in(folder).write("index.html", page.table(HEADER, rows).html());
  }

  private static List<Cell> row(String name, JsonNode report) {
    JsonNode reference = report.get("reference");
    JsonNode engine = report.get("engine");
    String chaotic = report.at("/rounding/disturbance").asDouble() > 0 ? CHAOTIC : "";
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.link(name + "/index.html", name),
                Cell.verdict(report.get("passed").asBoolean())));
    cells.addAll(
        Cell.texts(
            number(report.get("worstFeatures")),
            number(report.get("worstOfFirstSteps")) + chaotic,
            number(report.get("worstGradient")),
            number(report.at("/result/worstTerm")),
            number(report.at("/similarity/psnr")) + chaotic,
            number(report.at("/similarity/ssim")),
            number(engine.get("secondsPerStep")),
            number(reference.get("secondsPerStep")),
            megabytes(engine),
            megabytes(reference),
            reference.get("program").asText()));
    return cells;
  }

  private static String number(JsonNode value) {
    return ComparisonPage.number(value.asDouble());
  }

  private static String megabytes(JsonNode facts) {
    return String.valueOf(facts.get("peakMemoryBytes").asLong() / 1_000_000);
  }
}
