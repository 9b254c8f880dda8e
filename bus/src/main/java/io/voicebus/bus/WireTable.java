package io.voicebus.bus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Every type that travels, with its number and its codec. Immutable once it is made. */
final class WireTable {
  /** A number takes two bytes on the wire below this. */
  private static final int NUMBERS_END = 128 * 128;

  private final Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
  private final List<@Nullable RecordCodec> codecs = new ArrayList<>();
  private final List<@Nullable Class<?>> types = new ArrayList<>();

  /**
   * The types of these modules.
   *
   * @throws IllegalStateException for what cannot travel so, with what to change
   */
  WireTable(Iterable<? extends WireTypes> modules) {
    modules.forEach(this::add);
  }

  /**
   * The types of all modules that are there.
   *
   * @throws IllegalStateException as the constructor does, and for a wrong entry of the services
   */
  static WireTable found() {
    List<WireTypes> modules = new ArrayList<>();
    modules.add(new BusWireTypes());
    try {
      ServiceLoader.load(WireTypes.class, WireTable.class.getClassLoader()).forEach(modules::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException(
          "META-INF/services/" + WireTypes.class.getName() + " has a wrong line: " + e.getMessage(),
          e);
    }
    return new WireTable(modules);
  }

  private void add(WireTypes module) {
    String list = module.getClass().getName();
    int number = module.first();
    if (number < 0 || number % WireTypes.BLOCK != 0 || number >= NUMBERS_END) {
      throw new IllegalStateException(
          list
              + ".first() is "
              + number
              + ": it must be a multiple of BLOCK, from FIRST_OF_APPLICATIONS to "
              + (NUMBERS_END - WireTypes.BLOCK));
    }
    int count = module.records().size();
    if (count > WireTypes.BLOCK) {
      throw new IllegalStateException(
          list + " has " + count + " types: have another list for those beyond " + WireTypes.BLOCK);
    }
    for (Class<? extends Record> type : module.records()) {
      if (number < types.size() && types.get(number) != null) {
        throw new IllegalStateException(
            list
                + ".first() is "
                + module.first()
                + ", where "
                + types.get(number)
                + " is: choose another multiple of BLOCK, from FIRST_OF_APPLICATIONS on");
      }
      add(type, number, list);
      number++;
    }
  }

  private void add(Class<? extends Record> type, int number, String list) {
    if (!Message.class.isAssignableFrom(type) && !Packet.class.isAssignableFrom(type)) {
      throw new IllegalStateException(
          list + " lists " + type.getName() + ", which does not implement Message");
    }
    if (numbers.putIfAbsent(type, number) != null) {
      throw new IllegalStateException(
          list + " lists " + type.getName() + ", which is listed already");
    }
    while (types.size() <= number) {
      types.add(null);
      codecs.add(null);
    }
    types.set(number, type);
    try {
      codecs.set(number, new RecordCodec(type));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(list + " lists " + type.getName() + ": " + e.getMessage(), e);
    }
  }

  /** Each type with its number. */
  Map<Class<?>, Integer> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /**
   * The number of a value's type.
   *
   * @throws IllegalArgumentException for what does not travel
   */
  int number(Object value) {
    Integer number = numbers.get(value.getClass());
    if (number == null) {
      throw new IllegalArgumentException(
          value.getClass().getName()
              + " does not travel between processes: no WireTypes lists it, or the list is not in"
              + " META-INF/services/"
              + WireTypes.class.getName());
    }
    return number;
  }

  /** The type of a number; null for one that is not known here. */
  @Nullable Class<?> type(int number) {
    return number < 0 || number >= types.size() ? null : types.get(number);
  }

  /** The codec of a number that is known. */
  RecordCodec codec(int number) {
    return Objects.requireNonNull(codecs.get(number));
  }
}
