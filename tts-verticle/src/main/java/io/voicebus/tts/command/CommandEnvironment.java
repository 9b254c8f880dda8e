package io.voicebus.tts.command;

import java.util.Locale;
import java.util.regex.Pattern;

/** The environment variables that a speech program gets. */
final class CommandEnvironment {
  /** Names of variables that programs do not get: secrets, and the settings of Voicebus. */
  private static final Pattern SECRET =
      Pattern.compile(
          "KEY|TOKEN|SECRET|PASSW|CREDENTIAL|^VOICEBUS_|^GEMINI_|^OPENAI_|^ELEVENLABS_");

  private CommandEnvironment() {}

  /** Takes keys and the like out of the environment that the program would inherit. */
  static ProcessBuilder withoutKeys(ProcessBuilder program) {
    program
        .environment()
        .keySet()
        .removeIf(name -> SECRET.matcher(name.toUpperCase(Locale.ROOT)).find());
    return program;
  }
}
