package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks again and again who is there: an answer is of the time of its question. */
final class ScaleLooks {
  /** The node has a role that answers. */
  static final Predicate<JsonObject> THERE = role -> true;

  /** The node's first role is at something. */
  static final Predicate<JsonObject> BUSY = role -> role.getInteger("busy") > 0;

  private static final int LOOK_MS = 25;

  private ScaleLooks() {}

  /** When the node was first seen to be so, in nanoseconds. */
  static CompletableFuture<Long> until(
      ScaleCluster cluster, String node, Predicate<JsonObject> firstRole) {
    return until(cluster.client(), cluster.frontJvm().address(), node, firstRole);
  }

  /** The same, as this server sees it. */
  static CompletableFuture<Long> until(
      HttpClient client, String server, String node, Predicate<JsonObject> firstRole) {
    CompletableFuture<Long> seen = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    HttpRequest question = HttpRequest.newBuilder(URI.create(server + "/v1/nodes")).build();
    clock.scheduleAtFixedRate(
        () -> {
          long askedAt = Clock.system().nanoTime();
          client
              .sendAsync(question, BodyHandlers.ofString())
              .thenAccept(
                  answer -> {
                    if (seen(new JsonObject(answer.body()), node, firstRole)) {
                      seen.complete(askedAt);
                    }
                  });
        },
        0,
        LOOK_MS,
        TimeUnit.MILLISECONDS);
    seen.whenComplete((at, thrown) -> clock.shutdownNow());
    return seen;
  }

  /** How much a node is at now, in turns or in chunks. */
  static int busy(HttpClient client, String server, String node) {
    HttpRequest question = HttpRequest.newBuilder(URI.create(server + "/v1/nodes")).build();
    int[] busy = {0};
    seen(
        new JsonObject(ScaleJvm.get(client.sendAsync(question, BodyHandlers.ofString())).body()),
        node,
        role -> {
          busy[0] = role.getInteger("busy");
          return true;
        });
    return busy[0];
  }

  private static boolean seen(JsonObject answer, String node, Predicate<JsonObject> firstRole) {
    JsonArray nodes = answer.getJsonArray("nodes");
    for (int i = 0; i < nodes.size(); i++) {
      JsonObject each = nodes.getJsonObject(i);
      if (each.getString("node").equals(node)) {
        return firstRole.test(each.getJsonArray("roles").getJsonObject(0));
      }
    }
    return false;
  }
}
