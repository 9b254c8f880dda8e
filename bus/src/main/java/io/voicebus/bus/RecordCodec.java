package io.voicebus.bus;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one kind of record as fields of Protocol Buffers: numbers, booleans and enums as
 * varints, strings, byte arrays and records as length-delimited fields, lists as repeated fields.
 * What equals its default is left out. Its accessors are looked up once.
 */
public final class RecordCodec {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;

  private enum Kind {
    INT,
    LONG,
    BOOLEAN,
    ENUM,
    STRING,
    BYTES,
    RECORD,
    /** A {@link Message}, preceded by its type number. */
    MESSAGE,
    RECORDS
  }

  private record Field(
      int number,
      Kind kind,
      MethodHandle accessor,
      List<Object> constants,
      @Nullable RecordCodec codec) {}

  private final List<Field> fields = new ArrayList<>();
  private final MethodHandle constructor;

  /** Of this kind. */
  public RecordCodec(Class<? extends Record> type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        fields.add(field(lookup, i + 1, components[i]));
      }
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          type.getName() + " cannot be read: make the record and its constructor public", e);
    }
  }

  private static Field field(MethodHandles.Lookup lookup, int number, RecordComponent component)
      throws ReflectiveOperationException {
    Class<?> type = component.getType();
    MethodHandle accessor =
        lookup
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class));
    List<Object> none = List.of();
    if (type == int.class) {
      return new Field(number, Kind.INT, accessor, none, null);
    } else if (type == long.class) {
      return new Field(number, Kind.LONG, accessor, none, null);
    } else if (type == boolean.class) {
      return new Field(number, Kind.BOOLEAN, accessor, none, null);
    } else if (type.isEnum()) {
      return new Field(number, Kind.ENUM, accessor, List.of(type.getEnumConstants()), null);
    } else if (type == String.class) {
      return new Field(number, Kind.STRING, accessor, none, null);
    } else if (type == byte[].class) {
      return new Field(number, Kind.BYTES, accessor, none, null);
    } else if (type == Message.class) {
      return new Field(number, Kind.MESSAGE, accessor, none, null);
    } else if (type.isRecord()) {
      return new Field(
          number, Kind.RECORD, accessor, none, new RecordCodec(type.asSubclass(Record.class)));
    } else if (type == List.class
        && component.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> item
        && item.isRecord()) {
      return new Field(
          number, Kind.RECORDS, accessor, none, new RecordCodec(item.asSubclass(Record.class)));
    }
    throw new IllegalArgumentException(
        "its component "
            + component.getName()
            + " is a "
            + component.getGenericType().getTypeName()
            + ": what travels is int, long, boolean, String, byte[], an enum, a record, a Message,"
            + " or a List of records");
  }

  /** Writes the fields. */
  public void write(WireWriter out, Object value) {
    for (Field field : fields) {
      write(out, field, get(field, value));
    }
  }

  private static Object get(Field field, Object value) {
    try {
      return (Object) field.accessor.invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("EnumOrdinal") // the enums that travel say that their order is the wire format
  private static void write(WireWriter out, Field field, Object value) {
    int number = field.number;
    switch (field.kind) {
      case INT -> {
        if ((int) value != 0) {
          out.signed(number, (int) value);
        }
      }
      case LONG -> {
        if ((long) value != 0) {
          out.signed(number, (long) value);
        }
      }
      case BOOLEAN -> {
        if ((boolean) value) {
          out.varint(number, 1);
        }
      }
      case ENUM -> {
        if (((Enum<?>) value).ordinal() != 0) {
          out.varint(number, ((Enum<?>) value).ordinal());
        }
      }
      case STRING -> {
        if (!((String) value).isEmpty()) {
          out.string(number, (String) value);
        }
      }
      case BYTES -> out.bytes(number, (byte[]) value);
      case RECORD -> writeNested(out, number, codec(field), value);
      case MESSAGE -> writeNested(out, number, null, value);
      case RECORDS -> {
        for (Object item : (List<?>) value) {
          writeNested(out, number, codec(field), item);
        }
      }
    }
  }

  private static RecordCodec codec(Field field) {
    if (field.codec == null) {
      throw new IllegalStateException("field " + field.number + " has no codec");
    }
    return field.codec;
  }

  private static void writeNested(
      WireWriter out, int number, @Nullable RecordCodec codec, Object value) {
    int expectedSize = value instanceof Message message ? message.weight() : 0;
    int mark = out.begin(number, expectedSize);
    if (codec == null) {
      WireFormat.writeTyped(out, value);
    } else {
      codec.write(out, value);
    }
    out.end(mark, expectedSize);
  }

  /** Reads fields up to the end of the input, or of its limit. */
  public Object read(CodedInputStream in) throws IOException {
    return read(in, 0);
  }

  /**
   * The same.
   *
   * @param depth in how many messages the record is
   */
  Object read(CodedInputStream in, int depth) throws IOException {
    Object[] values = new Object[fields.size()];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = tag >>> 3;
      int wireType = tag & 7;
      if (number > fields.size() || wireType != wireType(fields.get(number - 1))) {
        in.skipField(tag);
      } else {
        Field field = fields.get(number - 1);
        values[number - 1] = read(in, field, values[number - 1], depth);
      }
    }
    for (Field field : fields) {
      if (values[field.number - 1] == null) {
        values[field.number - 1] = missing(field);
      }
    }
    try {
      return (Object) constructor.invokeExact(values);
    } catch (RuntimeException e) {
      throw new IOException("a message with invalid content: " + e.getMessage(), e);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int wireType(Field field) {
    return switch (field.kind) {
      case INT, LONG, BOOLEAN, ENUM -> VARINT;
      case STRING, BYTES, RECORD, MESSAGE, RECORDS -> DELIMITED;
    };
  }

  private static Object read(CodedInputStream in, Field field, @Nullable Object before, int depth)
      throws IOException {
    return switch (field.kind) {
      case INT -> in.readSInt32();
      case LONG -> in.readSInt64();
      case BOOLEAN -> in.readBool();
      case ENUM -> {
        int ordinal = in.readEnum();
        yield field.constants.get(ordinal >= 0 && ordinal < field.constants.size() ? ordinal : 0);
      }
      case STRING -> in.readString();
      case BYTES -> in.readByteArray();
      case RECORD -> readNested(in, codec(field), depth);
      case MESSAGE -> readNested(in, null, depth);
      case RECORDS -> {
        @SuppressWarnings("unchecked") // only this method makes it
        List<Object> list = before == null ? new ArrayList<>() : (List<Object>) before;
        list.add(readNested(in, codec(field), depth));
        yield list;
      }
    };
  }

  private static Object readNested(CodedInputStream in, @Nullable RecordCodec codec, int depth)
      throws IOException {
    int outer = in.pushLimit(in.readUInt32());
    Object value =
        codec == null ? WireFormat.readTyped(in, Message.class, depth + 1) : codec.read(in, depth);
    in.popLimit(outer);
    return value;
  }

  private static Object missing(Field field) throws IOException {
    return switch (field.kind) {
      case INT -> 0;
      case LONG -> 0L;
      case BOOLEAN -> false;
      case ENUM -> field.constants.get(0);
      case STRING -> "";
      case BYTES -> new byte[0];
      case RECORDS -> List.of();
      case RECORD -> codec(field).read(CodedInputStream.newInstance(new byte[0]));
      case MESSAGE -> throw new IOException("a message without its content");
    };
  }
}
