package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the settings can be made without a Spark. */
class ClusterSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "6, 2, 3", "5, 2, 3", "3, 8, 1"})
  void an_executor_never_runs_more_jobs_at_once_than_it_should(int cores, int atOnce, int cpus) {
    assertThat(ClusterSettings.cpus(cores, atOnce)).isEqualTo(cpus);
    assertThat(cores / cpus).isLessThanOrEqualTo(atOnce);
  }

  @Test
  void of_jars_with_one_name_the_given_one_is_taken() {
    assertThat(ProgramJars.beside("hdfs:/lib/a.jar,hdfs:/lib/b.jar,file:/c/a.jar"))
        .isEqualTo("hdfs:/lib/a.jar,hdfs:/lib/b.jar");
  }
}
