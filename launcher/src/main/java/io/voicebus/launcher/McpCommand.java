package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.mcp.McpServer;
import io.voicebus.mcp.McpSession;
import io.voicebus.mcp.Output;
import io.voicebus.mcp.Speaker;
import java.io.OutputStream;
import java.util.EnumSet;

/** {@code voicebus mcp}: tools for an agent that starts this as its child. */
final class McpCommand extends Command implements TakesSettings {
  private static final EnumSet<Role> STAGES =
      EnumSet.complementOf(EnumSet.of(Role.HTTP, Role.GEMINI));

  private final SettingSources sources;
  private final OutputStream out;

  McpCommand(SettingSources sources, OutputStream out) {
    super(
        "mcp",
        "Serve tools to an agent (MCP) over standard input and output.",
        "The tools are say, stop, voices and status. Name this command in the settings",
        "of the agent; see docs/mcp.md.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    // Whatever any library prints must not come between the messages.
    System.setOut(System.err);
    Configuration configuration = sources.load();
    Vertx vertx = Vertx.vertx(EventLoops.options());
    Speaker speaker = new Speaker();
    Thread stop =
        new Thread(
            () -> {
              speaker.stop("Voicebus has stopped");
              Waiting.briefly(vertx.close());
            },
            "voicebus-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (Recordings recordings = Recordings.install(vertx, configuration, sources.directory())) {
      Waiting.on(new Pipeline(vertx, configuration).deployStages(STAGES));
      String language = OnlyVoice.expected(configuration, vertx, System.getenv());
      McpVerticle turns = new McpVerticle(language);
      Waiting.on(vertx.deployVerticle(turns));
      McpServer server = new McpServer(speaker, EnumSet.allOf(Output.class));
      new McpMessages(System.in, out, turns.context(), new McpSession(server, turns)).run();
      // What was asked for is spoken; a client that wants silence ends the process.
      speaker.silence().toCompletionStage().toCompletableFuture().get();
      return 0;
    } finally {
      Waiting.forget(stop);
      Waiting.quietly(vertx.close());
    }
  }
}
