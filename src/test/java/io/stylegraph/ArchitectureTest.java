package io.stylegraph;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the table of rooms: a lower room never uses a higher one. */
@AnalyzeClasses(packages = "io.stylegraph", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
  /** ArchUnit's own option knows only the usual build folder. */
  static final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule rooms =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.stylegraph.cli")
          .layer("compare")
          .definedBy("io.stylegraph.compare")
          .layer("service")
          .definedBy("io.stylegraph.service")
          .layer("spark")
          .definedBy("io.stylegraph.spark")
          .layer("batch")
          .definedBy("io.stylegraph.batch")
          .layer("film")
          .definedBy("io.stylegraph.film")
          .layer("root")
          .definedBy("io.stylegraph")
          .layer("engine")
          .definedBy("io.stylegraph.engine")
          .layer("backbone")
          .definedBy("io.stylegraph.backbone")
          .layer("loss")
          .definedBy("io.stylegraph.loss")
          .layer("optim")
          .definedBy("io.stylegraph.optim")
          .layer("image")
          .definedBy("io.stylegraph.image")
          .layer("recipe")
          .definedBy("io.stylegraph.recipe")
          .layer("progress")
          .definedBy("io.stylegraph.progress")
          .layer("error")
          .definedBy("io.stylegraph.error")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("compare")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("spark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("batch")
          .mayOnlyBeAccessedByLayers("cli", "spark")
          .whereLayer("film")
          .mayOnlyBeAccessedByLayers("cli", "spark")
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("cli", "compare", "service", "batch", "film", "spark")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("root", "cli", "compare", "service", "batch", "film", "spark")
          .whereLayer("backbone")
          .mayOnlyAccessLayers("recipe", "image", "error")
          .whereLayer("loss")
          .mayOnlyAccessLayers("recipe")
          .whereLayer("optim")
          .mayOnlyAccessLayers("recipe", "error")
          .whereLayer("image")
          .mayOnlyAccessLayers("error")
          .whereLayer("recipe")
          .mayOnlyAccessLayers("error")
          .whereLayer("progress")
          .mayNotAccessAnyLayer()
          .whereLayer("error")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule pictures_and_settings_know_no_tensorflow =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.stylegraph.image",
              "io.stylegraph.recipe",
              "io.stylegraph.progress",
              "io.stylegraph.error")
          .should()
          .dependOnClassesThat(resideInAPackage("org.tensorflow.."));

  @ArchTest
  static final ArchRule an_embedder_needs_none_of_the_optional_dependencies =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.stylegraph.cli", "io.stylegraph.service", "io.stylegraph.film")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "picocli..",
                  "com.sun.jna..",
                  "org.jline..",
                  "org.slf4j.simple..",
                  "me.tongfei..",
                  "org.knowm..",
                  "org.bytedeco.javacv..",
                  "org.bytedeco.ffmpeg..",
                  "org.bytedeco.opencv..",
                  "io.javalin.."));

  @ArchTest
  static final ArchRule spark_and_what_it_brings_are_for_its_room_alone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stylegraph.spark")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala.."));

  @ArchTest
  static final ArchRule only_the_command_line_prints_and_exits =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stylegraph.cli")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule classes_are_final =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and()
          .areNotAnonymousClasses()
          .and()
          .areNotEnums()
          .should()
          .haveModifier(JavaModifier.FINAL);
}
