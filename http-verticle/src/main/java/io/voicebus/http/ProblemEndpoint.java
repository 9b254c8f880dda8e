package io.voicebus.http;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.ProblemMapping;
import java.util.Map;
import java.util.TreeMap;

/** {@code /problems/{type}}: what a type of problem means, for people who follow the link. */
final class ProblemEndpoint {
  private static final Map<String, String> MEANINGS = meanings();

  private ProblemEndpoint() {}

  private static Map<String, String> meanings() {
    Map<String, String> all = new TreeMap<>();
    all.put(
        "invalid-request",
        "400. The request must be changed; `detail` says what is wrong with it, and where.");
    all.put(
        "unauthorized",
        "401. The access token is missing or wrong. Programs send it as `Authorization: Bearer"
            + " TOKEN`; browsers sign in at /login.");
    all.put(
        "quota", "402. Credits or an allowance at a service are used up. Trying again is no use.");
    all.put(
        "forbidden-host",
        "403. The name in `Host` is not one of this server's: set `allowed-hosts` or `public-url`.");
    all.put(
        "forbidden-origin",
        "403. A page of another origin sent the request: set `allowed-origins` to those that may.");
    all.put(
        "not-found",
        "404. There is no such turn, voice, model, conversation or path. Turns and conversations"
            + " are forgotten a while after their end.");
    all.put("method-not-allowed", "405. The header `Allow` says which methods there are.");
    all.put("not-acceptable", "406. There is no such format of audio: change `Accept`.");
    all.put("request-timeout", "408. The body took longer than `request-ms`.");
    all.put(
        "has-listener",
        "409. A turn is spoken to one listener over a WebSocket, and has one; `/audio` can be heard"
            + " besides.");
    all.put(
        "resume",
        "409. The turn's listener was cut off, and is to say what it has: `?from=` and samples.");
    all.put(
        "not-on-hold",
        "409. Audio of a turn is sent again only when it is resumed, and it is not on hold.");
    all.put("cancelled", "410. The turn was cancelled.");
    all.put(
        "ended", "410. The turn has ended, and its audio is gone; `outcome` says how it ended.");
    all.put(
        "not-kept",
        "410. Who comes back lacks more than is kept of a turn; `from` is the first sample that can"
            + " be had.");
    all.put("precondition-failed", "412. The audio is not what `If-Match` says.");
    all.put(
        "range-not-satisfiable",
        "416. The turn has finished, and the client that comes back has all of it.");
    all.put("too-large", "413, 414, 431. The body, the URL or the headers are too long.");
    all.put(
        "unsupported-media-type",
        "415. A body of that type, charset or encoding is not read: send UTF-8 text or JSON.");
    all.put("blocked", "422. A service refused the content.");
    all.put(
        "idempotency-key-reused",
        "422. The `Idempotency-Key` was used for something else within ten minutes: send a new one"
            + " with each new request.");
    all.put("upgrade-required", "426. A WebSocket is served there.");
    all.put(
        "rate-limited",
        "429, 503. Too much at once, for one client or for the server; `Retry-After` says when to"
            + " try again.");
    all.put("internal", "500. A fault of Voicebus; its log says more.");
    all.put("unauthenticated", "502. A service refuses the key that Voicebus has for it.");
    all.put(
        "unavailable", "503. A stage is not deployed or not reachable, or Voicebus is stopping.");
    all.put("lost", "503. The connection to a stage was lost.");
    all.put(
        "not-ready", "503. Something is lacking before turns can be served; `detail` says what.");
    all.put("timeout", "504. An answer did not come in time.");
    all.put("http-version", "505. Neither HTTP/1.0 nor HTTP/1.1.");
    return Map.copyOf(all);
  }

  /** {@code GET /problems/{type}}. */
  static void get(RoutingContext context) {
    String type = context.pathParam("type");
    String meaning = MEANINGS.get(type);
    if (meaning == null) {
      throw ProblemMapping.of(
              FailureKind.NOT_FOUND,
              "there is no such type of problem; there are "
                  + String.join(", ", new TreeMap<>(MEANINGS).keySet()))
          .toException();
    }
    context.response().putHeader("Content-Type", "text/plain; charset=utf-8");
    Body.end(context.response(), type + "\n\n" + meaning + "\n");
  }
}
