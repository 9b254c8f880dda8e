package io.voicebus.mcp;

import io.voicebus.contract.LanguageTag;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code say} is asked for.
 *
 * @param turn what is spoken, how, and where
 * @param output where
 * @param interrupt whether it is spoken at once, in place of what is spoken now and what waits
 * @param waits whether the answer waits until all was spoken
 */
record SayOrder(TurnRequest turn, Output output, boolean interrupt, boolean waits) {
  private static final String FILE = "file";
  private static final String SPEED = "speed";

  /** The arguments' JSON schemas, for a client that may use these outputs. */
  static Map<String, Object> properties(Set<Output> outputs) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("text", string("What to say, in plain prose or Markdown."));
    all.put(
        "voice", string("One of the tool voices, such as embedded/kevin16. Default: the user's."));
    all.put("language", string("What the text is written in, such as en. Default: found out."));
    all.put(
        SPEED, property("number", "0.25 to 4, where 1 is the voice's own. Default: the user's."));
    if (outputs.contains(Output.SPEAKER)) {
      all.put(
          "interrupt",
          flag("Stop what is spoken now, and drop what waits, instead of waiting behind it."));
      all.put(
          "wait",
          flag(
              "Answer when all was spoken. Default: answer when it begins to be heard, or at once"
                  + " where other texts come first."));
    }
    Map<String, Object> output =
        string(
            "Where the sound goes: "
                + words(outputs).stream()
                    .map(word -> word + " (" + meaning(word) + ")")
                    .collect(Collectors.joining(", "))
                + ". Default: "
                + first(outputs).word()
                + ".");
    output.put("enum", words(outputs));
    all.put("output", output);
    if (outputs.contains(Output.FILE)) {
      all.put(
          FILE,
          string(
              "With output=file: its absolute path, ending in .wav, .mp3, .opus, .ogg or .flac. It"
                  + " must not exist."));
    }
    return all;
  }

  private static String meaning(String word) {
    return switch (Output.valueOf(word.toUpperCase(Locale.ROOT))) {
      case SPEAKER -> "the loudspeaker of the user's machine";
      case AUDIO -> "an MP3 in the answer";
      case FILE -> "a file of the user's machine";
    };
  }

  private static Map<String, Object> string(String description) {
    return property("string", description);
  }

  private static Map<String, Object> flag(String description) {
    return property("boolean", description);
  }

  private static Map<String, Object> property(String type, String description) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("type", type);
    property.put("description", description);
    return property;
  }

  private static List<String> words(Set<Output> outputs) {
    List<String> words = new ArrayList<>();
    for (Output output : Output.values()) {
      if (outputs.contains(output)) {
        words.add(output.word());
      }
    }
    return words;
  }

  private static Output first(Set<Output> outputs) {
    return outputs.contains(Output.SPEAKER) ? Output.SPEAKER : Output.AUDIO;
  }

  /**
   * Reads and checks the arguments.
   *
   * @throws IllegalArgumentException says what to do
   */
  static SayOrder parse(Map<String, Object> given, Set<Output> outputs, int maxTextBytes) {
    Arguments arguments = new Arguments("say", given, properties(outputs));
    String text = arguments.text("text").orElse("");
    if (text.isBlank()) {
      throw new IllegalArgumentException("say: text is empty: give what is to be said");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > maxTextBytes) {
      throw new IllegalArgumentException(
          "say: text is longer than " + maxTextBytes + " bytes: say it in several parts");
    }
    Output output = output(arguments, outputs);
    boolean aloud = output == Output.SPEAKER;
    boolean interrupt = arguments.flag("interrupt");
    boolean waits = arguments.flag("wait");
    if (interrupt && !aloud) {
      throw new IllegalArgumentException("say: interrupt goes with output=speaker only");
    }
    Optional<String> file = arguments.text(FILE);
    if (file.isPresent() != (output == Output.FILE)) {
      throw new IllegalArgumentException("say: output=file and file go together: give both");
    }
    TurnOptions options =
        TurnOptions.DEFAULTS
            .withVoice(arguments.text("voice").orElse("").trim())
            .withLanguage(language(arguments))
            .withSpeed(speed(arguments))
            .withPace(aloud ? Pace.REALTIME : Pace.ASAP)
            .withMode(TextMode.SAY);
    Sink sink = aloud ? Sink.CARD : output == Output.FILE ? Sink.FILE : Sink.BUS;
    String path = file.map(SayOrder::path).orElse("");
    return new SayOrder(new TurnRequest(text, options, sink, path), output, interrupt, waits);
  }

  private static Output output(Arguments arguments, Set<Output> outputs) {
    String word = arguments.text("output").orElse(first(outputs).word());
    return outputs.stream()
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> arguments.wrong("output", "one of " + String.join(", ", words(outputs))));
  }

  private static String language(Arguments arguments) {
    String tag = arguments.text("language").orElse("").trim();
    return tag.isEmpty()
        ? ""
        : LanguageTag.code(tag)
            .orElseThrow(() -> arguments.wrong("language", LanguageTag.EXPECTED));
  }

  private static int speed(Arguments arguments) {
    return arguments
        .number(SPEED)
        .map(
            factor -> {
              long thousandths = Math.round(factor * 1000);
              if (thousandths < TurnOptions.LEAST_SPEED || thousandths > TurnOptions.MOST_SPEED) {
                throw arguments.wrong(SPEED, "0.25 to 4, where 1 is the voice's own");
              }
              return (int) thousandths;
            })
        .orElse(0);
  }

  /** A model that is talked into it must not overwrite what is the user's. */
  private static String path(String file) {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("say: file is no path: " + e.getReason(), e);
    }
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("say: file must be an absolute path");
    }
    String name = String.valueOf(path.getFileName());
    if (!name.matches("(?i).+\\.(wav|mp3|opus|ogg|flac)")) {
      throw new IllegalArgumentException("say: file must end in .wav, .mp3, .opus, .ogg or .flac");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException("say: there is such a file already: name another one");
    }
    return path.toString();
  }
}
