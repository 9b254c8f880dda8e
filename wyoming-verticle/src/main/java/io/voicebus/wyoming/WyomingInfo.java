package io.voicebus.wyoming;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.OfferedLanguages;
import java.util.List;

/** What this server says of itself: one program, with the voices of all engines. */
final class WyomingInfo {
  /** The name of the voice of a text that names none. */
  static final String DEFAULT = "default";

  private static final JsonObject ATTRIBUTION =
      new JsonObject().put("name", "Voicebus").put("url", "https://github.com/OHF-Voice/wyoming");

  private WyomingInfo() {}

  /** The answer to {@code describe}. */
  static WyomingEvent of(List<EngineVoices> engines) {
    JsonArray voices = new JsonArray();
    voices.add(entry(DEFAULT, "Whatever speaks now", languages(engines)));
    for (EngineVoices engine : engines) {
      if (engine.usable()) {
        engine.voices().forEach(voice -> voices.add(voice(engine.engine(), voice)));
      }
    }
    JsonObject program =
        new JsonObject()
            .put("name", "voicebus")
            .put("attribution", ATTRIBUTION)
            .put("installed", true)
            .put("description", "Speech that is heard while its text is being written")
            .put("version", "1")
            .put("supports_synthesize_streaming", true)
            .put("voices", voices);
    JsonObject info = new JsonObject().put("tts", new JsonArray().add(program));
    for (String other : List.of("asr", "handle", "intent", "wake", "mic", "snd")) {
      info.put(other, new JsonArray());
    }
    return new WyomingEvent("info", info);
  }

  private static JsonObject voice(String engine, EngineVoice voice) {
    String name = voice.id().startsWith(engine + "/") ? voice.id() : engine + "/" + voice.id();
    return entry(name, voice.name(), OfferedLanguages.of(voice));
  }

  /** What the first engine that can be used speaks. */
  private static List<String> languages(List<EngineVoices> engines) {
    return OfferedLanguages.of(
        engines.stream()
            .filter(EngineVoices::usable)
            .limit(1)
            .flatMap(engine -> engine.voices().stream()));
  }

  private static JsonObject entry(String name, String description, List<String> languages) {
    return new JsonObject()
        .put("name", name)
        .put("attribution", ATTRIBUTION)
        .put("installed", true)
        .put("description", description)
        .putNull("version")
        .put("languages", new JsonArray(languages))
        .putNull("speakers");
  }
}
