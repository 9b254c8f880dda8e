package io.voicebus.http;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.SpoolLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The verticle's {@code config()}; {@code docs/http.md} explains each key.
 *
 * @param door who may come in
 * @param port to listen on; 0 for any free one
 * @param maxPromptBytes longest prompt, in UTF-8
 * @param eventsBytes what is kept of one turn's events
 * @param keptTurns how many ended turns are kept
 * @param keptFor how long ended turns are kept
 * @param heartbeat between two comments in a stream of events
 * @param drain how long turns may go on when the server stops
 * @param logAll whether each turn that ends gets a line of the log, not only those that fail
 * @param limits of the turns
 * @param spool bounds of the audio that is kept
 * @param spoolFolder where what does not stay in memory is kept
 * @param pause how long a listener may pause
 * @param voiceAliases what else voices are called, by clients of OpenAI's and ElevenLabs' APIs
 */
record HttpSettings(
    DoorSettings door,
    int port,
    int maxPromptBytes,
    int eventsBytes,
    int keptTurns,
    Duration keptFor,
    Duration heartbeat,
    Duration drain,
    boolean logAll,
    OwnerLimits limits,
    SpoolLimits spool,
    Path spoolFolder,
    Duration pause,
    VoiceAliases voiceAliases) {

  /**
   * Reads and checks the settings.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static HttpSettings from(JsonObject config) {
    Settings settings = new Settings("http", config);
    int maxTurns = settings.get(HttpConfig.MAX_TURNS);
    HttpSettings result =
        new HttpSettings(
            DoorSettings.from(settings, maxTurns),
            settings.get(DoorConfig.PORT),
            settings.get(HttpConfig.MAX_PROMPT_BYTES),
            settings.get(HttpConfig.EVENTS_BYTES),
            settings.get(HttpConfig.KEPT_TURNS),
            settings.get(HttpConfig.KEPT),
            settings.get(HttpConfig.HEARTBEAT),
            settings.get(HttpConfig.DRAIN),
            settings.get(HttpConfig.LOG_TURNS).equals("all"),
            new OwnerLimits(
                    maxTurns,
                    settings.get(HttpConfig.ATTACH),
                    settings.get(HttpConfig.STALLED),
                    settings.get(HttpConfig.STAGES))
                .withDetach(settings.get(HttpConfig.DETACH))
                .withResume(settings.get(HttpConfig.RESUME)),
            new SpoolLimits(
                settings.get(HttpConfig.SPOOL_TURN_MEMORY),
                Math.min(
                    settings.get(HttpConfig.SPOOL_MEMORY), Runtime.getRuntime().maxMemory() / 16),
                settings.get(HttpConfig.SPOOL_TURN_FILE),
                settings.get(HttpConfig.SPOOL_FILES)),
            folder(settings.get(HttpConfig.SPOOL_DIRECTORY)),
            settings.get(HttpConfig.PAUSE),
            VoiceAliases.parse(settings.get(HttpConfig.VOICE_ALIASES)));
    settings.rejectUnknown();
    return result;
  }

  private static Path folder(String directory) {
    try {
      return Path.of(directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          HttpConfig.SPOOL_DIRECTORY.key() + " must be a directory, not '" + directory + "'", e);
    }
  }
}
