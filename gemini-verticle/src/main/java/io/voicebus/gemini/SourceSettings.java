package io.voicebus.gemini;

import io.voicebus.contract.MissingKeyException;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where answers come from.
 *
 * @param name that of the first source, as the setting {@code source} has it
 * @param services in the order in which they are tried; none for a source of this machine
 * @param readerDeltaChars see {@link ReaderSource}
 * @param readerDeltasPerSecond see {@link ReaderSource}
 * @param keepWarm a connection that has not been used for so long is used; zero for never
 * @param outbound how services are reached from here
 * @param warnings what was set and has no effect
 */
record SourceSettings(
    String name,
    List<Target> services,
    int readerDeltaChars,
    int readerDeltasPerSecond,
    Duration keepWarm,
    Outbound outbound,
    List<String> warnings) {

  /** Asks for what can be listened to. */
  static final String SPEAKABLE =
      "Your answer is spoken aloud while you write it. Answer in short, plain, speakable prose, in"
          + " the language of the prompt. Begin with the answer itself, in a short sentence. Use no"
          + " Markdown, headings, lists, tables, links or emoji, unless you are asked for them."
          + " Blocks of code are not spoken: say in words what they do. Write symbols and units as"
          + " they are said.";

  /** The sources that ask no service: {@link GeminiVerticle} creates them. */
  private static final Set<String> OF_THIS_MACHINE = Set.of(ReaderSource.NAME);

  /** The most services in a row. */
  static final int MAX_FALLBACKS = 8;

  /** A service that can be asked. */
  record Target(ModelProtocol protocol, ServiceAddress url, ModelLimits limits) {
    /** Its description for people. */
    AnswerSource.Service service() {
      return new AnswerSource.Service(protocol.source(), protocol.model(), url.host());
    }
  }

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
    String told = settings.get(GeminiConfig.SYSTEM_INSTRUCTION);
    String instruction = told.equals("none") ? "" : told;
    GeminiSettings gemini = GeminiSettings.read(settings, instruction);
    OpenAiSettings openAi = OpenAiSettings.read(settings, instruction);
    String source = settings.find(GeminiConfig.SOURCE).orElseGet(() -> usual(gemini, openAi));
    String fallback = settings.get(GeminiConfig.FALLBACK);
    int deltaChars = settings.get(GeminiConfig.READER_DELTA_CHARS);
    int perSecond = settings.get(GeminiConfig.READER_DELTAS_PER_SECOND);
    Duration keepWarm = settings.get(GeminiConfig.KEEP_WARM);

    List<Target> services = new ArrayList<>();
    if (!OF_THIS_MACHINE.contains(source)) {
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
    Outbound outbound = Outbound.read(settings);
    List<String> warnings = new ArrayList<>(outbound.warnings());
    for (Target target : services) {
      boolean keyed = !target.protocol().headers().isEmpty();
      if (keyed && target.url().exposesKeys()) {
        warnings.add("a key goes unencrypted to " + target.url().host() + ": use https");
      }
    }
    if (OF_THIS_MACHINE.contains(source) && !services.isEmpty()) {
      services.clear();
      warnings.add(
          "fallback="
              + fallback
              + " is never asked, since source="
              + source
              + " asks no model: set source to "
              + fallback.split(",", 2)[0].strip());
    }
    return new SourceSettings(
        source, services, deltaChars, perSecond, keepWarm, outbound, warnings);
  }

  /** The source if none is set: a model that was set up, and never silently the reader. */
  private static String usual(GeminiSettings gemini, OpenAiSettings openAi) {
    if (gemini.usable()) {
      return "gemini";
    }
    return openAi.set() || !openAi.model().isEmpty() ? "openai" : ReaderSource.NAME;
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
      throw new MissingKeyException(
          setting + "=gemini needs a key: set GEMINI_API_KEY, or another source");
    }
    return new Target(new GeminiProtocol(settings), settings.url(), settings.limits());
  }

  private static Target openAi(String setting, OpenAiSettings settings) {
    if (!settings.set()) {
      throw new IllegalArgumentException(
          setting
              + "=openai needs a server: set OPENAI_BASE_URL, like http://127.0.0.1:11434/v1, or"
              + " OPENAI_API_KEY; "
              + otherwise(setting));
    }
    if (settings.model().isEmpty()) {
      throw new IllegalArgumentException(
          setting
              + "=openai needs a model: set OPENAI_MODEL to one that the server has; "
              + otherwise(setting));
    }
    return new Target(new OpenAiProtocol(settings), settings.url(), settings.limits());
  }

  /** Many have a variable of OpenAI's for another program, and never chose it for this one. */
  private static String otherwise(String setting) {
    return setting.equals("source")
        ? "or set source=reader (VOICEBUS_SOURCE=reader) to have prompts read aloud; where no source"
            + " is set, any of OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL chooses openai"
        : "or leave openai out of VOICEBUS_FALLBACK";
  }

  /**
   * A base URL.
   *
   * @param text that a setting of the kind allows
   * @param below what is added to it anyway, and is of no matter at its end
   */
  static ServiceAddress address(String text, String below) {
    ServiceAddress address = ServiceAddress.parse(text).orElseThrow();
    return address.path().endsWith(below)
        ? address.at(address.path().substring(0, address.path().length() - below.length()))
        : address;
  }
}
