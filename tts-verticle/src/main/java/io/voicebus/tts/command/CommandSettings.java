package io.voicebus.tts.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.SpeedRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the settings say about programs that speak.
 *
 * @param preset how the program is called
 * @param processes how many of them at once
 * @param searchPath the folders in which programs are looked for
 */
record CommandSettings(CommandPreset preset, int processes, String searchPath) {
  private static final String AUTO = "auto";
  private static final String TEMPLATE = "template";

  /**
   * Reads all of them; the program need not be there.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  static CommandSettings read(Settings settings, String searchPath) {
    String template = settings.get(CommandConfig.TEMPLATE);
    String name = settings.find(CommandConfig.COMMAND).orElse(template.isEmpty() ? AUTO : TEMPLATE);
    String voice = settings.get(CommandConfig.VOICE);
    boolean wav = settings.get(CommandConfig.FORMAT).equals("wav");
    int rate = settings.find(CommandConfig.RATE).orElse(0);
    int processes =
        settings
            .find(CommandConfig.PROCESSES)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    CommandPreset preset;
    if (name.equals(TEMPLATE)) {
      preset = template(template, voice, wav, rate);
    } else {
      preset = name.equals(AUTO) ? found(voice, searchPath) : named(name);
      preset = voice.isEmpty() ? preset : preset.withVoice(voice);
      OptionalInt told = piperRate(preset);
      preset = told.isPresent() ? preset.withRate(told.getAsInt()) : preset;
    }
    return new CommandSettings(rate > 0 ? preset.withRate(rate) : preset, processes, searchPath);
  }

  /** What the setting {@code command} may be. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of(AUTO, TEMPLATE));
    CommandPreset.ALL.forEach(preset -> names.add(preset.name()));
    return names;
  }

  private static CommandPreset named(String name) {
    return CommandPreset.ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The first that is there; the last, which says what to install, if none is. */
  private static CommandPreset found(String voice, String searchPath) {
    return CommandPreset.ALL.stream()
        .filter(preset -> preset.hasVoice() || voice.endsWith(".onnx"))
        .filter(preset -> CommandPreset.find(preset.program(), searchPath).isPresent())
        .findFirst()
        .orElse(named("espeak-ng"));
  }

  private static CommandPreset template(String text, String voice, boolean wav, int rate) {
    List<String> arguments = new ArrayList<>();
    if (text.startsWith("[")) {
      try {
        new JsonArray(text).forEach(part -> arguments.add(String.valueOf(part)));
      } catch (DecodeException e) {
        throw new IllegalArgumentException(
            "tts setting 'command-template' must be a command line, or a JSON array of its parts",
            e);
      }
    } else {
      arguments.addAll(List.of(text.split("\\s+", -1)));
    }
    if (arguments.isEmpty() || arguments.get(0).isBlank()) {
      throw new IllegalArgumentException(
          "tts setting 'command-template' is empty: it must be a command line, such as"
              + " mytts --voice {voice} --out -");
    }
    CommandPreset preset =
        new CommandPreset(
            TEMPLATE,
            List.copyOf(arguments),
            voice,
            false,
            wav,
            rate > 0 ? rate : 22_050,
            List.of(),
            "check command-template",
            List.of(),
            SpeedRange.NONE);
    return preset.namesSpeed() ? preset.withSpeeds(SpeedRange.ANY) : preset;
  }

  /** A piper voice has its rate in a file beside it. */
  private static OptionalInt piperRate(CommandPreset preset) {
    Path about = Path.of(preset.voice() + ".json");
    if (preset.voice().endsWith(".onnx") && Files.isReadable(about)) {
      try {
        JsonObject audio = new JsonObject(Files.readString(about)).getJsonObject("audio");
        Integer rate = audio == null ? null : audio.getInteger("sample_rate");
        return rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
      } catch (IOException | DecodeException | ClassCastException e) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** What is missing before it can speak; empty if nothing is. */
  Optional<String> missing() {
    if (CommandPreset.find(preset.program(), searchPath).isEmpty()) {
      return Optional.of(
          "there is no program " + preset.program() + " on the PATH: " + preset.advice());
    }
    if (!preset.hasVoice()) {
      return Optional.of(preset.program() + " needs a voice: " + preset.advice());
    }
    return Optional.empty();
  }
}
