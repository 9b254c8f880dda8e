package io.voicebus.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of one event without building a tree, so that unused fields cost next to nothing.
 * A value of an unexpected type counts as missing.
 */
final class EventJson implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser in;

  /**
   * Walks over bytes.
   *
   * @throws IOException when there is no JSON object
   */
  EventJson(byte[] data, int from, int length) throws IOException {
    in = JSON.createParser(data, from, length);
    if (in.nextToken() != JsonToken.START_OBJECT) {
      in.close();
      throw new IOException("no object");
    }
  }

  /** What to do with each field of an object; must take its value, or leave it alone. */
  interface Fields {
    /** Takes a value, or does nothing. */
    void field(String name, EventJson at) throws IOException;
  }

  /** Walks over the fields of the whole, and to its end. */
  void walk(Fields fields) throws IOException {
    object(fields);
    if (in.nextToken() != null) {
      throw new IOException("something follows the object");
    }
  }

  private void object(Fields fields) throws IOException {
    String name;
    while ((name = in.nextFieldName()) != null) {
      in.nextToken();
      fields.field(name, this);
      // Does nothing where the value has been taken.
      in.skipChildren();
    }
  }

  /** The value is an object: walks over its fields. */
  void fields(Fields fields) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      object(fields);
    }
  }

  /** What to do with each object of an array. */
  interface Objects {
    /** Begins an object; its fields follow. */
    Fields next();

    /** The object has no more fields. */
    void done();
  }

  /** The value is an array: walks over the objects in it. */
  void objects(Objects each) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    JsonToken token;
    while ((token = in.nextToken()) != JsonToken.END_ARRAY) {
      if (token == null) {
        throw new IOException("an array does not end");
      }
      if (token == JsonToken.START_OBJECT) {
        object(each.next());
        each.done();
      } else {
        in.skipChildren();
      }
    }
  }

  /** What to do with each part of a list that may have strings in it, too. */
  interface Parts extends Objects {
    /** A string. */
    void string(String text);
  }

  /** The value is a list of objects and strings, or one object. */
  void parts(Parts each) throws IOException {
    if (isObject()) {
      object(each.next());
      each.done();
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    JsonToken token;
    while ((token = in.nextToken()) != JsonToken.END_ARRAY) {
      if (token == null) {
        throw new IOException("an array does not end");
      }
      if (token == JsonToken.START_OBJECT) {
        object(each.next());
        each.done();
      } else if (token == JsonToken.VALUE_STRING) {
        each.string(in.getText());
      } else {
        in.skipChildren();
      }
    }
  }

  /** Null, or a string, a list or an object without anything in it; takes the value. */
  boolean isEmpty() throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getTextLength() == 0;
      case START_ARRAY, START_OBJECT -> {
        JsonToken first = in.nextToken();
        boolean empty = first == JsonToken.END_ARRAY || first == JsonToken.END_OBJECT;
        for (int depth = 1; !empty && depth > 0; ) {
          in.skipChildren();
          JsonToken next = in.nextToken();
          depth -= next == null || next.isStructEnd() ? 1 : 0;
        }
        yield empty;
      }
      default -> true;
    };
  }

  boolean isObject() {
    return in.currentToken() == JsonToken.START_OBJECT;
  }

  /** A string, or nothing. */
  @Nullable String text() throws IOException {
    return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : null;
  }

  /** A number, or 0. */
  int number() throws IOException {
    JsonToken token = in.currentToken();
    return token != null && token.isNumeric() ? (int) in.getDoubleValue() : 0;
  }

  boolean flag() {
    return in.currentToken() == JsonToken.VALUE_TRUE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
