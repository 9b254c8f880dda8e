package io.voicebus.gemini;

import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where answers come from.
 *
 * @param services in the order in which they are tried; none for the reader
 * @param readerDeltaChars see {@link ReaderSource}
 * @param readerDeltasPerSecond see {@link ReaderSource}
 * @param keepWarm a connection that has not been used for so long is used; zero for never
 * @param warnings what was set and has no effect
 */
record SourceSettings(
    List<Target> services,
    int readerDeltaChars,
    int readerDeltasPerSecond,
    Duration keepWarm,
    List<String> warnings) {

  /** Asks for what can be listened to. */
  static final String SPEAKABLE =
      "Your answer is spoken aloud while you write it. Answer in short, plain, speakable prose, in"
          + " the language of the prompt. Begin with the answer itself, in a short sentence. Use no"
          + " Markdown, headings, lists, tables, code, links or emoji, unless you are asked for"
          + " them, and write symbols and units as they are said.";

  /** The most services in a row. */
  static final int MAX_FALLBACKS = 8;

  /** A service that can be asked. */
  record Target(ModelProtocol protocol, ModelUrl url, ModelLimits limits) {}

  SourceSettings {
    services = List.copyOf(services);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads all of them, whether they are needed or not.
   *
   * @throws IllegalArgumentException for a source that lacks something
   */
  static SourceSettings read(Settings settings) {
    String told = settings.text("system-instruction", SPEAKABLE);
    String instruction = told.equals("none") ? "" : told;
    GeminiSettings gemini = GeminiSettings.read(settings, instruction);
    OpenAiSettings openAi = OpenAiSettings.read(settings, instruction);
    String source =
        settings.choice("source", usual(gemini, openAi), List.of("reader", "gemini", "openai"));
    String fallback = settings.text("fallback", "none");
    int deltaChars = settings.integer("reader-delta-chars", 4, 1, 4096);
    int perSecond = settings.integer("reader-deltas-per-second", 60, 0, 100_000);
    Duration keepWarm = settings.millis("keep-warm-ms", Duration.ofSeconds(60), 0, 3_600_000);

    List<Target> services = new ArrayList<>();
    if (!source.equals("reader")) {
      services.add(target("source", source, gemini, openAi));
    }
    if (!fallback.equals("none")) {
      for (String other : fallback.split(",", -1)) {
        services.add(target("fallback", other.strip(), gemini, openAi));
      }
    }
    if (services.size() > 1 + MAX_FALLBACKS) {
      throw new IllegalArgumentException(
          "gemini setting 'fallback' names more than " + MAX_FALLBACKS + " sources");
    }
    List<String> warnings = new ArrayList<>();
    if (source.equals("reader") && !services.isEmpty()) {
      services.clear();
      warnings.add(
          "fallback="
              + fallback
              + " is never asked, since source=reader reads each prompt aloud: set source to "
              + fallback.split(",", 2)[0].strip());
    }
    return new SourceSettings(services, deltaChars, perSecond, keepWarm, warnings);
  }

  /** The source where none is told: a model that was set up, never silently the echo. */
  private static String usual(GeminiSettings gemini, OpenAiSettings openAi) {
    if (gemini.usable()) {
      return "gemini";
    }
    return openAi.set() || !openAi.model().isEmpty() ? "openai" : "reader";
  }

  /** A source, perhaps with a model: {@code gemini}, {@code openai:llama3.2:3b}. */
  private static Target target(
      String setting, String text, GeminiSettings gemini, OpenAiSettings openAi) {
    int colon = text.indexOf(':');
    String source = colon < 0 ? text : text.substring(0, colon);
    String model = colon < 0 ? "" : text.substring(colon + 1);
    return switch (source) {
      case "gemini" -> gemini(setting, gemini.withModel(setting, model));
      case "openai" -> openAi(setting, openAi.withModel(model));
      default ->
          throw new IllegalArgumentException(
              "gemini setting '"
                  + setting
                  + "' is '"
                  + text
                  + "': it must be gemini, openai, or one of them with a model, like"
                  + " gemini:gemini-3.1-flash-lite");
    };
  }

  private static Target gemini(String setting, GeminiSettings settings) {
    if (!settings.usable()) {
      throw new IllegalArgumentException(
          setting + "=gemini needs a key: set GEMINI_API_KEY, or another source");
    }
    return new Target(new GeminiProtocol(settings), settings.url(), settings.limits());
  }

  private static Target openAi(String setting, OpenAiSettings settings) {
    if (!settings.set()) {
      throw new IllegalArgumentException(
          setting
              + "=openai needs a server: set OPENAI_BASE_URL, like http://127.0.0.1:11434/v1, or"
              + " OPENAI_API_KEY; or set source=reader to have prompts read aloud");
    }
    if (settings.model().isEmpty()) {
      throw new IllegalArgumentException(
          setting
              + "=openai needs a model: set OPENAI_MODEL to one that the server has, or set"
              + " source=reader to have prompts read aloud");
    }
    return new Target(new OpenAiProtocol(settings), settings.url(), settings.limits());
  }

  /** A key from the settings, or empty; a wrong one is not shown. */
  static String key(Settings settings, String name) {
    String key = settings.text(name, "");
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "gemini setting '" + name + "' has characters that no key has: check how it was copied");
    }
    return key;
  }
}
