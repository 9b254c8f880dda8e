package io.voicebus.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.voicebus.bus.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of strings, booleans, numbers and objects of strings, read strictly: anything
 * unexpected is an error 400 that says what is wrong, where, and what is allowed.
 */
public final class JsonFields {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // The body's own limit is the bound.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /**
   * {@code : enable `JsonReadFeature.X` to allow} and {@code , from `StreamReadConstraints.y()`}.
   */
  private static final Pattern PARSERS_OWN =
      Pattern.compile("(?:: enable|, from) `[^`]{0,80}`(?: to allow)?");

  /** What is repeated of a caller's own words. */
  private static final int MAX_VALUE = 40;

  /** A parser's reason, which may repeat some of them as well. */
  private static final int MAX_REASON = 160;

  /**
   * The greatest count of milliseconds, samples or events: more than in a month of sound, and small
   * enough to be multiplied by a sample rate.
   */
  public static final long MAX_COUNT = 999_999_999_999L;

  private final Map<String, Object> values = new HashMap<>();

  private JsonFields() {}

  /**
   * Reads an object.
   *
   * @param known the names of the allowed fields
   */
  public static JsonFields parse(String text, List<String> known) {
    return parse(text, known, List.of());
  }

  /**
   * Reads an object.
   *
   * @param known the names of the allowed fields
   * @param objects those of them whose values are objects of strings
   */
  public static JsonFields parse(String text, List<String> known, List<String> objects) {
    JsonFields fields = new JsonFields();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("the body must be a JSON object: {\"" + known.get(0) + "\": …}");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (!known.contains(name)) {
          throw invalid(
              "there is no field " + show(name) + ": there are " + String.join(", ", known));
        }
        fields.values.put(
            name, objects.contains(name) ? strings(name, parser) : scalar(name, parser));
      }
      if (parser.nextToken() != null) {
        throw invalid(
            "there is something after the JSON object" + at(parser.currentTokenLocation()));
      }
    } catch (JsonProcessingException e) {
      throw invalid("the body is not JSON: " + fault(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }

  /** A parser's message and position, without names of Java classes, which no client knows. */
  public static String fault(JsonProcessingException why) {
    String message = why.getOriginalMessage().split(" \\(start marker", 2)[0].split("\n", 2)[0];
    String plain = PARSERS_OWN.matcher(message).replaceAll("");
    return cut(plain, MAX_REASON) + at(why.getLocation());
  }

  private static Map<String, String> strings(String name, JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("'" + name + "' must be an object of strings");
    }
    Map<String, String> strings = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw invalid("'" + name + "' must be an object of strings: " + show(key) + " has none");
      }
      strings.put(key, parser.getText());
    }
    return strings;
  }

  private static Object scalar(String name, JsonParser parser) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          throw invalid("'" + name + "' is too large a number");
        }
        yield parser.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NULL -> throw invalid("'" + name + "' is null: leave it out instead");
      default -> throw invalid("'" + name + "' must be a plain value, not an object or a list");
    };
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A field's string; the fallback if it is absent. */
  public String text(String name, String fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, value, "a string");
  }

  /** A field's object of strings, in their order; empty if it is absent. */
  public Map<String, String> strings(String name) {
    Object value = values.get(name);
    Map<String, String> strings = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, said) -> strings.put(String.valueOf(key), String.valueOf(said)));
    }
    return strings;
  }

  /**
   * A field's boolean, as a boolean, as a string, or as {@code "on"} or {@code "off"}; the fallback
   * if it is absent.
   */
  public boolean flag(String name, boolean fallback) {
    Object value = values.get(name);
    return value == null ? fallback : flag(name, value);
  }

  private static boolean flag(String name, Object value) {
    return switch (value.toString()) {
      case "true", "on" -> true;
      case "false", "off" -> false;
      default -> throw wrong(name, value, "true or false");
    };
  }

  /** A number. */
  public double number(String name) {
    Object value = values.get(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, value, "a number");
  }

  /** A field's number from 0 to {@link #MAX_COUNT}, without its fraction. */
  public long count(String name) {
    Object value = values.get(name);
    if (value instanceof Number number && number.doubleValue() >= 0) {
      if (number.doubleValue() > MAX_COUNT) {
        throw wrong(name, value, "at most " + MAX_COUNT);
      }
      return number.longValue();
    }
    throw wrong(name, value, "a number from 0");
  }

  /** The same; the fallback if the field is absent. */
  public long count(String name, long fallback) {
    return values.containsKey(name) ? count(name) : fallback;
  }

  private static ProblemException wrong(String name, @Nullable Object value, String allowed) {
    return invalid(
        "'"
            + name
            + "' must be "
            + allowed
            + (value == null ? "; it is missing" : ", not " + show(value)));
  }

  /** Formats a wrong value for a message: quoted if it is a string, and shortened. */
  public static String show(Object value) {
    String text = value.toString();
    String cut = cut(text, MAX_VALUE);
    return value instanceof String ? "'" + cut + "'" : cut;
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  private static String at(@Nullable JsonLocation place) {
    return place == null
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  /**
   * An error 400.
   *
   * @param detail what is wrong and what to do
   */
  public static ProblemException invalid(String detail) {
    return ProblemMapping.of(FailureKind.INVALID_REQUEST, detail).toException();
  }
}
