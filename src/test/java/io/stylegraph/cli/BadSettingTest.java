package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an option's value, or the options together, can be wrong. */
class BadSettingTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "--steps, 0, steps (0) must be from 1 to 1000000",
    "--steps, -3, steps (-3) must be from 1 to 1000000",
    "--steps, 1000001, steps (1000001) must be from 1 to 1000000",
    "--steps, 99999999999, '--steps'",
    "--steps, 1.5, '--steps'",
    "--steps, many, '--steps'",
    "--steps, NaN, '--steps'",
    "--size, -1, size (-1) must be from 0 to 32768",
    "--size, 32769, size (32769) must be from 0 to 32768",
    "--size, Infinity, '--size'",
    "--size, big, '--size'",
    "--learning-rate, 0, learningRate (0.0) must be positive and finite",
    "--learning-rate, -1, learningRate (-1.0) must be positive and finite",
    "--learning-rate, NaN, learningRate (NaN) must be positive and finite",
    "--learning-rate, Infinity, learningRate (Infinity) must be positive and finite",
    "--learning-rate, fast, '--learning-rate'",
    "--content-weight, -1, contentWeight (-1.0) must be zero or more",
    "--content-weight, NaN, contentWeight (NaN) must be zero or more",
    "--content-weight, Infinity, contentWeight (Infinity) must be zero or more",
    "--style-weight, -0.5, styleWeight (-0.5) must be zero or more",
    "--style-weight, NaN, styleWeight (NaN) must be zero or more",
    "--style-weight, Infinity, styleWeight (Infinity) must be zero or more",
    "--style-weight, 1e999, styleWeight (Infinity) must be zero or more",
    "--tv-weight, -1, tvWeight (-1.0) must be zero or more",
    "--tv-weight, NaN, tvWeight (NaN) must be zero or more",
    "--tv-weight, -Infinity, tvWeight (-Infinity) must be zero or more",
    "--tv-weight, much, '--tv-weight'",
    "--save-every, 0, saveEvery (0) must be from 1 to 1000000",
    "--save-every, -1, saveEvery (-1) must be from 1 to 1000000",
    "--save-every, x, '--save-every'",
    "--seed, x, '--seed'",
    "--seed, 99999999999999999999, '--seed'",
    "--recipe, picasso, recipe (picasso) is unknown; choose one of: tf-eager",
    "--recipe, '', recipe () is unknown; choose one of: tf-eager",
    "--recipe, tf-eagre, 'recipe (tf-eagre) is unknown; did you mean tf-eager? choose one of: tf-'",
    "--recipe, absent.json, recipe (absent.json) does not exist",
    "--set, steps, '--set (steps) must be PATH=VALUE, as in optimizer.beta1=0.99'",
    "--set, =1, --set (=1) must be PATH=VALUE",
    "--set, stpes=1, stpes is unknown in --set; did you mean steps?",
    "--set, optimizer.betta1=1, optimizer.betta1 is unknown in --set; did you mean optimizer.beta1?",
    "--set, base=gatys, base is unknown in --set",
    "--set, optimizer.beta1=1, '--set: beta1 (1.0) must be at least 0 and below 1'",
    "--set, optimizer.beta1=, optimizer.beta1 () must be a number in --set",
    "--set, optimizer.kind=sgd, 'optimizer.kind (sgd) is unknown in --set; choose one of: adam, lbfgs'",
    "--set, keep=lst, 'keep (lst) is unknown in --set; choose one of: best, last'",
    "--set, styleLayers=[], 'styleLayers is empty, but styleWeight is 0.01; name layers or set'",
    "--set, styleLayers.block9_conv1=1, 'block9_conv1 is no style layer of tf-eager; its style layers: block1_conv1, block2_conv1, '",
    "--set, styleLayers.block1_conv1=-1, weight of block1_conv1 (-1.0) must be zero or more",
    "--set, styleLayers.block1_conv1=x, 'styleLayers[0].weight (x) must be a number in --set'",
    "--set, start=picture, 'start is picture, but no start picture is given'",
    "--optimizer, sgd, 'optimizer (sgd) is unknown; choose one of: adam'",
    "--style-layers, '', 'styleLayers is empty, but styleWeight is 0.01; name layers or set it to 0'",
    "--style-layers, block1_conv1:x, styleLayers (block1_conv1:x) must be LAYER or LAYER:WEIGHT",
    "--style-layers, block1_conv1:-1, weight of block1_conv1 (-1.0) must be zero or more",
    "--style-layers, ':1', layer () must have a name",
    "--content-layers, 'block1_conv1,block1_conv1', contentLayers names block1_conv1 twice",
    "--content-layers, block9_conv9, tiny-vgg has no layer block9_conv9; it has: block1_conv1",
    "--device, tpu, 'device (tpu) is unknown; choose one of: auto, cpu, gpu'",
    "--device, GPU, 'device (GPU) is unknown; choose one of: auto, cpu, gpu'",
    "--precision, fp8, 'precision (fp8) is unknown; choose one of: auto, fp32, bf16'",
  })
  void values(String option, String value, String message) {
    job.with(option, value).refused(message);
  }

  @Test
  void a_recipe_that_is_a_folder_or_says_too_little() throws IOException {
    job.with("--recipe", folder).refused("recipe (" + folder + ") is a folder");
    Path file = Files.writeString(folder.resolve("my.json"), "{\"styleWieght\": 1}");
    job.with("--recipe", file).refused("schemaVersion is missing in " + file);
    Files.writeString(file, "{\"base\": \"tf-eager\", \"styleWieght\": 1}");
    job.refused("styleWieght is unknown in " + file + "; did you mean styleWeight?");
    job.without("--output").without("--steps").with("--picture", job.file("style.png"));
    job.refusedBy("evaluate", "styleWieght is unknown");
  }

  @Test
  void a_recipes_file_is_never_an_output() throws IOException {
    Path file = Files.writeString(folder.resolve("my.json"), "{\"base\": \"tf-eager\"}");
    job.with("--recipe", file).with("--log", file).refused(file);
  }

  @Test
  void nothing_to_optimise() {
    job.with("--style-weight", 0).with("--content-weight", 0).with("--tv-weight", 0);
    job.refused("styleWeight, contentWeight and tvWeight are all 0: nothing to optimise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style", "--output"})
  void a_required_option_is_missing(String option) {
    job.without(option).refused("Missing required option: '" + option, "--help");
  }

  @Test
  void unknown_options_and_commands() {
    job.refusedBy("paint", "Unmatched arguments from index 0: 'paint'", "--help");
    job.with("--stepz", 1);
    job.refused("Unknown options: '--stepz', '1'", "(see `stylegraph stylize --help`)");
  }

  @Test
  void options_without_a_value_or_given_twice() {
    job.with("--log", "--sheet").refused("Expected parameter for option '--log'");
    CliRun twice = job.without("--log").stylize("--steps", "4");
    assertThat(twice.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(twice.errLines()).hasSize(1);
    assertThat(twice.err()).contains("'--steps'", "only once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style", "--model", "--output", "--log", "--sheet"})
  void an_empty_name(String option) {
    job.with(option, "").refused(option, "the name is empty; give the name of a file or folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style", "--model", "--output", "--log", "--sheet"})
  void a_name_that_no_file_can_have(String option) {
    job.with(option, "a\0b").refused(option, "no file can have this name");
  }

  @Test
  void no_command_at_all() {
    CliRun run = CliRun.of();
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.errLines())
        .containsExactly("stylegraph: Missing command (see `stylegraph --help`)");
  }

  @Test
  void a_gpu_where_there_is_none() {
    assumeFalse(Files.exists(Path.of("/dev/nvidia0")));
    job.with("--device", "gpu")
        .refused("no GPU is visible to TensorFlow; build with `make GPU=1`", "--device cpu");
  }

  @Test
  void bfloat16_where_the_cpu_has_none() throws IOException {
    Path cpu = Path.of("/proc/cpuinfo");
    String features = Files.exists(cpu) ? Files.readString(cpu) : "";
    assumeFalse(features.contains("avx512_bf16") || features.contains("amx_bf16"));
    job.with("--precision", "bf16")
        .refused("this CPU has no bfloat16 instructions", "use --precision fp32");
  }

  @Test
  void settings_are_looked_at_before_files() {
    job.with("--steps", 0).with("--model", job.file("absent")).refused("steps (0)");
    job.with("--steps", 3).with("--output", job.file("out.gif")).refused("out.gif");
  }
}
