package io.voicebus.turn.recording;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Message;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON, by the names of their components: {@code sourceStart} is {@code source_start},
 * enums are dashed, bytes are Base64. A component that is not there is read as 0, empty or false,
 * and names that the record does not have are ignored, so that versions mix.
 */
final class RecordJson {
  private RecordJson() {}

  /** Of a record whose components are numbers, booleans, texts, bytes, enums, records and lists. */
  static JsonObject of(Record value) {
    JsonObject json = new JsonObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        json.put(name(component), encoded(component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
    }
    return json;
  }

  private static @Nullable Object encoded(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    } else if (value instanceof Enum<?> constant) {
      return dashed(constant);
    } else if (value instanceof List<?> items) {
      JsonArray array = new JsonArray();
      items.forEach(item -> array.add(encoded(item)));
      return array;
    } else if (value instanceof Message message && value instanceof Record) {
      return ItemJson.of(message);
    } else if (value instanceof Record inner) {
      return of(inner);
    }
    return value;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for what the record does not take
   */
  static <R extends Record> R read(JsonObject json, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = decoded(json.getValue(name(components[i])), components[i]);
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(String.valueOf(why.getMessage()), e);
    }
  }

  private static Object decoded(@Nullable Object value, RecordComponent component) {
    Class<?> type = component.getType();
    try {
      if (type == int.class) {
        return value == null ? 0 : Math.toIntExact(((Number) value).longValue());
      } else if (type == long.class) {
        return value == null ? 0L : ((Number) value).longValue();
      } else if (type == boolean.class) {
        return value == null ? Boolean.FALSE : (Boolean) value;
      } else if (type == String.class) {
        return value == null ? "" : (String) value;
      } else if (type == byte[].class) {
        return value == null ? new byte[0] : Base64.getDecoder().decode((String) value);
      } else if (type.isEnum()) {
        return constant(value, type);
      } else if (type == List.class) {
        return items(value, component);
      } else if (type == Message.class) {
        return ItemJson.read(value == null ? new JsonObject() : (JsonObject) value);
      }
      return read(
          value == null ? new JsonObject() : (JsonObject) value, type.asSubclass(Record.class));
    } catch (ClassCastException | ArithmeticException e) {
      throw new IllegalArgumentException("'" + name(component) + "' has a wrong value", e);
    }
  }

  private static Object constant(@Nullable Object value, Class<?> type) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (value == null || dashed((Enum<?>) constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("there is no " + type.getSimpleName() + " '" + value + "'");
  }

  private static List<Object> items(@Nullable Object value, RecordComponent component) {
    List<Object> items = new ArrayList<>();
    if (value != null
        && component.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> item) {
      for (Object one : (JsonArray) value) {
        items.add(read((JsonObject) one, item.asSubclass(Record.class)));
      }
    }
    return items;
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  static String dashed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
