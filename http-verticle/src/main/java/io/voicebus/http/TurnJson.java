package io.voicebus.http;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.LanguageTag;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.StrictUtf8;
import io.voicebus.turn.TurnRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What callers ask for, as JSON or as plain text with query parameters. */
final class TurnJson {
  /** Longest voice and conversation, in UTF-16 units. */
  static final int MAX_NAME_CHARS = 200;

  /** What is wrong with a query beside JSON. */
  static final String PARAMETERS_IN_JSON =
      "put the parameters into the JSON body, next to the prompt";

  /** The beginning of an object, up to the colon of its first field. */
  private static final Pattern JSON_FIELD = Pattern.compile("\\{\\s*\"[a-z_]{1,30}\"\\s*:");

  private static final String PRONUNCIATIONS = "pronunciations";
  private static final String SPEED = "speed";
  private static final List<String> PARAMETERS =
      List.of(
          "conversation",
          "voice",
          "clauses",
          "pace",
          "processing",
          "language",
          "mode",
          SPEED,
          "words");
  private static final List<String> FIELDS =
      Stream.of(List.of("prompt"), PARAMETERS, List.of(PRONUNCIATIONS))
          .flatMap(List::stream)
          .toList();

  private final int maxPromptBytes;

  TurnJson(int maxPromptBytes) {
    this.maxPromptBytes = maxPromptBytes;
  }

  /**
   * The longest body that can hold a prompt: JSON may write a character of two bytes with six, and
   * the other fields need room, too.
   */
  long maxBodyBytes() {
    return 3L * maxPromptBytes + 16 * 1024;
  }

  /**
   * A turn from a JSON body.
   *
   * @param pace where the body has none
   */
  TurnRequest parse(byte[] body, Pace pace) {
    JsonFields fields = JsonFields.parse(StrictUtf8.decode(body), FIELDS, List.of(PRONUNCIATIONS));
    return request(
        fields.text("prompt", ""),
        new TurnOptions(
            name("voice", fields.text("voice", "")),
            name("conversation", fields.text("conversation", "")),
            fields.flag("clauses", TurnOptions.DEFAULTS.clauses()),
            pace(fields.text("pace", word(pace))),
            name("processing", fields.text("processing", "")),
            pronunciations(fields.strings(PRONUNCIATIONS)),
            language(fields.text("language", "")),
            mode(fields.text("mode", "")),
            speed(fields, 0),
            fields.flag("words", false)));
  }

  /**
   * A turn from a body that is the prompt itself.
   *
   * @param parameters of the query
   * @param pace where the query has none
   */
  TurnRequest plain(byte[] body, Map<String, String> parameters, Pace pace) {
    return text(StrictUtf8.decode(body), parameters, pace);
  }

  /**
   * A turn from a query alone: {@code text}, or {@code prompt}, is what is spoken.
   *
   * @param parameters of the query
   * @param pace where the query has none
   */
  TurnRequest query(Map<String, String> parameters, Pace pace) {
    Map<String, String> others = new TreeMap<>(parameters);
    List<String> prompts =
        Stream.of(FormBody.PROMPT, "text").map(others::remove).filter(Objects::nonNull).toList();
    if (prompts.size() != 1) {
      throw JsonFields.invalid("say what is to be spoken, once: ?text=…");
    }
    return text(prompts.get(0), others, pace);
  }

  /**
   * A turn from a body that says nothing of what it is, or that {@code curl -d} calls a form: a
   * form or JSON with a prompt in it, or the prompt itself.
   *
   * @param parameters of the query
   */
  TurnRequest form(byte[] body, Map<String, String> parameters, Pace pace) {
    String text = StrictUtf8.decode(body);
    if (looksLikeJson(text)) {
      if (!parameters.isEmpty()) {
        throw JsonFields.invalid(PARAMETERS_IN_JSON);
      }
      return parse(body, pace);
    }
    if (!FormBody.is(text)) {
      return text(text, parameters, pace);
    }
    Map<String, String> fields = FormBody.parse(text);
    String prompt = fields.remove(FormBody.PROMPT);
    parameters.forEach(
        (name, value) -> {
          if (fields.put(name, value) != null) {
            throw JsonFields.invalid(
                JsonFields.show(name) + " is given twice: in the form and in the query");
          }
        });
    return text(prompt == null ? "" : prompt, fields, pace);
  }

  /**
   * Whether it can be nothing but JSON with fields of a turn, or of what its sender takes for one:
   * read aloud it would be braces and quotes. Who means that calls it plain text.
   */
  private static boolean looksLikeJson(String text) {
    String object = text.strip();
    return object.startsWith("{") && object.endsWith("}") && JSON_FIELD.matcher(object).lookingAt();
  }

  /**
   * A turn whose text is the body, and is spoken while it arrives.
   *
   * @param parameters of the query, with a mode
   */
  TurnRequest feed(Map<String, String> parameters, Pace pace) {
    return TurnRequest.feed(options(parameters, pace));
  }

  private TurnRequest text(String prompt, Map<String, String> parameters, Pace pace) {
    return request(prompt, options(parameters, pace));
  }

  private static TurnOptions options(Map<String, String> parameters, Pace pace) {
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw JsonFields.invalid(
            "there is no parameter "
                + JsonFields.show(name)
                + ": there are "
                + String.join(", ", PARAMETERS));
      }
    }
    return new TurnOptions(
        name("voice", parameters.getOrDefault("voice", "")),
        name("conversation", parameters.getOrDefault("conversation", "")),
        flag("clauses", parameters.getOrDefault("clauses", "on")),
        pace(parameters.getOrDefault("pace", word(pace))),
        name("processing", parameters.getOrDefault("processing", "")),
        List.of(),
        language(parameters.getOrDefault("language", "")),
        mode(parameters.getOrDefault("mode", "")),
        parameters.containsKey(SPEED) ? speed(parameters.get(SPEED)) : 0,
        flag("words", parameters.getOrDefault("words", "off")));
  }

  private static boolean flag(String name, String word) {
    return switch (word) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw JsonFields.invalid("'" + name + "' must be on or off");
    };
  }

  /**
   * How fast to speak, as {@link TurnOptions#speed} has it.
   *
   * @param fallback where there is no such field
   */
  static int speed(JsonFields fields, int fallback) {
    return fields.has(SPEED) ? speed(fields.number(SPEED)) : fallback;
  }

  /** A speed as clients read it: a number; {@code null} for the engine's own speed. */
  static String speed(int thousandths) {
    return thousandths == 0 ? "null" : String.valueOf(thousandths / 1000.0);
  }

  private static int speed(String word) {
    try {
      return speed(Double.parseDouble(word));
    } catch (NumberFormatException notANumber) {
      throw JsonFields.invalid(TurnOptions.speedFault() + ", not " + JsonFields.show(word));
    }
  }

  private static int speed(double factor) {
    long thousandths = Math.round(factor * 1000); // 0 for what is no number
    if (thousandths < TurnOptions.LEAST_SPEED || thousandths > TurnOptions.MOST_SPEED) {
      throw JsonFields.invalid(TurnOptions.speedFault() + ", not " + JsonFields.show(factor));
    }
    return (int) thousandths;
  }

  /** The two letters of a language tag such as "en" or "pt-BR"; empty for none. */
  static String language(String tag) {
    return tag.isEmpty()
        ? ""
        : LanguageTag.code(tag)
            .orElseThrow(() -> JsonFields.invalid("'language' must be " + LanguageTag.EXPECTED));
  }

  private static TextMode mode(String word) {
    return switch (word) {
      case "" -> TextMode.AS_CONFIGURED;
      case "ask" -> TextMode.ASK;
      case "say" -> TextMode.SAY;
      case "verbatim" -> TextMode.VERBATIM;
      default ->
          throw JsonFields.invalid(
              "'mode' must be ask, say or verbatim, not " + JsonFields.show(word));
    };
  }

  static List<Pronunciation> pronunciations(Map<String, String> words) {
    words.forEach(
        (word, said) -> {
          if (StrictUtf8.length(word) < 0 || StrictUtf8.length(said) < 0) {
            throw JsonFields.invalid("'" + PRONUNCIATIONS + "' has half of a surrogate pair");
          }
        });
    return words.entrySet().stream()
        .map(entry -> new Pronunciation(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * A turn with these options.
   *
   * @throws ProblemException for a prompt that is too long, or no text
   */
  TurnRequest request(String prompt, TurnOptions options) {
    long bytes = StrictUtf8.length(prompt);
    if (bytes < 0) {
      throw JsonFields.invalid("the prompt has half of a surrogate pair, which is no character");
    }
    if (bytes > maxPromptBytes) {
      throw tooLarge(bytes + " bytes");
    }
    return TurnRequest.toCaller(prompt, options);
  }

  /** The answer to a prompt over the limit. */
  ProblemException tooLarge(String size) {
    return ProblemMapping.of(
            FailureKind.TOO_LARGE,
            "the prompt has " + size + "; max-prompt-bytes allows " + maxPromptBytes)
        .toException();
  }

  /** A name that fits. */
  static String name(String field, String value) {
    if (value.length() > MAX_NAME_CHARS || value.chars().anyMatch(Character::isISOControl)) {
      throw JsonFields.invalid(
          "'"
              + field
              + "' must have at most "
              + MAX_NAME_CHARS
              + " characters, no control characters");
    }
    if (StrictUtf8.length(value) < 0) {
      throw JsonFields.invalid("'" + field + "' has half of a surrogate pair");
    }
    return value;
  }

  static Pace pace(String word) {
    return switch (word) {
      case "realtime" -> Pace.REALTIME;
      case "asap" -> Pace.ASAP;
      default ->
          throw JsonFields.invalid("'pace' must be realtime or asap, not " + JsonFields.show(word));
    };
  }

  static String word(Pace pace) {
    return pace == Pace.ASAP ? "asap" : "realtime";
  }
}
