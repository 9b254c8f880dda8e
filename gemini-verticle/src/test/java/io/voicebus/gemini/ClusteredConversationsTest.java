package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.ClusteredVertx;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.Heard;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiScript;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Text sources in two JVMs of one cluster; this one has the owner, the chunker and the model. */
@Tag("slow")
@Timeout(240)
class ClusteredConversationsTest {
  private static final int[] PORTS = ClusteredVertx.freePorts(2);

  private final Vertx services = Vertx.vertx();
  private final Vertx node = await(ClusteredVertx.start(PORTS[0], PORTS));
  private final VertxBus owner = await(VertxBus.register(node, Clock.system(), "owner"));
  private final Map<String, JsonArray> asked = new ConcurrentHashMap<>();
  private final Map<TurnId, Promise<Void>> written = new ConcurrentHashMap<>();
  private final Map<Long, Promise<Void>> told = new ConcurrentHashMap<>();
  private final Set<String> instances = new HashSet<>();
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void close() {
    await(node.close());
    await(services.close());
  }

  private GeminiScript answer(GeminiCall call) {
    asked.put(call.prompt(), call.body().getJsonArray("contents"));
    return GeminiScript.answer("answer to " + call.prompt());
  }

  private void listen() {
    owner.inbox().onOpen(ReportOpen.class, (head, report) -> ignore(report));
    owner
        .inbox()
        .onOpen(
            TextOpen.class,
            (TextOpen head, BusReadStream<Message> text) -> {
              ignore(text);
              text.endHandler(end -> done(written.get(head.turn().turn())));
            });
    owner
        .inbox()
        .onOpen(
            ConversationAnswer.class,
            (ConversationAnswer head, BusReadStream<Message> answer) -> {
              ignore(answer);
              done(told.get(head.number()));
            });
  }

  private static void done(@Nullable Promise<Void> awaited) {
    if (awaited != null) {
      awaited.tryComplete();
    }
  }

  private static void ignore(BusReadStream<Message> stream) {
    stream.handler(ignored -> {});
    stream.exceptionHandler(ignored -> {});
  }

  private Future<BusWriteStream<Message>> open(String to, Message head) {
    Promise<BusWriteStream<Message>> opened = Promise.promise();
    owner.execute(() -> owner.inbox().<Message>open(to, head).onComplete(opened));
    return opened.future();
  }

  /** A whole turn of the conversation, of which the first word is heard. */
  private void say(String prompt) {
    TurnId turn = TurnId.random();
    Promise<Void> end = Promise.promise();
    written.put(turn, end);
    TurnOptions options = new TurnOptions("", "c", false, Pace.ASAP, TurnOptions.NO_PROCESSING);
    TurnContext context = new TurnContext(turn, owner.inbox().address(), "playback", options);
    BusWriteStream<Message> stream = await(open(Addresses.PROMPT, new Prompt(context, prompt)));
    instances.add(stream.peer());
    await(end.future());
    said.add(prompt);
    JsonArray contents = new JsonArray();
    for (String text : said) {
      contents.add(
          new JsonObject()
              .put("role", contents.size() % 2 == 0 ? "user" : "model")
              .put("parts", new JsonArray().add(new JsonObject().put("text", text))));
    }
    assertThat(asked.get(prompt)).isEqualTo(contents);
    long number = said.size();
    Promise<Void> known = Promise.promise();
    told.put(number, known);
    await(
        open(
            Addresses.CONVERSATION, new Heard(number, "c", turn, 1, "answer", PastTurn.State.CUT)));
    await(known.future());
    said.add("answer");
  }

  @Test
  void aConversationGoesOnInAnotherJvmAndOutlivesTheOneThatIsKilled() throws Exception {
    // given
    listen();
    await(owner.serve(Addresses.TEXT));
    GeminiEmulator model =
        await(
            GeminiEmulator.start(
                services, GeminiEmulatorOptions.DEFAULTS.withScript(this::answer)));
    Process other = RemoteSource.launch(model.baseUrl(), PORTS[1], PORTS);
    try {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.lines().anyMatch("serving"::equals)).isTrue();
      await(
          node.deployVerticle(
              new GeminiVerticle(),
              new DeploymentOptions().setConfig(RemoteSource.config(model.baseUrl()))));
      // when
      for (int i = 0; i < 4; i++) {
        say("prompt " + i);
      }
      // then
      assertThat(instances).hasSize(2);
      // when
      other.destroyForcibly();
      await(alone());
      // then
      for (int i = 4; i < 6; i++) {
        say("prompt " + i);
      }
    } finally {
      other.destroyForcibly();
    }
  }

  /** Completes when the cluster has noticed: a write waits for all nodes that there are. */
  private Future<Void> alone() {
    return node.sharedData()
        .<String, Buffer>getAsyncMap(BusConversations.MAP)
        .compose(map -> map.put("probe", Buffer.buffer()));
  }
}
