package io.voicebus.launcher;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Keeps Vert.x at the JSON that it has always read here. It would take Jackson's data binding,
 * which is there for MCP alone, and load it at every start.
 */
public final class StreamedJson implements JsonFactory {
  @Override
  public JsonCodec codec() {
    return new JacksonCodec();
  }
}
