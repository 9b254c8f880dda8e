package io.voicebus.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapperSupplier;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Voicebus as a server of the Model Context Protocol, for any number of clients over any transport.
 * It keeps nothing of a client but its requests under way, so that any instance may serve each of
 * its messages. Nothing of the SDK is loaded before the first message. Thread-safe.
 */
public final class McpServer {
  private static final String INSTRUCTIONS =
      "Voicebus speaks. Use say to tell the user something aloud: short sentences, without tables"
          + " and code.";

  private final Speaker speaker;
  private final Set<Output> outputs;
  private final McpRequests requests = new McpRequests();
  private @Nullable Core core;

  /**
   * A server.
   *
   * @param speaker where texts are said aloud
   * @param outputs where clients may have sound go; {@code AUDIO} is one of them
   */
  public McpServer(Speaker speaker, Set<Output> outputs) {
    this.speaker = speaker;
    this.outputs = Set.copyOf(outputs);
  }

  /** The protocol's revisions that are spoken, the oldest first. */
  public static List<String> revisions() {
    return List.of(
        ProtocolVersions.MCP_2024_11_05,
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  /** The loudspeaker. */
  public Speaker speaker() {
    return speaker;
  }

  /** What is under way, of all clients. */
  McpRequests requests() {
    return requests;
  }

  /**
   * Ends a client's request, if it is under way here, for another server of the same clients.
   *
   * @param client what the client is known by
   * @param request as {@link McpTurns#cancelElsewhere} has it
   */
  public void cancel(String client, String request) {
    requests.cancel(client, request);
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = McpServer.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** Loads the SDK with the first call, which takes tenths of a second: not on an event loop. */
  synchronized Core core() {
    Core known = core;
    if (known == null) {
      known = new Core(new McpTools(speaker, outputs));
      core = known;
    }
    return known;
  }

  /** The SDK's server; each message that arrives is passed to its handler. */
  static final class Core implements McpStatelessServerTransport {
    private final McpJsonMapper json = new JacksonMcpJsonMapperSupplier().get();
    private @Nullable McpStatelessServerHandler handler;

    Core(McpTools tools) {
      io.modelcontextprotocol.server.McpServer.async(this)
          .serverInfo("voicebus", version())
          .instructions(INSTRUCTIONS)
          .capabilities(ServerCapabilities.builder().tools(false).build())
          .jsonMapper(json)
          .jsonSchemaValidator(
              (schema, value) -> JsonSchemaValidator.ValidationResponse.asValid(null))
          .validateToolInputs(false)
          .tools(tools.all())
          .build();
    }

    McpJsonMapper json() {
      return json;
    }

    McpStatelessServerHandler handler() {
      McpStatelessServerHandler known = handler;
      if (known == null) {
        throw new IllegalStateException("the SDK has given no handler");
      }
      return known;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler given) {
      handler = given;
    }

    @Override
    public List<String> protocolVersions() {
      return revisions();
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
