package io.voicebus.turn.recording;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTimings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Recorder} has written of one turn.
 *
 * @param head what was asked
 * @param lines what happened, in order
 * @param end how the turn ended; null where that was not written
 * @param cut why not all of it is here, in words; empty where all is
 */
public record Recording(Head head, List<Line> lines, @Nullable End end, String cut) {
  /** Of the format: of another version nothing is read. */
  public static final int VERSION = 1;

  /** Its first member says what the file is. */
  static final String MAGIC = "voicebus_recording";

  static final String AT = "at_nanos";
  static final String STOPPED = "stopped";
  static final String WHY = "why";

  /**
   * What was asked. There is no conversation and no background in it: neither is needed.
   *
   * @param turn its id
   * @param generation as {@link io.voicebus.turn.Turn#generation} has it
   * @param software the version that wrote it
   * @param startedAt when it was accepted, as ISO 8601 has it
   * @param prompt the prompt or the text; empty for a feed
   * @param options what was chosen
   * @param sink where the audio went
   */
  public record Head(
      String turn,
      int generation,
      String software,
      String startedAt,
      String prompt,
      TurnOptions options,
      Sink sink) {
    static Head of(
        TurnId turn, int generation, TurnRequest request, String software, String startedAt) {
      return new Head(
          turn.value(),
          generation,
          software,
          startedAt,
          request.prompt(),
          request.options().withConversation(""),
          request.sink());
    }

    JsonObject json() {
      return new JsonObject().put(MAGIC, VERSION).mergeIn(RecordJson.of(this));
    }
  }

  /**
   * Something that passed through the turn's owner.
   *
   * @param atNanos from the turn's acceptance
   */
  public record Line(long atNanos, Message item) {
    JsonObject json() {
      return new JsonObject().put(AT, atNanos).mergeIn(ItemJson.of(item));
    }
  }

  /**
   * The turn's end.
   *
   * @param atNanos from the turn's acceptance
   * @param failure why, unless it finished; else null
   */
  public record End(long atNanos, Outcome outcome, @Nullable Failure failure, TurnTimings timings) {
    static final String TYPE = "end";

    JsonObject json() {
      JsonObject json =
          new JsonObject()
              .put(AT, atNanos)
              .put(ItemJson.TYPE, TYPE)
              .put("outcome", RecordJson.dashed(outcome));
      if (failure != null) {
        json.put("failure", RecordJson.of(failure));
      }
      return json.put("timings", RecordJson.of(timings));
    }

    static End read(JsonObject json) {
      JsonObject failure = json.getJsonObject("failure");
      JsonObject timings = json.getJsonObject("timings");
      return new End(
          at(json),
          Outcome.valueOf(text(json, "outcome").replace('-', '_').toUpperCase(Locale.ROOT)),
          failure == null ? null : RecordJson.read(failure, Failure.class),
          RecordJson.read(timings == null ? new JsonObject() : timings, TurnTimings.class));
    }
  }

  /** A line has a prompt, or 16 KiB of sound. */
  static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

  public Recording {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file. What a process that was killed has left half written is left out.
   *
   * @throws IOException where it cannot be read
   * @throws IllegalArgumentException for what is no recording, or is damaged; says where
   */
  public static Recording read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new Reader(file.getFileName().toString(), in).read();
    }
  }

  /** Reads one from a stream. */
  static Recording read(String name, InputStream in) throws IOException {
    return new Reader(name, in).read();
  }

  /** When it happened; a field that is null is as good as none, here and below. */
  private static long at(JsonObject json) {
    Long at = json.getLong(AT);
    return at == null ? 0 : at;
  }

  private static String text(JsonObject json, String name) {
    String text = json.getString(name);
    return text == null ? "" : text;
  }

  private static final class Reader {
    private final LineInput in;
    private final String name;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable End end;
    private String cut = "";
    private int number;

    Reader(String name, InputStream in) {
      this.name = name;
      this.in = new LineInput(in, MAX_LINE_BYTES);
    }

    Recording read() throws IOException {
      Head head = head();
      String text;
      while ((text = next()) != null) {
        line(text);
      }
      if (cut.isEmpty() && (end == null || in.isCut())) {
        cut = "it breaks off: the process that wrote it was ended in the middle of the turn";
      }
      return new Recording(head, lines, end, cut);
    }

    private @Nullable String next() throws IOException {
      number++;
      try {
        return in.next();
      } catch (LineInput.TooLongException e) {
        throw damaged("is longer than any that is written", e);
      }
    }

    private Head head() throws IOException {
      String first;
      JsonObject json;
      number = 1;
      try {
        first = in.next();
        json = first == null ? new JsonObject() : new JsonObject(first);
        if (!(json.getValue(MAGIC) instanceof Integer)) {
          throw new IllegalArgumentException("no head");
        }
      } catch (DecodeException | IllegalArgumentException | LineInput.TooLongException e) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is no recording of a turn: name a file that was written to record-directory",
            e);
      }
      if (json.getInteger(MAGIC) != VERSION) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is a recording of format "
                + json.getInteger(MAGIC)
                + ", and this Voicebus reads format "
                + VERSION
                + ": replay it with the version that wrote it, "
                + json.getValue("software"));
      }
      try {
        return RecordJson.read(json, Head.class);
      } catch (RuntimeException e) {
        throw damaged("has no head that can be read: " + e.getMessage(), e);
      }
    }

    private void line(String text) {
      try {
        JsonObject json = new JsonObject(text);
        String type = text(json, ItemJson.TYPE);
        if (type.equals(End.TYPE)) {
          end = End.read(json);
        } else if (type.equals(STOPPED)) {
          cut = text(json, WHY);
        } else if (ItemJson.isKnown(type)) {
          lines.add(new Line(at(json), ItemJson.read(json)));
        }
      } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
        throw damaged("cannot be read: " + e.getMessage(), e);
      }
    }

    private IllegalArgumentException damaged(String what, Throwable why) {
      String fault = "'" + name + "' is damaged: line " + number + " " + what;
      return new IllegalArgumentException(
          fault.length() > 300 ? fault.substring(0, 300) + "…" : fault, why);
    }
  }
}
