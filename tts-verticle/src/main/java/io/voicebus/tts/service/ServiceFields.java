package io.voicebus.tts.service;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings that are passed to a service unchanged, so that all of its fields can be used. */
public final class ServiceFields {
  private ServiceFields() {}

  /**
   * Reads the further fields of a request's body.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static JsonObject extra(Settings settings, Setting<String> setting) {
    String text = settings.get(setting);
    return text.isEmpty() ? new JsonObject() : fields(text);
  }

  /**
   * Defines a setting for such fields.
   *
   * @param example of a value
   */
  public static Setting<String> extraSetting(String key, String example) {
    return Setting.text(
        key,
        ServiceFields::fields,
        "a JSON object, such as " + example,
        "Further fields of each request, as JSON.");
  }

  private static JsonObject fields(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("not a JSON object", e);
    }
  }

  /**
   * Reads the further parameters of a request's address, {@code name=value&name=value}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Map<String, String> query(Settings settings, Setting<String> setting) {
    String text = settings.get(setting);
    return text.isEmpty() ? Map.of() : parameters(text);
  }

  /**
   * Defines a setting for such parameters.
   *
   * @param example of a value
   */
  public static Setting<String> querySetting(String key, String example) {
    return Setting.text(
        key,
        ServiceFields::parameters,
        "name=value&name=value",
        "Further parameters of the address, such as `" + example + "`.");
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not name=value");
      }
      parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
