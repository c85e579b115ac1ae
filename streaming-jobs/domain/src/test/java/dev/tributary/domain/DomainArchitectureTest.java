package dev.tributary.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.tributary.domain", importOptions = DoNotIncludeTests.class)
class DomainArchitectureTest {

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("/\\*.*?\\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);
  private static final Pattern FLOATING_POINT =
      Pattern.compile("\\b(double|float|Double|Float|Math\\.round)\\b|\\b\\d+\\.\\d");

  private static final DescribedPredicate<JavaClass> FLOATING_POINT_TYPE =
      DescribedPredicate.describe(
          "a floating point type",
          type ->
              List.of("double", "float", "java.lang.Double", "java.lang.Float")
                  .contains(type.getBaseComponentType().getName()));

  @ArchTest
  static final ArchRule THE_DOMAIN_KNOWS_NOTHING_BUT_JAVA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java.lang..", "java.math..", "java.time..", "java.util..", "dev.tributary.domain..");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_EVENTS =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule NOTHING_IS_LEFT_TO_CHANCE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule NO_FIELD_IS_FLOATING_POINT =
      fields().should().notHaveRawType(FLOATING_POINT_TYPE);

  @ArchTest
  static final ArchRule NO_METHOD_GIVES_FLOATING_POINT =
      methods().should().notHaveRawReturnType(FLOATING_POINT_TYPE);

  @ArchTest
  static final ArchRule THE_AREAS_HAVE_NO_CYCLES =
      slices().matching("dev.tributary.domain.(*)..").should().beFreeOfCycles();

  @Test
  void noSourceComputesInFloatingPoint() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path source : sources) {
      String code = COMMENT_OR_TEXT.matcher(Files.readString(source)).replaceAll("");
      if (FLOATING_POINT.matcher(code).find()) {
        found.add(source.toString());
      }
    }

    assertThat(sources).isNotEmpty();
    assertThat(found).isEmpty();
  }
}
