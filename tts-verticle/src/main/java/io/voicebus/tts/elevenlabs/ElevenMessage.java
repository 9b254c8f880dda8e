package io.voicebus.tts.elevenlabs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.SoundedJson;
import io.voicebus.tts.sound.CharTimes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message of the service, valid until the next one is read. Fields may have any of the names that
 * were seen. The audio, which is most of the data, is not parsed; unused fields are skipped, above
 * all the second alignment.
 */
final class ElevenMessage {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NO_AUDIO = {};

  private final Map<String, Object> values = new HashMap<>();
  private byte[] audio = NO_AUDIO;
  private int audioLength;
  private boolean overHttp;
  private boolean refusal;

  /**
   * @throws DecodeException if it is no JSON object
   */
  ElevenMessage(SoundedJson.Message message) {
    try (JsonParser parser = JSON.createParser(message.json())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DecodeException("not an object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        field(parser, name, parser.nextToken(), message);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new DecodeException("not a whole object");
      }
    } catch (IOException e) {
      throw new DecodeException("not JSON: " + e.getMessage());
    }
  }

  private void field(JsonParser parser, String name, JsonToken token, SoundedJson.Message message)
      throws IOException {
    overHttp |= name.equals("audio_base64");
    refusal |= name.equals("detail");
    switch (token) {
      case VALUE_STRING -> {
        if (name.equals("audio") || name.equals("audio_base64")) {
          byte[] left = parser.getBinaryValue();
          audio = left.length == 0 ? message.sound() : left;
          audioLength = left.length == 0 ? message.soundLength() : left.length;
        } else {
          values.put(name, parser.getText());
        }
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(name, parser.getNumberValue());
      case VALUE_TRUE, VALUE_FALSE -> values.put(name, parser.getBooleanValue());
      case START_OBJECT -> {
        if (name.equals("alignment")) {
          values.put(name, arrays(parser));
        } else {
          parser.skipChildren();
        }
      }
      case START_ARRAY -> parser.skipChildren();
      default -> {}
    }
  }

  /** An object's arrays of texts and numbers. */
  private static JsonObject arrays(JsonParser parser) throws IOException {
    JsonObject arrays = new JsonObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        continue;
      }
      JsonArray array = new JsonArray();
      for (JsonToken next = parser.nextToken();
          next != null && next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next.isNumeric()) {
          array.add(parser.getNumberValue());
        } else if (next == JsonToken.VALUE_NULL) {
          array.addNull();
        } else if (next.isScalarValue()) {
          array.add(parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      arrays.put(name, array);
    }
    return arrays;
  }

  /** Empty if it is about the whole WebSocket. */
  String contextId() {
    String id = text("contextId");
    return id.isEmpty() ? text("context_id") : id;
  }

  /** The name of an error, {@code unnamed} if it has none; empty if this is no error. */
  String error() {
    String error = text("error");
    return error.isEmpty() && values.get("code") instanceof Number ? "unnamed" : error;
  }

  /** The service's words on the error: not to be passed on. */
  String words() {
    return text("message");
  }

  /** The close code that will follow an error. */
  int code() {
    return values.get("code") instanceof Number code ? code.intValue() : 1008;
  }

  boolean last() {
    return Boolean.TRUE.equals(values.get("isFinal"))
        || Boolean.TRUE.equals(values.get("is_final"));
  }

  /** A copy of its sound, perhaps an odd number of bytes; usually none. */
  byte[] audio() {
    return Arrays.copyOf(audio, audioLength);
  }

  /** Whether it brings sound. */
  boolean sounds() {
    return audioLength > 0;
  }

  /** Whether it is an error as HTTP answers have them. */
  boolean refusal() {
    return refusal;
  }

  /** Passes audio and times on to an utterance. Unreadable times are left out; the audio is not. */
  void to(ServiceUtterance utterance) {
    Optional<CharTimes> times = Optional.empty();
    if (values.get("alignment") instanceof JsonObject alignment) {
      try {
        times = overHttp ? CharTimes.ofSeconds(alignment) : CharTimes.of(alignment);
      } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
        utterance.stray();
      }
    }
    utterance.accept(audio, audioLength, times);
  }

  private String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }
}
