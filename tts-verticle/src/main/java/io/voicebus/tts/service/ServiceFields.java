package io.voicebus.tts.service;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings that a service gets as they are: whatever it knows can be asked of it. */
public final class ServiceFields {
  private ServiceFields() {}

  /**
   * Further fields of a request's body.
   *
   * @param example of one, for who got it wrong
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static JsonObject extra(Settings settings, Setting<String> setting, String example) {
    String text = settings.get(setting);
    if (text.isEmpty()) {
      return new JsonObject();
    }
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException(
          "tts setting '" + setting + "' must be a JSON object, such as " + example, e);
    }
  }

  /**
   * Further parameters of a request's address, as {@code name=value&name=value}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Map<String, String> query(Settings settings, Setting<String> setting) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String text = settings.get(setting);
    for (String part : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "tts setting '" + setting + "' is '" + text + "': it must be name=value&name=value");
      }
      parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
