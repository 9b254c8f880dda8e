package io.voicebus.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.voicebus", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Of the bus, and of sockets. */
  private static final String ADAPTERS =
      ".*\\.(\\w+Verticle|Bus\\w+|\\w+(Endpoint|Response|Routes|Body|Watch|Guard|Sessions|Settings))(\\$.*)?";

  @ArchTest
  static final ArchRule verticlesKnowOnlyTheContract =
      slices()
          .matching("io.voicebus.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("io.voicebus.contract.."))
          .ignoreDependency(resideInAPackage("io.voicebus.launcher.."), alwaysTrue());

  @ArchTest
  static final ArchRule theContractKnowsOnlyTheCoreOfVertx =
      noClasses()
          .that()
          .resideInAPackage("io.voicebus.contract")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.ext..", "io.netty..", "org.infinispan..");

  /** Streams and futures of the contract bring types of Vert.x along; adapters' names say so. */
  @ArchTest
  static final ArchRule onlyVerticlesAndAdaptersKnowVertx =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.voicebus.gemini",
              "io.voicebus.chunker",
              "io.voicebus.tts",
              "io.voicebus.playback",
              "io.voicebus.http")
          .and()
          .haveNameNotMatching(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule nobodySleepsOrReadsTheWallClock =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheClockReadsTheClock =
      noClasses().that().doNotHaveSimpleName("Clock").should().callMethod(System.class, "nanoTime");

  @ArchTest
  static void nullIsNotAValue(JavaClasses all) {
    classes()
        .should(
            new ArchCondition<JavaClass>("live in a package marked with @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getFullName()));
              }
            })
        .check(all);
  }
}
