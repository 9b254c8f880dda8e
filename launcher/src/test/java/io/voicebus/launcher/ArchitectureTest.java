package io.voicebus.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.voicebus");

  /** Of the bus, and of sockets. */
  private static final String ADAPTERS =
      ".*\\.(\\w+Verticle|Bus\\w+|\\w*(Endpoint|Response|Routes|Body|Watch|Guard|Sessions|Settings)"
          + "|Model(Source|Service|Attempt|Connections)"
          + "|Eleven(LabsEngine|LabsService|Connections|Socket|SocketPool|Dialect)"
          + "|OpenAi(Engine|Service|Dialect)|Service(Question|Requests|Try|Dialect|Reach)|SpeechRequest|LateTimers"
          + "|EngineCatalog|SpeechCaches|Access|AcceptHeader|Door|Caller|CrossOrigin|Proxies|SiteCheck|IdempotencyKey|Ignored"
          + "|SessionCookie|MediaType|RequestBodies|SharedBytes|RosterCalls|Kept"
          + "|AsyncEncoder|AudioChoice|QueryParameter|VoiceDirectory|TurnDirectory|TurnReach|RemoteConnection|LinkClient"
          + "|AudioRange|HttpShared|ApiTurnAgain|TextMessages"
          + "|Wyoming(Connection|Frames|Sockets))"
          + "(\\$.*)?";

  /**
   * What is made of Vert.x: the foundations, whose streams and futures are its own; what runs on
   * its contexts or measures them; and what runs the whole.
   */
  private static final String[] MADE_OF_VERTX = {
    "io.voicebus.bus",
    "io.voicebus.contract",
    "io.voicebus.queue",
    "io.voicebus.turn",
    "io.voicebus.mcp",
    "io.voicebus.telemetry",
    "io.voicebus.launcher..",
    "io.voicebus.emulators..",
  };

  @Test
  void modulesKnowOnlyWhatIsBelowThem() {
    slices()
        .matching("io.voicebus.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("io.voicebus.bus"))
        .ignoreDependency(
            not(resideInAnyPackage("io.voicebus.bus", "io.voicebus.queue")),
            resideInAPackage("io.voicebus.contract"))
        .ignoreDependency(
            resideInAnyPackage("io.voicebus.playback", "io.voicebus.http.."),
            resideInAPackage("io.voicebus.audio"))
        .ignoreDependency(
            resideInAPackage("io.voicebus.mcp"),
            resideInAnyPackage("io.voicebus.turn", "io.voicebus.audio"))
        .ignoreDependency(
            resideInAPackage("io.voicebus.telemetry"), resideInAPackage("io.voicebus.turn"))
        .ignoreDependency(
            resideInAPackage("io.voicebus.http.."), resideInAPackage("io.voicebus.mcp"))
        .ignoreDependency(
            resideInAnyPackage("io.voicebus.tts", "io.voicebus.playback"),
            resideInAPackage("io.voicebus.queue"))
        .ignoreDependency(
            resideInAnyPackage("io.voicebus.http..", "io.voicebus.wyoming"),
            resideInAPackage("io.voicebus.turn"))
        .ignoreDependency(resideInAPackage("io.voicebus.launcher.."), alwaysTrue())
        .check(ALL);
  }

  /** Endpoints know the door and how things are written; neither knows an endpoint. */
  @Test
  void theDoorKnowsNoEndpoint() {
    noClasses()
        .that()
        .resideInAnyPackage("io.voicebus.http.door", "io.voicebus.http.wire")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.voicebus.http..")
                .and(not(resideInAnyPackage("io.voicebus.http.door", "io.voicebus.http.wire"))))
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.voicebus.http.wire")
        .should()
        .dependOnClassesThat(resideInAPackage("io.voicebus.http.door"))
        .check(ALL);
  }

  /**
   * Services know what services have in common, voices of this machine do not, and no voice knows
   * another one: only the verticle's package knows all of them.
   */
  @Test
  void anEngineKnowsNoOtherEngine() {
    slices()
        .matching("io.voicebus.tts.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(not(speech("engine", "time")), speech("engine", "time"))
        .ignoreDependency(speech("service", "elevenlabs", "openai", "command"), speech("sound"))
        .ignoreDependency(speech("elevenlabs", "openai"), speech("service"))
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.voicebus.tts.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.voicebus.tts")
        .check(ALL);
  }

  private static DescribedPredicate<JavaClass> speech(String... parts) {
    return resideInAnyPackage(
        Arrays.stream(parts).map(part -> "io.voicebus.tts." + part + "..").toArray(String[]::new));
  }

  @Test
  void theFoundationsKnowOnlyTheCoreOfVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.voicebus.bus",
            "io.voicebus.contract",
            "io.voicebus.queue",
            "io.voicebus.turn",
            "io.voicebus.audio")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.ext..", "io.netty..", "org.infinispan..")
        .check(ALL);
  }

  /** Streams and futures of the contract bring types of Vert.x along; adapters' names say so. */
  @Test
  void onlyVerticlesAndAdaptersKnowVertx() {
    noClasses()
        .that()
        .resideOutsideOfPackages(MADE_OF_VERTX)
        .and()
        .haveNameNotMatching(ADAPTERS)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.vertx..").and(not(resideInAPackage("io.vertx.core.json"))))
        .because(
            "only verticles and adapters know Vert.x: move the logic to a plain class, or, for an"
                + " adapter, add its name to ADAPTERS in ArchitectureTest")
        .check(ALL);
  }

  @Test
  void nobodySleepsOrReadsTheWallClock() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(ALL);
  }

  @Test
  void onlyTheClockReadsTheClock() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Clock")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(ALL);
  }

  @Test
  void nullIsNotAValue() {
    classes()
        .should(
            new ArchCondition<JavaClass>("live in a package marked with @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getFullName()));
              }
            })
        .check(ALL);
  }
}
