package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The body of one response, from its bytes to what they add to the answer. Knows neither the time
 * nor the connection. NOT thread safe.
 */
final class ModelBody {
  /** How much of a body that is no answer is kept for messages, in bytes. */
  private static final int MAX_TOLD_BYTES = 64 * 1024;

  private final ModelProtocol protocol;
  private final boolean json;
  private final Consumer<ModelChunk> chunks;
  private final ModelReader reader;
  private final SseParser parser = new SseParser(this::event);
  private final StringBuilder told = new StringBuilder();

  private Optional<ModelFault> fault = Optional.empty();
  private final FinishReasons reasons = new FinishReasons();
  private long taken;

  /** The beginning of an event that is not of the protocol, before any that is. */
  private String foreign = "";

  private boolean anyText;
  private boolean done;

  /**
   * A body of which nothing has come.
   *
   * @param json whether it is said to be JSON, and no stream
   * @param chunks takes what is read, in order
   */
  ModelBody(ModelProtocol protocol, boolean json, Consumer<ModelChunk> chunks) {
    this.protocol = protocol;
    this.json = json;
    this.chunks = chunks;
    this.reader = protocol.reader();
  }

  /** The next bytes; whatever follows the end of the answer is not read. */
  void feed(byte[] bytes) {
    if (json && told.length() < MAX_TOLD_BYTES) {
      told.append(new String(bytes, StandardCharsets.UTF_8));
    }
    int strays = parser.strayBytes();
    try {
      parser.feed(bytes);
    } catch (SseParser.TooLargeException e) {
      String detail = protocol.words().service() + "'s stream is not usable: " + e.getMessage();
      fault = Optional.of(ModelFault.of(FailureKind.TOO_LARGE, detail, 0));
      return;
    }
    if (parser.strayBytes() > strays && parser.strayBytes() < MAX_TOLD_BYTES) {
      findFault();
    }
  }

  /** The body has ended. */
  void end() {
    parser.end();
  }

  /**
   * Ends the answer, whether or not the body has ended, and passes on what was held back.
   *
   * @return a fault, if what came is no answer
   */
  Optional<ModelFault> endAnswer() {
    if (findFault().isPresent()) {
      return fault;
    }
    if (!anyText) {
      readStrays();
    }
    String rest = reader.rest();
    if (!rest.isEmpty()) {
      chunks.accept(ModelChunk.of(rest));
    }
    if (json && !anyText && !finished()) {
      fault = Optional.of(protocol.refusal(200, told.toString(), Duration.ZERO));
    } else if (!reader.understood() && !done) {
      String what = foreign.isEmpty() ? parser.strays() : foreign;
      if (!what.isBlank()) {
        fault = Optional.of(protocol.words().noAnswer(what));
      }
    }
    return fault;
  }

  /** A fault that has been found. */
  Optional<ModelFault> fault() {
    return fault;
  }

  /** A failure that came as plain JSON. It takes precedence over all others. */
  Optional<ModelFault> findFault() {
    if (fault.isEmpty()) {
      fault = protocol.findIn(parser.strays());
    }
    return fault;
  }

  /** An answer that came as JSON over many lines, where events were asked for. */
  private void readStrays() {
    for (byte[] object : TolerantJson.objectsIn(parser.strays())) {
      take(reader.read(object, 0, object.length));
    }
  }

  private void event(byte[] data, int from, int length) {
    if (done) {
      return;
    }
    ModelChunk chunk = reader.read(data, from, length);
    if (foreign.isEmpty() && !chunk.last() && !reader.understood()) {
      int most = Math.min(length, MAX_TOLD_BYTES);
      foreign = new String(data, from, most, StandardCharsets.UTF_8);
    }
    take(chunk);
  }

  private void take(ModelChunk chunk) {
    anyText |= !chunk.text().isEmpty();
    boolean content = reader.progress() > taken;
    taken = reader.progress();
    if (!chunk.last()) {
      reasons.event(content, chunk.text(), chunk.finish() != ModelFinish.OPEN);
    }
    done |= chunk.last();
    chunks.accept(chunk);
  }

  /** What the reasons to finish so far are worth. */
  FinishReasons reasons() {
    return reasons;
  }

  private boolean finished() {
    return done || reasons.any();
  }

  /** Whether nothing follows, whatever the connection does. */
  boolean done() {
    return done;
  }

  /** Grows with all that the model has said or thought. */
  long progress() {
    return reader.progress();
  }

  /** Whether the model has thought. */
  boolean thought() {
    return reader.thought();
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return reader.usage();
  }
}
