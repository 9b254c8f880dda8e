package io.voicebus.http.openai.realtime;

import io.voicebus.http.wire.JsonText;

/** How events, items and sessions are written: clients know one of two versions. */
enum RealtimeDialect {
  /** Of today. */
  GA,
  /** Of those that send {@code OpenAI-Beta: realtime=v1}: before September 2025. */
  BETA;

  /** What such clients send as a header's value, or as the end of a subprotocol. */
  static RealtimeDialect of(String header, String subprotocols) {
    return header.contains("realtime=v1") || subprotocols.contains("openai-beta.realtime-v1")
        ? BETA
        : GA;
  }

  /** The type of an event, by its name of today. */
  String event(String type) {
    if (this == GA) {
      return type;
    }
    return type.equals("conversation.item.added")
        ? "conversation.item.created"
        : type.replace("response.output_audio", "response.audio")
            .replace("response.output_text", "response.text");
  }

  /** Whether it is told when an item is whole; the beta knows nothing of it. */
  boolean tellsWholeItems() {
    return this == GA;
  }

  /** The type of an answer's content, by its name of today. */
  String content(String type) {
    return this == GA ? type : type.replace("output_", "");
  }

  /** What may be chosen, as a session or a response has it. */
  JsonText chosen(JsonText json, RealtimeConfig config) {
    if (this == BETA) {
      return json.putJson("modalities", config.spoken() ? "[\"audio\",\"text\"]" : "[\"text\"]")
          .put("voice", config.voice())
          .put("output_audio_format", config.format().betaName());
    }
    JsonText output =
        JsonText.object()
            .put("format", config.format().json())
            .put("voice", config.voice())
            .putJson("speed", config.speedJson());
    return json.putJson("output_modalities", config.spoken() ? "[\"audio\"]" : "[\"text\"]")
        .put("audio", JsonText.object().put("output", output));
  }

  /** A session. What is not done here, such as hearing and calling tools, is told to be off. */
  JsonText session(String id, RealtimeConfig config) {
    JsonText json = JsonText.object();
    if (this == GA) {
      json.put("type", "realtime");
    }
    json.put("object", "realtime.session")
        .put("id", id)
        .put("model", config.model())
        .put("instructions", config.instructions());
    chosen(json, config);
    if (this == BETA) {
      json.put("input_audio_format", "pcm16")
          .putJson("input_audio_transcription", "null")
          .putJson("turn_detection", "null")
          .putJson("temperature", "0.8")
          .putJson("max_response_output_tokens", config.maxTokensJson());
    } else {
      json.putJson("max_output_tokens", config.maxTokensJson())
          .put("truncation", "auto")
          .putJson("tracing", "null");
    }
    return json.putJson("tools", "[]").put("tool_choice", "auto");
  }
}
