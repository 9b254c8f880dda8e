package io.voicebus.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment's variables that are ours by their names. One that sets nothing would be silently
 * without effect, and most likely is a typing error; so is one that is empty.
 */
final class EnvironmentVariables {
  private static final List<String> PREFIXES =
      List.of("VOICEBUS_", "GEMINI_", "OPENAI_", "ELEVENLABS_");

  private static final String LOG_LEVEL = "VOICEBUS_LOG_LEVEL";

  /** Those of logback, which takes any other word for DEBUG. */
  private static final Pattern LEVEL =
      Pattern.compile("OFF|ERROR|WARN|INFO|DEBUG|TRACE|ALL", Pattern.CASE_INSENSITIVE);

  /** Read elsewhere: by {@link Configuration}, by the start script, by the logging. */
  private static final Set<String> NO_SETTINGS =
      Set.of(Configuration.FILE_VARIABLE, "VOICEBUS_JAVA_OPTIONS", LOG_LEVEL);

  /**
   * Of other programs, by their documentation: OpenAI's libraries and Codex, LangChain, Gemini CLI,
   * ElevenLabs' MCP server and libraries. They mean nothing to Voicebus, and are left alone.
   */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "OPENAI_(ORG_ID|ORGANIZATION|ORGANIZATION_ID|PROJECT|PROJECT_ID|ADMIN_KEY|WEBHOOK_SECRET"
              + "|LOG|LOG_LEVEL|DEBUG|PROXY|API_TYPE|API_VERSION|CUSTOM_HEADERS|DEFAULT_MODEL"
              + "|EMBEDDING_MODEL|AGENTS_.+)"
              + "|GEMINI_(CLI|CLI_.+|SANDBOX|SANDBOX_.+|SYSTEM_MD|WRITE_SYSTEM_MD|TELEMETRY_.+"
              + "|API_KEY_AUTH_MECHANISM|DEFAULT_AUTH_TYPE|DEBUG|IDE_.+|PROJECT_ID)"
              + "|ELEVENLABS_(MCP_.+|AGENT_ID|API_RESIDENCY|WEBHOOK_SECRET|OUTPUT_DIRECTORY)");

  /** What other programs call a setting of ours: ignoring it would ask another server. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "OPENAI_API_BASE", "OPENAI_BASE_URL",
          "OPENAI_API_HOST", "OPENAI_BASE_URL",
          "OPENAI_ENDPOINT", "OPENAI_BASE_URL",
          "OPENAI_HOST", "OPENAI_BASE_URL",
          "OPENAI_URL", "OPENAI_BASE_URL",
          "GEMINI_URL", "GEMINI_BASE_URL",
          "GEMINI_API_BASE", "GEMINI_BASE_URL",
          "ELEVENLABS_URL", "ELEVENLABS_BASE_URL",
          "ELEVENLABS_DEFAULT_VOICE_ID", "ELEVENLABS_VOICE");

  /**
   * What Kubernetes (and Docker, of old) puts into a container for each service of the namespace: a
   * service {@code voicebus} makes {@code VOICEBUS_PORT=tcp://10.0.0.7:8080}.
   *
   * <p>Source: "Environment variables" of Kubernetes' page on services.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".+_SERVICE_HOST|.+_SERVICE_PORT(_.+)?|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private static final String OPEN_TELEMETRY = "OTEL_";

  private EnvironmentVariables() {}

  /**
   * The settings that the environment makes.
   *
   * @return values by key
   * @throws IllegalArgumentException names every variable that is empty or does not exist, and the
   *     one that was likely meant; and a level of the log that is none
   */
  static Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    Map<String, String> keys = new TreeMap<>();
    Setting.ALL.forEach(setting -> keys.put(setting.variable(), setting.key()));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (isForeign(name, value, keys.keySet()) || isServiceLink(name, value)) {
                return;
              }
              String key = keys.get(name);
              if (key == null && !NO_SETTINGS.contains(name)) {
                unknown(name, environment, keys.keySet()).forEach(faults::add);
              } else if (value.isBlank()) {
                faults.add(
                    "the environment sets "
                        + name
                        + ", but to nothing: give it a value, or unset"
                        + " it");
              } else if (key != null) {
                values.put(key, value);
              } else if (name.equals(LOG_LEVEL) && !LEVEL.matcher(value).matches()) {
                faults.add(name + " is '" + value + "': it must be ERROR, WARN, INFO or DEBUG");
              }
            });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return values;
  }

  /** OpenTelemetry's variables are its own, but for the one that is a setting, too. */
  private static boolean isForeign(String name, String value, Set<String> known) {
    return name.startsWith(OPEN_TELEMETRY)
        ? value.isBlank() || !known.contains(name)
        : PREFIXES.stream().noneMatch(name::startsWith);
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private static Stream<String> unknown(
      String name, Map<String, String> environment, Set<String> known) {
    String meant = SYNONYMS.getOrDefault(name, "");
    if (FOREIGN.matcher(name).matches() || environment.containsKey(meant)) {
      return Stream.empty();
    }
    if (meant.isEmpty()) {
      meant = nearest(name, known);
    }
    return Stream.of(
        "the environment sets "
            + name
            + ", which does not exist: "
            + (meant.isEmpty()
                ? "the README lists all settings; unset it if it is another program's"
                : "is " + meant + " meant?"));
  }

  /** Names are alike in what follows the prefix, or have a prefix too many. */
  private static String nearest(String name, Set<String> known) {
    String prefix = PREFIXES.stream().filter(name::startsWith).findFirst().orElseThrow();
    String rest = name.substring(prefix.length());
    if (known.contains(rest)) {
      return rest;
    }
    List<String> names =
        Stream.concat(known.stream(), NO_SETTINGS.stream())
            .filter(each -> each.startsWith(prefix))
            .map(each -> each.substring(prefix.length()))
            .toList();
    return NearestName.of(rest, names).map(prefix::concat).orElse("");
  }
}
