package io.voicebus.wyoming;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.Utf16Pieces;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One client. Its texts are spoken in its order, one after the other; a text may come in pieces.
 * NOT thread safe: bound to its connection's context.
 */
final class WyomingConnection {
  /** Texts that may wait for the one that is being spoken. */
  static final int MAX_WAITING = 16;

  /** 20 ms in place of a text of which nothing can be spoken. */
  private static final int SILENCE_HZ = 16_000;

  private static final int SILENCE_BYTES = 640;

  private static final String NOT_BEGUN = "no text has begun: send synthesize-start before it";

  private static final String HALF = "the text has half of a surrogate pair";

  /** What its socket does for it. */
  interface Wire {
    void send(WyomingEvent event);

    /** Whether as much waits for the client to read as should. */
    boolean full();

    /** Closes when all is sent. */
    void close();

    /** Reads no more for now, or goes on. */
    void reading(boolean on);
  }

  /** Says a text, and tells what becomes of it. */
  interface Speaker {
    /**
     * Begins.
     *
     * @throws VoicebusException why not
     */
    Spoken start(TurnRequest request, WyomingConnection listener);

    /** Answers with what can be used: {@link #answer}, at once or later. */
    void describe(WyomingConnection asker);
  }

  /** A text that is being spoken. */
  interface Spoken {
    /** The way to write it, of one that comes in pieces. */
    TextFeed feed();

    /** The client takes audio again. */
    void drained();

    void cancel(String why);
  }

  /** A text that waits; null for one that comes in pieces. */
  private record Waiting(@Nullable String text, JsonObject voice) {}

  private final Wire wire;
  private final Speaker speaker;
  private final WyomingFrames frames = new WyomingFrames();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Spoken spoken;

  /** Of the text that comes in pieces, once it is its turn. */
  private @Nullable TextFeed feed;

  /** The client is within a text that comes in pieces. */
  private boolean streaming;

  /** Pieces of it that come before its turn has. */
  private final StringBuilder early = new StringBuilder();

  private final Utf16Pieces characters = new Utf16Pieces();
  private boolean written;
  private boolean stopped;

  /** The text that is being spoken comes in pieces. */
  private boolean inPieces;

  private int rateHz;

  /** An answer waits for the client to read. */
  private boolean owes;

  /** The client has written more of a text than is spoken. */
  private boolean ahead;

  private boolean over;

  WyomingConnection(Wire wire, Speaker speaker) {
    this.wire = wire;
    this.speaker = speaker;
  }

  /** Whether it has nothing to say, and is not about to. */
  boolean idle() {
    return spoken == null && !streaming;
  }

  // What the client says.

  void accept(Buffer bytes) {
    if (over) {
      return;
    }
    try {
      frames.accept(bytes, this::onUnlessOver);
    } catch (WyomingFrames.Malformed why) {
      fail("bad-request", String.valueOf(why.getMessage()));
    }
  }

  private void onUnlessOver(WyomingEvent event) {
    if (!over) {
      on(event);
    }
  }

  private void on(WyomingEvent event) {
    switch (event.type()) {
      case "describe" -> speaker.describe(this);
      case "ping" ->
          answer(new WyomingEvent("pong", new JsonObject().put("text", event.text("text"))));
      case "synthesize" -> {
        if (!streaming) {
          enqueue(new Waiting(whole(string(event.data(), "text")), voice(event)));
        } else if (!written) {
          append(string(event.data(), "text"));
        }
        // Else it is the whole text once more, for servers that do not take pieces.
      }
      case "synthesize-start" -> begin(voice(event));
      case "synthesize-chunk" -> {
        if (streaming) {
          append(string(event.data(), "text"));
        } else {
          fail("bad-request", NOT_BEGUN);
        }
      }
      case "synthesize-stop" -> {
        if (streaming) {
          stop();
        } else {
          fail("bad-request", NOT_BEGUN); // its client waits for synthesize-stopped
        }
      }
      default -> {} // of a newer client, or for another kind of server
    }
  }

  /** A string: a value of another kind would be taken for nothing, in silence. */
  private static String string(JsonObject data, String name) {
    Object value = data.getValue(name);
    if (value == null || value instanceof String) {
      return value == null ? "" : (String) value;
    }
    throw new WyomingFrames.Malformed("'" + name + "' is no string");
  }

  private static JsonObject voice(WyomingEvent event) {
    Object value = event.data().getValue("voice");
    if (value == null || value instanceof JsonObject) {
      JsonObject voice = event.object("voice");
      string(voice, "name");
      string(voice, "language");
      return voice;
    }
    throw new WyomingFrames.Malformed("a voice is an object with a name or a language");
  }

  /** The text, if each of its characters is whole: JSON can name halves, and UTF-8 cannot. */
  private static String whole(String text) {
    if (text.codePoints().anyMatch(one -> Character.getType(one) == Character.SURROGATE)) {
      throw new WyomingFrames.Malformed(HALF);
    }
    return text;
  }

  private void begin(JsonObject voice) {
    if (streaming) {
      fail("bad-request", "a text has begun already: stop it before the next one begins");
      return;
    }
    streaming = true;
    written = false;
    stopped = false;
    early.setLength(0);
    characters.forget();
    enqueue(new Waiting(null, voice));
  }

  private void append(String piece) {
    String text = whole(characters.next(piece));
    written |= !text.isBlank();
    TextFeed to = feed;
    if (to == null) {
      early.append(text);
      if (early.length() > WyomingFrames.MAX_PART) {
        fail("too-large", "there is too much text for what is still being spoken");
      }
    } else {
      to.append(text);
      ahead = to.isFull();
      readOrNot();
    }
  }

  private void stop() {
    if (characters.isCut()) {
      throw new WyomingFrames.Malformed(HALF);
    }
    streaming = false;
    stopped = true;
    TextFeed to = feed;
    if (to != null) {
      feed = null;
      to.end();
    }
  }

  private void enqueue(Waiting next) {
    if (waiting.size() == MAX_WAITING) {
      fail("rate-limited", "there are " + MAX_WAITING + " texts that wait already");
      return;
    }
    waiting.add(next);
    next();
  }

  // What is said.

  private void next() {
    while (!over && spoken == null && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      String text = next.text();
      rateHz = 0;
      inPieces = text == null;
      if (text != null && text.isBlank()) {
        end();
        answered();
        continue;
      }
      try {
        TurnOptions options = options(next.voice());
        Spoken begun =
            speaker.start(
                text == null ? TurnRequest.feed(options) : TurnRequest.toCaller(text, options),
                this);
        spoken = begun;
        if (text == null) {
          write(begun.feed());
        }
      } catch (VoicebusException why) {
        failed(why.failure());
      }
    }
  }

  private void write(TextFeed to) {
    to.drainHandler(
        () -> {
          ahead = false;
          readOrNot();
        });
    to.append(early.toString());
    early.setLength(0);
    if (stopped) {
      to.end();
    } else {
      feed = to;
    }
  }

  private static TurnOptions options(JsonObject voice) {
    String name = string(voice, "name");
    String tag = string(voice, "language");
    String language =
        tag.matches("[A-Za-z]{2}([-_].*)?") ? tag.substring(0, 2).toLowerCase(Locale.ROOT) : "";
    return TurnOptions.DEFAULTS
        .withMode(TextMode.SAY)
        .withPace(Pace.ASAP)
        .withVoice(name.equals(WyomingInfo.DEFAULT) ? "" : name)
        .withLanguage(language);
  }

  /** The first sound is there. */
  void format(int sampleRateHz) {
    rateHz = sampleRateHz;
    send(new WyomingEvent("audio-start", audio(sampleRateHz).putNull("timestamp")));
  }

  private static JsonObject audio(int sampleRateHz) {
    return new JsonObject().put("rate", sampleRateHz).put("width", 2).put("channels", 1);
  }

  /** Whole samples. */
  void audio(byte[] pcm) {
    send(new WyomingEvent("audio-chunk", audio(rateHz), pcm));
  }

  /** All was said that will be said. */
  void ended(@Nullable Failure why) {
    spoken = null;
    feed = null;
    if (why != null) {
      failed(why);
      return;
    }
    end();
    next();
  }

  private void end() {
    if (rateHz == 0) {
      // Clients read until a text's end, also that of one without a word, and Home Assistant makes
      // a file of the samples that it cannot read without any.
      format(SILENCE_HZ);
      audio(new byte[SILENCE_BYTES]);
    }
    send(new WyomingEvent("audio-stop", new JsonObject().putNull("timestamp")));
    if (inPieces) {
      send(new WyomingEvent("synthesize-stopped", new JsonObject()));
    }
  }

  private void failed(Failure why) {
    fail(code(why.kind()), why.detail());
  }

  private static String code(FailureKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void fail(String code, String text) {
    if (!over) {
      send(new WyomingEvent("error", new JsonObject().put("text", text).put("code", code)));
      wire.close();
      closed("its client was told of a failure");
    }
  }

  /** Tells the client. */
  void send(WyomingEvent event) {
    if (!over) {
      wire.send(event);
    }
  }

  /**
   * Tells the client what it has asked, which costs nothing: one that does not read is not read.
   */
  void answer(WyomingEvent event) {
    send(event);
    answered();
  }

  private void answered() {
    owes = wire.full();
    readOrNot();
  }

  /** The client has read what waited for it. */
  void drained() {
    owes = false;
    readOrNot();
    if (spoken != null) {
      spoken.drained();
    }
  }

  private void readOrNot() {
    if (!over) {
      wire.reading(!owes && !ahead);
    }
  }

  /** The connection is gone, or no more is wanted of it. */
  void closed(String why) {
    if (over) {
      return;
    }
    over = true;
    waiting.clear();
    Spoken last = spoken;
    spoken = null;
    feed = null;
    if (last != null) {
      last.cancel(why);
    }
  }
}
