package io.voicebus.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.turn.OwnerLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

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
    Duration pause,
    VoiceAliases voiceAliases) {
  private static final long HOUR_MS = 3_600_000;

  /**
   * Reads and checks the settings.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static HttpSettings from(JsonObject config) {
    Settings settings = new Settings("http", withoutLists(config));
    OwnerLimits defaults = OwnerLimits.DEFAULTS;
    int maxTurns = settings.integer("max-turns", defaults.maxTurns(), 1, 1_000_000);
    HttpSettings result =
        new HttpSettings(
            DoorSettings.from(settings, maxTurns),
            settings.integer("port", 8080, 0, 65535),
            settings.integer("max-prompt-bytes", 2 * 1024 * 1024, 1, 64 * 1024 * 1024),
            settings.integer("events-bytes", 256 * 1024, 1024, 16 * 1024 * 1024),
            settings.integer("kept-turns", 1000, 0, 100_000),
            settings.millis("kept-ms", Duration.ofSeconds(60), 0, HOUR_MS),
            settings.millis("heartbeat-ms", Duration.ofSeconds(15), 10, HOUR_MS),
            settings.millis("drain-ms", Duration.ofSeconds(10), 0, HOUR_MS),
            settings.choice("log-turns", "failed", List.of("failed", "all")).equals("all"),
            new OwnerLimits(
                    maxTurns,
                    settings.millis("attach-ms", defaults.attach(), 1, HOUR_MS),
                    settings.millis("stalled-ms", defaults.stalled(), 1, 24 * HOUR_MS),
                    settings.millis("stages-ms", defaults.stages(), 1, HOUR_MS))
                .withDetach(settings.millis("detach-ms", defaults.detach(), 0, HOUR_MS))
                .withResume(settings.millis("resume-ms", defaults.resume(), 1, HOUR_MS)),
            settings.millis("pause-ms", Duration.ofHours(1), 1, 24 * HOUR_MS),
            VoiceAliases.parse(settings.text("voice-aliases", "none")));
    settings.rejectUnknown();
    return result;
  }

  /** Lists may be JSON arrays, too. */
  private static JsonObject withoutLists(JsonObject config) {
    JsonObject copy = new JsonObject();
    for (String key : config.fieldNames()) {
      Object value = config.getValue(key);
      copy.put(
          key,
          value instanceof JsonArray array
              ? array.stream().map(String::valueOf).collect(Collectors.joining(","))
              : value);
    }
    return copy;
  }
}
