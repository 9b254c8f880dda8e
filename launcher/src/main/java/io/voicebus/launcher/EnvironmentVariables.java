package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import io.voicebus.http.door.DoorConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment's variables that are ours by their names. One that does not exist would be
 * silently without effect, and most likely is a typing error. One that is empty is not set: a
 * compose file's {@code ${GEMINI_API_KEY:-}} and a chart's empty value mean just that. An empty
 * access token, however, is a mistake: it would leave the server open.
 */
final class EnvironmentVariables {
  private static final List<String> PREFIXES =
      List.of("VOICEBUS_", "GEMINI_", "OPENAI_", "ELEVENLABS_");

  /** The end of a variable's name if the value is in a file, as secrets of containers are. */
  private static final String IN_A_FILE = "_FILE";

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

  /** Finds the settings that the environment makes, and the mistakes in it. */
  static void read(Map<String, String> environment, FoundSettings into) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (isForeign(name, value)) {
                return;
              }
              if (isServiceLink(name, value)) {
                noteLink(name, value, into);
              } else if (value.isBlank() && isKnown(name)) {
                nothing(name, into);
              } else {
                set(name, value, environment, into);
              }
            });
  }

  /** Whether a variable may be ours, by its name. */
  static boolean isOurs(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** Whether a variable has a value: an empty one is none. */
  static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  private static void nothing(String name, FoundSettings into) {
    if (Names.LOCKS.contains(name)) {
      into.fault(
          "the environment sets "
              + name
              + " to an empty value, so anybody would have access: give it a value, or unset it");
    } else {
      into.note(name + " in the environment is empty: it counts as not set");
    }
  }

  private static boolean isKnown(String name) {
    return Names.SETTINGS.containsKey(name) || inFile(name) != null || NO_SETTINGS.contains(name);
  }

  private static void set(
      String name, String value, Map<String, String> environment, FoundSettings into) {
    Setting<?> setting = Names.SETTINGS.get(name);
    Setting<?> inFile = inFile(name);
    if (setting != null) {
      into.set(setting, value, name + " in the environment");
    } else if (inFile != null && isSet(environment, inFile.variable())) {
      into.fault(
          "the environment sets both "
              + inFile.variable()
              + " and "
              + name
              + ": unset one of them");
    } else if (inFile != null) {
      into.setFromFile(inFile, value, name);
    } else if (!NO_SETTINGS.contains(name)) {
      unknown(name, environment, Names.SETTINGS.keySet()).forEach(into::fault);
    } else if (name.equals(LOG_LEVEL) && !LEVEL.matcher(value).matches()) {
      into.fault(name + " is '" + value + "': it must be ERROR, WARN, INFO or DEBUG");
    }
  }

  /** The setting whose value is in the file that a variable names. */
  private static @Nullable Setting<?> inFile(String name) {
    return name.endsWith(IN_A_FILE)
        ? Names.SETTINGS.get(name.substring(0, name.length() - IN_A_FILE.length()))
        : null;
  }

  /** Where the name is one of ours, a person may think that it sets something. */
  private static void noteLink(String name, String value, FoundSettings into) {
    if (Names.SETTINGS.containsKey(name)) {
      into.note(
          name
              + "="
              + value
              + " in the environment is what Kubernetes makes of a service of that name, and sets"
              + " nothing here; set the port with --port or in a file, or have the pod with"
              + " enableServiceLinks: false");
    }
  }

  /** Made when it is needed, which without a variable of ours it is not. */
  private static final class Names {
    static final Map<String, Setting<?>> SETTINGS = new TreeMap<>();

    /** Settings without which a server is open to everybody: they must not be empty. */
    static final Set<String> LOCKS =
        Set.of(
            DoorConfig.ACCESS_TOKEN.variable(),
            DoorConfig.ACCESS_TOKEN_FILE.variable(),
            LauncherConfig.CLUSTER_KEYS.variable());

    static {
      AllSettings.all().forEach(setting -> SETTINGS.put(setting.variable(), setting));
    }
  }

  /** OpenTelemetry's variables are its own, but for the one that is a setting, too. */
  private static boolean isForeign(String name, String value) {
    return name.startsWith(OPEN_TELEMETRY)
        ? value.isBlank() || !Names.SETTINGS.containsKey(name)
        : !isOurs(name);
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private static Stream<String> unknown(
      String name, Map<String, String> environment, Set<String> known) {
    String meant = SYNONYMS.getOrDefault(name, "");
    if (FOREIGN.matcher(name).matches() || isSet(environment, meant)) {
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
                ? "'voicebus config --explain' lists all settings; unset it if it is another program's"
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
