package io.voicebus.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A JVM with the two baselines, over raw Vert.x. {@code POST /relay}: the model's answer is cut
 * where the header {@code Cut-At} says, and each sentence is spoken as soon as its last char has
 * come. {@code POST /sequential}: the whole answer is spoken as one, a pause after its last word.
 * {@code GET /traces}: the milestones of the turns since the last such request, by the header
 * {@code Turn}.
 *
 * <p>Arguments: base URLs of the model and of the voice, {@code socket} or {@code http}, and the
 * pause after the last word, in ms.
 */
public final class LoadRelay extends VerticleBase {
  private static final int INSTANCES = 2;
  private static final Map<String, LoadTrace> TRACES = new ConcurrentHashMap<>();

  private final String modelUrl;
  private final String voiceUrl;
  private final boolean overHttp;
  private final int pauseMs;

  private LoadRelay(String modelUrl, String voiceUrl, boolean overHttp, int pauseMs) {
    this.modelUrl = modelUrl;
    this.voiceUrl = voiceUrl;
    this.overHttp = overHttp;
    this.pauseMs = pauseMs;
  }

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    // Both instances share one port; the first one finds it.
    HttpServer port = vertx.createHttpServer().requestHandler(request -> request.response().end());
    int free = TwoNodes.await(port.listen(0, "127.0.0.1")).actualPort();
    TwoNodes.await(port.close());
    TwoNodes.await(
        vertx.deployVerticle(
            () ->
                new LoadRelay(args[0], args[1], args[2].equals("http"), Integer.parseInt(args[3])),
            new DeploymentOptions()
                .setInstances(INSTANCES)
                .setConfig(new JsonObject().put("port", free))));
    LoadConsole.serve(Integer.toString(free));
  }

  @Override
  public Future<?> start() {
    RelayModel model = new RelayModel(vertx, modelUrl);
    RelayVoice voice =
        overHttp ? new RelayHttpVoice(vertx, voiceUrl) : new RelaySocketVoice(vertx, voiceUrl);
    return vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(config().getInteger("port")))
        .requestHandler(request -> take(request, model, voice))
        .listen();
  }

  private void take(HttpServerRequest request, RelayModel model, RelayVoice voice) {
    if (request.path().equals("/traces")) {
      JsonObject traces = new JsonObject();
      TRACES.forEach((turn, trace) -> traces.put(turn, trace.json()));
      TRACES.clear();
      request.response().end(traces.toBuffer());
      return;
    }
    String turn = request.getHeader("Turn");
    boolean sequential = request.path().equals("/sequential");
    List<Integer> cuts =
        Arrays.stream(request.getHeader("Cut-At").split(",", -1)).map(Integer::valueOf).toList();
    request
        .body()
        .onSuccess(
            body -> {
              RelayTurn relayed =
                  new RelayTurn(
                      voice,
                      request.response(),
                      sequential ? cuts.subList(cuts.size() - 1, cuts.size()) : cuts,
                      trace -> TRACES.put(turn, trace));
              if (sequential) {
                sequentially(model, body.toString(), relayed);
              } else {
                model.ask(body.toString(), relayed::text, () -> {}, relayed::failed);
              }
            });
  }

  private void sequentially(RelayModel model, String prompt, RelayTurn relayed) {
    Buffer answer = Buffer.buffer();
    Runnable speak = () -> relayed.text(answer.toString());
    model.ask(
        prompt,
        answer::appendString,
        pauseMs == 0 ? speak : () -> vertx.setTimer(pauseMs, timer -> speak.run()),
        relayed::failed);
  }
}
