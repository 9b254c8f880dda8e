package io.voicebus.http;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.bus.NodePacket;
import io.voicebus.bus.Roster;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.Kept;
import java.time.Duration;

/**
 * {@code /v1/source}: where answers come from, so that a page can say before the first prompt that
 * there is no model. In a cluster the text source may be in another process, and is asked.
 */
final class SourceEndpoint {
  /** How long one answer serves all requests. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  private static final String ROLE = "gemini";

  /** Its name, and after a slash its model; empty while none is there. */
  private final Kept<String> source;

  SourceEndpoint(Roster roster, Clock clock) {
    source =
        new Kept<>(
            clock,
            KEPT,
            () ->
                roster
                    .call(roles -> roles.contains(ROLE))
                    .map(
                        all ->
                            all.stream()
                                .filter(here -> here.role().equals(ROLE))
                                .map(NodePacket.Here::worksWith)
                                .findFirst()
                                .orElse("")));
  }

  void get(RoutingContext context) {
    source
        .get()
        .compose(worksWith -> Body.json(context.response(), json(worksWith)))
        .onFailure(context::fail);
  }

  private static JsonText json(String worksWith) {
    int slash = worksWith.indexOf('/');
    return slash < 0
        ? JsonText.object().put("source", worksWith)
        : JsonText.object()
            .put("source", worksWith.substring(0, slash))
            .put("model", worksWith.substring(slash + 1));
  }
}
