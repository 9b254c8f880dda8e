package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream of text and its audio, from the first message to the final one. */
final class ElevenContext implements SpeechRun.Listener {
  private final ElevenSocket socket;
  private final @Nullable String id;
  private final JsonObject settings;
  private final ElevenTextBuffer buffer;
  private final ArrayDeque<String> segments = new ArrayDeque<>();
  private @Nullable ElevenScript script;
  private @Nullable SpeechRun run;
  private String saying = "";
  private int pieces;
  private boolean closing;
  private boolean over;

  /**
   * @param settings of the message that opened it; later ones must not differ
   */
  ElevenContext(ElevenSocket socket, @Nullable String id, JsonObject settings, boolean autoMode) {
    this.socket = socket;
    this.id = id;
    this.settings = settings;
    this.buffer = new ElevenTextBuffer(autoMode, schedule(settings));
  }

  private static List<Integer> schedule(JsonObject settings) {
    JsonObject generation = settings.getJsonObject("generation_config");
    JsonArray given = generation == null ? null : generation.getJsonArray("chunk_length_schedule");
    if (given == null || given.isEmpty()) {
      return ElevenTextBuffer.SCHEDULE;
    }
    return given.stream().map(value -> ((Number) value).intValue()).toList();
  }

  /** What its first message has set. */
  JsonObject settings() {
    return settings;
  }

  @Nullable String id() {
    return id;
  }

  /** Whether more text may come. */
  boolean open() {
    return !closing && !over;
  }

  boolean contradicts(JsonObject later) {
    return later.fieldNames().stream()
        .anyMatch(name -> !later.getValue(name).equals(settings.getValue(name)));
  }

  void text(String text, boolean trigger) {
    buffer.add(text, trigger).ifPresent(this::queue);
  }

  void flush() {
    buffer.flush().ifPresent(this::queue);
  }

  /** No more text: what there is, is said, and then comes the final message. */
  void close() {
    closing = true;
    flush();
    next();
  }

  /** Stops at once; no message follows. */
  void drop() {
    over = true;
    segments.clear();
    release();
  }

  private void release() {
    if (run != null) {
      run.stop();
      run = null;
      socket.usage().finished();
    }
  }

  private void queue(String segment) {
    segments.add(segment);
    next();
  }

  private void next() {
    if (run != null || over) {
      return;
    }
    Optional<String> segment = Optional.ofNullable(segments.poll());
    if (segment.isPresent()) {
      say(segment.get());
    } else if (closing) {
      over = true;
      socket.finished(this);
    }
  }

  private void say(String segment) {
    if (socket.usage().full()) {
      socket.fail(ElevenError.of("too_many_concurrent_requests"), this);
    } else if (!socket.usage().bill(segment.length())) {
      socket.fail(ElevenError.of("quota_exceeded"), this);
    } else {
      if (script == null) {
        script = socket.script(this, segment);
      }
      saying = segment;
      socket.usage().begun();
      run =
          new SpeechRun(
              socket.vertx(),
              segment,
              socket.spec().sampleRateHz(),
              script.pace(),
              script.fault()::dueAfter,
              pieces,
              this);
      run.start();
    }
  }

  @Override
  public void piece(byte[] audio, boolean first) {
    pieces++;
    ElevenFault fault = script == null ? ElevenFault.none() : script.fault();
    JsonObject frame =
        new JsonObject()
            .put("audio", Base64.getEncoder().encodeToString(fault.audio(audio)))
            .putNull("isFinal")
            .put("alignment", first ? fault.times(ElevenAlignment.millis(saying)) : null)
            .put("normalizedAlignment", first ? ElevenAlignment.normalizedMillis(saying) : null);
    socket.send(frame, this);
  }

  @Override
  public void done() {
    release();
    socket.send(new JsonObject().put("type", "flush_done"), this);
    next();
  }

  @Override
  public void fault() {
    if (script != null && script.fault().kind() == ElevenFault.Kind.END) {
      segments.clear();
      release();
      if (closing) {
        next();
      }
    } else if (script != null) {
      socket.suffer(script.fault(), this);
    }
  }
}
