package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the documentation names is there: pages, headings, commands, options, settings, tests. */
class DocumentationTest {
  /** {@code [words](file.md#heading)} → {@code file.md#heading}. */
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]++)\\)");

  /** {@code -Dtest='OneTest,OtherTest#method'}. */
  private static final Pattern TESTS = Pattern.compile("-Dtest='?([\\w,#]++)");

  private static final Pattern MODULES = Pattern.compile("-pl ([\\w,-]++)");
  private static final Pattern TEST_NAME = Pattern.compile("`([A-Z]\\w*Test)(?:#\\w+)?`");

  private static final Pattern VARIABLE =
      Pattern.compile("\\b((?:VOICEBUS|GEMINI|OPENAI|ELEVENLABS)_[A-Z_]*[A-Z])\\b(?!…|_…|\\*)");

  /** {@code whoever waits} → the instance that waits; {@code made anew} → made again. */
  private static final Pattern UNCLEAR =
      Pattern.compile("(?i)\\b(whoever|anew|in vain|thereupon|what came of it)\\b");

  /** Variables that are no settings: of the start script and of other programs. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "VOICEBUS_CONFIG",
          "VOICEBUS_LOG_LEVEL",
          "VOICEBUS_JAVA_OPTIONS",
          "OPENAI_ORG_ID",
          "OPENAI_ORGANIZATION",
          "OPENAI_PROJECT",
          "OPENAI_LOG",
          "OPENAI_API_BASE",
          "GEMINI_SANDBOX");

  private static Set<String> testClasses = Set.of();

  @BeforeAll
  static void findTests() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path module : modules()) {
      Path tests = module.resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".java"))
              .forEach(name -> names.add(name.replace(".java", "")));
        }
      }
    }
    testClasses = names;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(Documentation.ROOT)) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList();
    }
  }

  private static void onEveryPage(BiConsumer<Path, List<String>> check) {
    List<String> faults = new ArrayList<>();
    for (Path page : Documentation.pages()) {
      List<String> found = new ArrayList<>();
      check.accept(page, found);
      found.forEach(fault -> faults.add(Documentation.ROOT.relativize(page) + ": " + fault));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() {
    onEveryPage(
        (page, faults) -> {
          for (String link : Documentation.all(LINK, Documentation.prose(page))) {
            if (!link.matches("(?:https?|mailto):.*") && !leadsSomewhere(page, link)) {
              faults.add(link);
            }
          }
        });
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file)
        && (parts.length == 1 || Documentation.anchors(file).contains(parts[1]));
  }

  @Test
  void everyCommandAndOptionIsUnderstood() {
    CommandLine voicebus = new CommandLine(CommandSpec.create().name("voicebus"));
    SettingSources nothing = new SettingSources(Map.of(), Path.of(""), new SettingFlags());
    new Commands(nothing, new ByteArrayOutputStream()).addTo(voicebus, List.of("help"));
    SettingFlags.addToAll(voicebus);
    Command.addStandardOptions(voicebus.getCommandSpec());
    onEveryPage(
        (page, faults) -> {
          for (String line : Documentation.code(page)) {
            for (List<String> call : Documentation.calls("voicebus", line)) {
              try {
                voicebus.parseArgs(call.toArray(String[]::new));
              } catch (CommandLine.ParameterException e) {
                // "voicebus replay" within a sentence names a command, and is no call.
                if (!(e instanceof CommandLine.MissingParameterException && call.size() == 1)) {
                  faults.add(line.strip() + " → " + e.getMessage());
                }
              }
            }
          }
        });
  }

  @Test
  void everyBenchmarkAndPackageIsThere() {
    Set<String> benchmarks = cases("bench");
    Set<String> packages = Set.of("folder", "image", "sbom", "notes", "twice");
    String script = Documentation.text(Documentation.ROOT.resolve("package"));
    assertThat(packages).allMatch(script::contains);
    onEveryPage(
        (page, faults) -> {
          for (String line : Documentation.code(page)) {
            Stream.concat(
                    Documentation.calls("bench", line).stream()
                        .filter(call -> !call.isEmpty() && !benchmarks.contains(call.get(0))),
                    Documentation.calls("package", line).stream()
                        .filter(call -> line.contains("./package"))
                        .filter(call -> !call.isEmpty() && !packages.contains(call.get(0))))
                .filter(call -> line.contains("./"))
                .forEach(call -> faults.add(line));
          }
        });
  }

  /** What a script's {@code case} knows. */
  private static Set<String> cases(String script) {
    return Set.copyOf(
        Documentation.all(
            Pattern.compile("(?m)^  ([a-z]+)\\)$"),
            Documentation.text(Documentation.ROOT.resolve(script))));
  }

  @Test
  void everyTestAndModuleIsThere() throws IOException {
    Set<String> modules =
        modules().stream()
            .map(module -> String.valueOf(module.getFileName()))
            .collect(Collectors.toSet());
    onEveryPage(
        (page, faults) -> {
          String text = Documentation.text(page);
          Stream.concat(
                  Documentation.all(TEST_NAME, text).stream(),
                  Documentation.all(TESTS, text).stream()
                      .flatMap(names -> Stream.of(names.split(",")))
                      .map(name -> name.replaceFirst("#.*", ""))
                      .filter(name -> !name.equals("TEST")))
              .filter(name -> !testClasses.contains(name))
              .forEach(name -> faults.add("there is no test " + name));
          Documentation.all(MODULES, text).stream()
              .flatMap(names -> Stream.of(names.split(",")))
              .filter(name -> !name.equals("MODULE") && !modules.contains(name))
              .forEach(name -> faults.add("there is no module " + name));
        });
  }

  /** In a fresh clone, where no module is installed yet. */
  @Test
  void everyCommandOfMavenBuildsWhatItsModulesNeed() {
    onEveryPage(
        (page, faults) ->
            Documentation.code(page).stream()
                .filter(line -> line.matches(".*\\bmvn .*-pl (?!emulators ).*"))
                .filter(
                    line ->
                        !line.contains(" -am ")
                            || (line.contains("-Dtest=")
                                && !line.contains("-Dsurefire.failIfNoSpecifiedTests=false")))
                .forEach(faults::add));
  }

  @Test
  void noPageAndNoSourceUsesWordsThatHideWhoDoesWhat() throws IOException {
    List<Path> files = new ArrayList<>(Documentation.pages());
    for (String other :
        List.of("voicebus", "package", "bench", "check", "emulate", "deploy/compose.yaml")) {
      files.add(Documentation.ROOT.resolve(other));
    }
    for (String folder : List.of("deploy/kubernetes", "deploy/prometheus")) {
      try (Stream<Path> found = Files.list(Documentation.ROOT.resolve(folder))) {
        found.forEach(files::add);
      }
    }
    for (Path module : modules()) {
      Path sources = module.resolve("src/main/java");
      // The chunker's sources have lists of words.
      if (Files.isDirectory(sources) && !module.endsWith("chunker-verticle")) {
        try (Stream<Path> found = Files.walk(sources)) {
          found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
    }
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      Documentation.all(UNCLEAR, Documentation.text(file))
          .forEach(word -> faults.add(Documentation.ROOT.relativize(file) + ": " + word));
    }
    assertThat(faults).as("say plainly who does what, and what follows").isEmpty();
  }

  @Test
  void everyVariableIsASetting() {
    Set<String> known = new HashSet<>(NO_SETTINGS);
    AllSettings.all().stream().map(Setting::variable).forEach(known::add);
    onEveryPage(
        (page, faults) ->
            Documentation.all(VARIABLE, Documentation.text(page)).stream()
                .filter(name -> !known.contains(name.replaceFirst("_FILE$", "")))
                .filter(name -> !known.contains(name))
                .distinct()
                .forEach(name -> faults.add("no setting has the variable " + name)));
  }

  @Test
  void everyExitCodeIsInTheDocumentation() {
    String page = Documentation.text(Documentation.ROOT.resolve("docs/command-line.md"));
    ExitCodes.MEANINGS.forEach(
        (code, meaning) -> assertThat(page).contains("| " + code + " | " + meaning + " |"));
  }

  @Test
  void everyCommandIsInTheDocumentation() {
    String page = Documentation.text(Documentation.ROOT.resolve("docs/command-line.md"));
    assertThat(Commands.NAMES)
        .filteredOn(name -> !List.of("help", "version").contains(name))
        .allSatisfy(name -> assertThat(page).containsPattern("(?m)^\\|.*`" + name + "`.*\\|"));
  }
}
