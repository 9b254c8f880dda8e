package io.voicebus.emulators;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** What stands on the command line of {@link Main}, checked; every option has a default. */
final class MainOptions {
  private static final String ECHO = "echo";

  private final Map<String, String> values = new LinkedHashMap<>();

  /** What an option is called, its default and what it means. */
  private enum Option {
    GEMINI_PORT("9101", "0 for any free one"),
    ELEVENLABS_PORT("9102", "0 for any free one"),
    OPENAI_PORT("9103", "0 for any free one"),
    KEY("emulated-key", "the key that all of them accept"),
    ANSWER(GeminiEmulatorOptions.CANNED, "what the models answer; echo: the prompt itself"),
    FIRST_TOKEN_MS("350", "time from the prompt to the first words"),
    TOKENS_PER_SECOND("200", "of 4 characters; 0 for no limit"),
    TOKENS_PER_EVENT("10", "tokens in one event"),
    FIRST_BYTE_MS("238", "time from a sentence to its first sound"),
    REAL_TIME_FACTOR("0.04", "seconds to make one second of speech"),
    PIECE_MS("200", "length of the speech in one frame or chunk"),
    FLAVOR("openai", "shape of the OpenAI-compatible server's errors: openai, fastapi, plain"),
    TEXT_FAULT("none", "what the models do instead: " + MainFault.names(MainFault.TEXT)),
    SPEECH_FAULT("none", "what the voices do instead: " + MainFault.names(MainFault.SPEECH)),
    EVERY("1", "a fault hits every n-th request");

    private final String fallback;
    private final String meaning;

    Option(String fallback, String meaning) {
      this.fallback = fallback;
      this.meaning = meaning;
    }

    String key() {
      return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads {@code --option value} and {@code --option=value}.
   *
   * @throws IllegalArgumentException with words to act on
   */
  MainOptions(String... arguments) {
    for (Option option : Option.values()) {
      values.put(option.key(), option.fallback);
    }
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      if (!values.containsKey(parts[0])) {
        throw new IllegalArgumentException("there is no option " + parts[0] + ": see --help");
      }
      if (parts.length == 1 && ++i == arguments.length) {
        throw new IllegalArgumentException(parts[0] + " needs a value: see --help");
      }
      values.put(parts[0], parts.length == 2 ? parts[1] : arguments[i]);
    }
  }

  static String help() {
    StringBuilder help = new StringBuilder("usage: ./emulate [options]\n\n");
    for (Option option : Option.values()) {
      help.append(
          String.format(
              Locale.ROOT,
              "  %-20s %s%n  %-20s default: %s%n",
              option.key(),
              option.meaning,
              "",
              option.fallback));
    }
    return help.toString();
  }

  String key() {
    return value(Option.KEY);
  }

  GeminiEmulatorOptions gemini() {
    BooleanSupplier hit = hits();
    MainFault fault = MainFault.of(value(Option.TEXT_FAULT), MainFault.TEXT);
    TextPace pace = textPace();
    return new GeminiEmulatorOptions(
        "127.0.0.1",
        whole(Option.GEMINI_PORT, 0, 65_535),
        key(),
        call -> {
          GeminiScript script = GeminiScript.answer(answer(call.prompt())).at(pace);
          return hit.getAsBoolean() ? fault.apply(script) : script;
        },
        null,
        true);
  }

  ElevenOptions eleven() {
    BooleanSupplier hit = hits();
    MainFault fault = MainFault.of(value(Option.SPEECH_FAULT), MainFault.SPEECH);
    ElevenScript script = new ElevenScript(speechPace(), ElevenFault.none());
    return ElevenOptions.generous()
        .onPort(whole(Option.ELEVENLABS_PORT, 0, 65_535))
        .withKeys(key())
        .withScripts(request -> hit.getAsBoolean() ? fault.apply(script) : script);
  }

  OpenAiOptions openAi() {
    BooleanSupplier hitText = hits();
    BooleanSupplier hitSpeech = hits();
    MainFault text = MainFault.of(value(Option.TEXT_FAULT), MainFault.TEXT);
    MainFault speech = MainFault.of(value(Option.SPEECH_FAULT), MainFault.SPEECH);
    TextPace pace = textPace();
    OpenAiSpeechScript spoken = OpenAiSpeechScript.instant().at(speechPace());
    return OpenAiOptions.DEFAULTS
        .withPort(whole(Option.OPENAI_PORT, 0, 65_535))
        .withKey(key())
        .withFlavor(flavor())
        .withChat(
            call -> {
              OpenAiChatScript script = OpenAiChatScript.answer(answer(call.prompt())).at(pace);
              return hitText.getAsBoolean() ? text.apply(script) : script;
            })
        .withSpeech(call -> hitSpeech.getAsBoolean() ? speech.apply(spoken) : spoken);
  }

  private String answer(String prompt) {
    String said = value(Option.ANSWER);
    return said.equals(ECHO) ? prompt : said;
  }

  private TextPace textPace() {
    return new TextPace(
        whole(Option.FIRST_TOKEN_MS, 0, 600_000),
        whole(Option.TOKENS_PER_SECOND, 0, 100_000),
        whole(Option.TOKENS_PER_EVENT, 1, 100_000));
  }

  private SpeechPace speechPace() {
    return SpeechPace.INSTANT
        .paced(
            Duration.ofMillis(whole(Option.FIRST_BYTE_MS, 0, 600_000)),
            number(Option.REAL_TIME_FACTOR))
        .inPieces(whole(Option.PIECE_MS, 1, 60_000), true);
  }

  private OpenAiFlavor flavor() {
    try {
      return OpenAiFlavor.valueOf(value(Option.FLAVOR).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(Option.FLAVOR, "openai, fastapi or plain");
    }
  }

  /** Whether the next request is hit. */
  private BooleanSupplier hits() {
    int every = whole(Option.EVERY, 1, 1_000_000);
    AtomicLong requests = new AtomicLong();
    return () -> requests.incrementAndGet() % every == 0;
  }

  private String value(Option option) {
    return String.valueOf(values.get(option.key()));
  }

  private int whole(Option option, int min, int max) {
    try {
      int value = Integer.parseInt(value(option));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // the same answer
    }
    throw wrong(option, "a whole number from " + min + " to " + max);
  }

  private double number(Option option) {
    try {
      double value = Double.parseDouble(value(option));
      if (value >= 0 && value <= 1_000) {
        return value;
      }
    } catch (NumberFormatException e) {
      // the same answer
    }
    throw wrong(option, "a number from 0 to 1000");
  }

  private IllegalArgumentException wrong(Option option, String expected) {
    return new IllegalArgumentException(
        option.key() + " must be " + expected + ", not '" + value(option) + "'");
  }
}
