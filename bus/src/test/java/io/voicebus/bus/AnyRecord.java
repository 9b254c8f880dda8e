package io.voicebus.bus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes random instances of any record that travels. */
public final class AnyRecord {
  private static final String LETTERS = "aZ09_- äß€漢😀\"\\\u0000\n";

  private static final int MOST_WITHIN = 2;

  private final Random random;
  private final List<Class<?>> messages;

  /** In how many messages the next one is. */
  private int within;

  public AnyRecord(Random random, List<Class<?>> messages) {
    this.random = random;
    this.messages = messages;
  }

  public Object any(Class<?> type) {
    try {
      // What has a form of its own makes its own.
      return type.getDeclaredMethod("random").invoke(null);
    } catch (NoSuchMethodException none) {
      return anyRecord(type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Object anyRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int tries = 0; tries < 1000; tries++) {
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(types[i], components[i].getGenericType());
      }
      try {
        return type.getDeclaredConstructor(types).newInstance(values);
      } catch (InvocationTargetException refused) {
        // Not a valid one: another.
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    throw new AssertionError("no valid " + type.getSimpleName() + " found");
  }

  private Object value(Class<?> type, Type generic) {
    if (type == int.class) {
      return (int) number();
    } else if (type == long.class) {
      return number();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return string();
    } else if (type == byte[].class) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return bytes;
    } else if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    } else if (type == Message.class) {
      return message();
    } else if (type == List.class) {
      Class<?> item = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        list.add(any(item));
      }
      return list;
    }
    return any(type);
  }

  /** Messages in messages are read only so deep; real ones are not deeper. */
  private Object message() {
    Class<?> type = messages.get(random.nextInt(messages.size()));
    while (within >= MOST_WITHIN && carriesOne(type)) {
      type = messages.get(random.nextInt(messages.size()));
    }
    within++;
    try {
      return any(type);
    } finally {
      within--;
    }
  }

  private static boolean carriesOne(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .map(AnyRecord::part)
            .anyMatch(part -> part == Message.class || carriesOne(part));
  }

  /** A component's type, or that of a list's items. */
  private static Class<?> part(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : component.getType();
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(3) - 1;
      case 1 -> random.nextInt(100_000);
      case 2 -> random.nextLong();
      default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
    };
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextBoolean() ? 5 : 300); i > 0; i--) {
      int at = LETTERS.offsetByCodePoints(0, random.nextInt(14));
      text.appendCodePoint(LETTERS.codePointAt(at));
    }
    return text.toString();
  }
}
