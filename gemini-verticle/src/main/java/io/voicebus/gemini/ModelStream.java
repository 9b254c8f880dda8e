package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.util.function.Consumer;

/**
 * Reads the text out of the bytes of a model's response, as the sources do, but without a socket.
 * It is for benchmarks. NOT thread safe.
 */
public final class ModelStream {
  private final ModelReader reader;
  private final Consumer<String> text;
  private final SseParser parser = new SseParser(this::event);

  private ModelStream(ModelProtocol protocol, Consumer<String> text) {
    this.reader = protocol.reader();
    this.text = text;
  }

  /** Reads a response of Gemini. */
  public static ModelStream gemini(Consumer<String> text) {
    return new ModelStream(new GeminiProtocol(GeminiSettings.read(defaults(), "")), text);
  }

  /** Reads a response of an OpenAI-compatible server. */
  public static ModelStream openAi(Consumer<String> text) {
    return new ModelStream(new OpenAiProtocol(OpenAiSettings.read(defaults(), "")), text);
  }

  private static Settings defaults() {
    return new Settings("gemini", new JsonObject());
  }

  /**
   * Takes the next bytes, which may be cut anywhere.
   *
   * @throws IllegalStateException if the bytes are not part of an answer
   */
  public void feed(byte[] bytes) {
    parser.feed(bytes);
  }

  private void event(byte[] data, int from, int length) {
    ModelChunk chunk = reader.read(data, from, length);
    if (chunk.fault().isPresent()) {
      throw new IllegalStateException(chunk.fault().get().detail());
    }
    text.accept(chunk.text());
  }
}
