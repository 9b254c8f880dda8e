package io.voicebus.http.openai.realtime;

import io.vertx.core.json.JsonObject;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;

/** How audio is written: mono, in base64. */
enum RealtimeFormat {
  /** Signed 16-bit little-endian, at 24 kHz. */
  PCM("audio/pcm", "pcm16", AudioFormat.PCM, 24_000, 2),
  /** G.711 μ-law, at 8 kHz. */
  PCMU("audio/pcmu", "g711_ulaw", AudioFormat.ULAW, 8_000, 1),
  /** G.711 A-law, at 8 kHz. */
  PCMA("audio/pcma", "g711_alaw", AudioFormat.ALAW, 8_000, 1);

  private final String type;
  private final String betaName;
  private final AudioFormat format;
  private final int rateHz;
  private final int sampleBytes;

  RealtimeFormat(String type, String betaName, AudioFormat format, int rateHz, int sampleBytes) {
    this.type = type;
    this.betaName = betaName;
    this.format = format;
    this.rateHz = rateHz;
    this.sampleBytes = sampleBytes;
  }

  /**
   * Reads {@code {"type": "audio/pcm", "rate": 24000}} or the beta's {@code "pcm16"}.
   *
   * @param otherwise for nothing
   * @throws ProblemException 400
   */
  static RealtimeFormat of(RequestJson json, String name, RealtimeFormat otherwise) {
    Object value = json.value(name).orElse(null);
    if (value == null) {
      return otherwise;
    }
    boolean isObject = value instanceof JsonObject;
    String wanted =
        isObject ? json.object(name).map(one -> one.text("type")).orElse("") : json.text(name);
    for (RealtimeFormat one : values()) {
      if (wanted.equals(one.type) || wanted.equals(one.betaName)) {
        if (isObject) {
          json.object(name).ifPresent(one::requireRate);
        }
        return one;
      }
    }
    throw Invalid.field(
        json.path(name),
        "'" + json.path(name) + "' must be audio/pcm (24 kHz), audio/pcmu or audio/pcma (8 kHz)");
  }

  private void requireRate(RequestJson json) {
    json.value("rate")
        .filter(rate -> !(rate instanceof Number number && number.doubleValue() == rateHz))
        .ifPresent(
            rate -> {
              throw Invalid.field(
                  json.path("rate"), "'" + json.path("rate") + "' of " + type + " is " + rateHz);
            });
  }

  String betaName() {
    return betaName;
  }

  JsonText json() {
    JsonText json = JsonText.object().put("type", type);
    return this == PCM ? json.put("rate", rateHz) : json;
  }

  AudioCoding coding() {
    return new AudioCoding(format, rateHz, AudioCoding.USUAL);
  }

  /** How long so many bytes sound, in ms, rounded up. */
  long ms(long bytes) {
    long bytesPerSecond = (long) rateHz * sampleBytes;
    return (bytes * 1000 + bytesPerSecond - 1) / bytesPerSecond;
  }
}
