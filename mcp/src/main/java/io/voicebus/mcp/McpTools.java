package io.voicebus.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Stage;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.LanguageTag;
import io.voicebus.contract.Sink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The tools. Each is called on any thread, and does its work on its client's context. */
final class McpTools {
  /** The key of a call's {@link McpTurns}. */
  static final String TURNS = "turns";

  /** Of one engine: a model reads them all, each time. */
  private static final int MAX_VOICES = 50;

  private final Speaker speaker;
  private final Set<Output> outputs;

  McpTools(Speaker speaker, Set<Output> outputs) {
    this.speaker = speaker;
    this.outputs = Set.copyOf(outputs);
  }

  /** What one does. */
  private interface Body {
    Future<CallToolResult> call(McpTurns turns, Map<String, Object> arguments);
  }

  /** All of them. */
  List<AsyncToolSpecification> all() {
    List<AsyncToolSpecification> tools = new ArrayList<>();
    boolean aloud = outputs.contains(Output.SPEAKER);
    tools.add(
        new AsyncToolSpecification(
            tool(
                "say",
                aloud
                    ? "Say a text aloud to the user. Texts are spoken one after the other."
                    : "Have a text spoken; its sound comes back in the answer.",
                SayOrder.properties(outputs),
                List.of("text"),
                false),
            (context, request) -> say(turns(context), given(request.arguments()))));
    tools.add(
        simple(
            "voices",
            "List the voices that say can speak with.",
            Map.of(
                "language",
                Map.of("type", "string", "description", "Only those that speak it, such as en.")),
            this::voices));
    if (aloud) {
      tools.add(
          simple("stop", "Stop speaking, and drop what waits to be said.", Map.of(), this::stop));
      tools.add(
          simple(
              "status",
              "Tell what is being said, what waits, and what could not be said.",
              Map.of(),
              this::status));
    }
    return tools;
  }

  private static AsyncToolSpecification simple(
      String name, String description, Map<String, Object> properties, Body body) {
    boolean reads = !name.equals("stop");
    return new AsyncToolSpecification(
        tool(name, description, properties, List.of(), reads),
        (context, request) ->
            mono(
                turns(context),
                () -> {
                  Map<String, Object> given = given(request.arguments());
                  new Arguments(name, given, properties);
                  return body.call(turns(context), given);
                }));
  }

  private static Tool tool(
      String name,
      String description,
      Map<String, Object> properties,
      List<String> required,
      boolean reads) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return Tool.builder(name, schema)
        .description(description)
        .annotations(
            ToolAnnotations.builder()
                .readOnlyHint(reads)
                .destructiveHint(false)
                .openWorldHint(false)
                .build())
        .build();
  }

  private static McpTurns turns(McpTransportContext context) {
    return (McpTurns) context.get(TURNS);
  }

  @SuppressWarnings("NullAway") // A request without arguments has none.
  private static Map<String, Object> given(Map<String, Object> arguments) {
    return arguments == null ? Map.of() : arguments;
  }

  // say

  private Mono<CallToolResult> say(McpTurns turns, Map<String, Object> given) {
    return Mono.create(
        sink ->
            turns
                .context()
                .runOnContext(
                    ignored -> {
                      try {
                        SayOrder order = SayOrder.parse(given, outputs, turns.maxTextBytes());
                        SaidText said = begin(turns, order);
                        sink.onCancel(() -> turns.context().runOnContext(gone -> giveUp(said)));
                        said.answer().onComplete(sink::success, sink::error);
                      } catch (RuntimeException refused) {
                        sink.success(refused(refused));
                      }
                    }));
  }

  private SaidText begin(McpTurns turns, SayOrder order) {
    if (order.turn().sink() == Sink.CARD) {
      SpokenText spoken = new SpokenText(turns, speaker, order);
      spoken.queue();
      return spoken;
    }
    SaidText said =
        order.turn().sink() == Sink.FILE
            ? new WrittenFile(turns, order.turn().path())
            : new AudioAnswer(turns);
    said.start(order.turn());
    return said;
  }

  private static void giveUp(SaidText said) {
    if (said instanceof SpokenText spoken) {
      spoken.abandoned();
    } else {
      said.cancel("the client has gone");
    }
  }

  // The others

  private Future<CallToolResult> stop(McpTurns turns, Map<String, Object> given) {
    int stopped = speaker.stop("the tool stop was used");
    return told(
        stopped == 0
            ? "nothing was being said"
            : "stopped" + (stopped == 1 ? "" : ", with " + (stopped - 1) + " that waited"));
  }

  private Future<CallToolResult> status(McpTurns turns, Map<String, Object> given) {
    Speaker.State state = speaker.state();
    List<String> lines = new ArrayList<>();
    lines.add(
        state.speaking() == 0
            ? "nothing is being said"
            : "text " + state.speaking() + " is being said, and " + state.waiting() + " wait");
    state.failures().forEach(failure -> lines.add("failed: " + failure));
    return told(String.join("\n", lines));
  }

  private Future<CallToolResult> voices(McpTurns turns, Map<String, Object> given) {
    Arguments arguments = new Arguments("voices", given, given);
    String tag = arguments.text("language").orElse("").trim();
    String language =
        tag.isEmpty()
            ? ""
            : LanguageTag.code(tag)
                .orElseThrow(() -> arguments.wrong("language", LanguageTag.EXPECTED));
    return turns.voices().compose(engines -> told(list(engines, language)));
  }

  private static String list(List<EngineVoices> engines, String language) {
    List<String> lines = new ArrayList<>();
    for (EngineVoices engine : engines) {
      if (engine.usable()) {
        list(engine, language, lines);
      }
    }
    return lines.isEmpty() ? "there is no such voice" : String.join("\n", lines);
  }

  private static void list(EngineVoices engine, String language, List<String> lines) {
    List<EngineVoice> fitting =
        engine.voices().stream()
            .filter(
                voice ->
                    language.isEmpty()
                        || voice.language().isEmpty()
                        || LanguageTag.code(voice.language()).orElse("").equals(language))
            .toList();
    for (EngineVoice voice : fitting.subList(0, Math.min(MAX_VOICES, fitting.size()))) {
      String speaks = voice.language().isEmpty() ? "" : " (" + voice.language() + ")";
      lines.add(engine.engine() + "/" + voice.id() + "  " + voice.name() + speaks);
    }
    if (fitting.size() > MAX_VOICES) {
      lines.add("… and " + (fitting.size() - MAX_VOICES) + " more of " + engine.engine());
    }
  }

  private static Future<CallToolResult> told(String words) {
    return Future.succeededFuture(SaidText.text(words, false));
  }

  // What they have in common

  private interface Call {
    Future<CallToolResult> make();
  }

  private static Mono<CallToolResult> mono(McpTurns turns, Call call) {
    return Mono.create(
        sink ->
            turns
                .context()
                .runOnContext(
                    ignored -> {
                      try {
                        call.make().onComplete(sink::success, why -> sink.success(refused(why)));
                      } catch (RuntimeException refused) {
                        sink.success(refused(refused));
                      }
                    }));
  }

  /** An error of a tool is its answer, from which a model can learn. */
  private static CallToolResult refused(Throwable why) {
    String words =
        why instanceof IllegalArgumentException
            ? String.valueOf(why.getMessage())
            : Failure.of(Stage.OWNER, why).detail();
    return SaidText.text(words, true);
  }
}
