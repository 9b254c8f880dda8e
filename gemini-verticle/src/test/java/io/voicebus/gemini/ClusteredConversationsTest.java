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
import io.voicebus.bus.Clock;
import io.voicebus.bus.ClusteredVertx;
import io.voicebus.bus.FreePorts;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Heard;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.Prompt;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Text sources in two JVMs of one cluster; this one has the owner and the model. */
@Tag("slow")
@Timeout(240)
class ClusteredConversationsTest {
  private static final int[] PORTS = FreePorts.several(2);

  private final Vertx services = Vertx.vertx();
  private final Vertx node = await(ClusteredVertx.start(PORTS[0], PORTS));
  private final VertxBus owner = await(VertxBus.register(node, Clock.system(), "owner"));
  private final Map<String, JsonArray> asked = new ConcurrentHashMap<>();
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

  /** A whole turn of the conversation, of which the first word is heard. */
  private void say(String prompt) {
    TurnId turn = TurnId.random();
    Promise<String> end = Promise.promise();
    TurnOptions options = new TurnOptions("", "c", false, Pace.ASAP, TurnOptions.NO_PROCESSING);
    TurnContext context = new TurnContext(turn, owner.inbox().address(), options);
    owner.execute(
        () ->
            owner
                .inbox()
                .link(Addresses.PROMPT, new Prompt(context, prompt), Duration.ofSeconds(5))
                .onFailure(end::fail)
                .onSuccess(
                    link -> {
                      link.in().handler(ignored -> {});
                      link.in().endHandler(ended -> end.complete(link.peer()));
                      link.onFailure(why -> end.tryFail(why.toException()));
                    }));
    instances.add(await(end.future()));
    said.add(prompt);
    JsonArray contents = new JsonArray();
    for (String text : said) {
      contents.add(
          new JsonObject()
              .put("role", contents.size() % 2 == 0 ? "user" : "model")
              .put("parts", new JsonArray().add(new JsonObject().put("text", text))));
    }
    assertThat(asked.get(prompt)).isEqualTo(contents);
    Promise<Object> known = Promise.promise();
    owner.execute(
        () ->
            owner
                .inbox()
                .ask(
                    Addresses.CONVERSATION,
                    new Heard("c", turn, 1, "answer", PastTurn.State.CUT),
                    Duration.ofSeconds(5))
                .<Object>mapEmpty()
                .onComplete(known));
    await(known.future());
    said.add("answer");
  }

  @Test
  void aConversationGoesOnInAnotherJvmAndOutlivesTheOneThatIsKilled() throws Exception {
    // given
    GeminiEmulator model =
        await(
            GeminiEmulator.start(
                services, GeminiEmulatorOptions.DEFAULTS.withScript(this::answer)));
    Process other = RemoteSource.launch(model.baseUrl(), PORTS[1], PORTS);
    try {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.lines().anyMatch("serving"::equals)).isTrue();
      // when: there is only the other JVM, and then one in this one, too
      for (int i = 0; i < 2; i++) {
        say("prompt " + i);
      }
      await(
          node.deployVerticle(
              new GeminiVerticle(),
              new DeploymentOptions().setConfig(RemoteSource.config(model.baseUrl()))));
      for (int i = 2; i < 4; i++) {
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
