package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.NodePacket;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code /v1/nodes}: who is there, what they run, how busy they are, and what has gone wrong on
 * their bus.
 */
final class NodesEndpoint {
  private final RosterCalls roster;
  private final Set<String> wanted;

  /**
   * Answers from what a roster says.
   *
   * @param wanted roles of which somebody must be there before the server is ready
   */
  NodesEndpoint(RosterCalls roster, Set<String> wanted) {
    this.roster = roster;
    this.wanted = wanted;
  }

  void get(RoutingContext context) {
    roster.all().compose(all -> Body.json(context.response(), json(all))).onFailure(context::fail);
  }

  /** Which roles nobody serves, in words; nothing is asked if none is wanted. */
  Future<List<String>> lacking() {
    return roles().map(roles -> roles.values().stream().filter(why -> !why.isEmpty()).toList());
  }

  /** The roles that are wanted, by name, and why each is lacking: empty if somebody serves it. */
  Future<SortedMap<String, String>> roles() {
    SortedMap<String, String> roles = new TreeMap<>();
    if (wanted.isEmpty()) {
      return Future.succeededFuture(roles);
    }
    return roster
        .until(wanted)
        .map(
            all -> {
              Set<String> there =
                  all.stream().map(NodePacket.Here::role).collect(Collectors.toSet());
              long nodes = all.stream().map(NodePacket.Here::node).distinct().count();
              for (String role : wanted) {
                roles.put(
                    role,
                    there.contains(role)
                        ? ""
                        : "none of "
                            + nodes
                            + (nodes == 1 ? " node" : " nodes")
                            + " in the cluster serves the role "
                            + role);
              }
              return roles;
            });
  }

  private static JsonText json(List<NodePacket.Here> all) {
    Map<String, Map<String, List<NodePacket.Here>>> nodes = new TreeMap<>();
    for (NodePacket.Here here : all) {
      nodes
          .computeIfAbsent(here.node(), name -> new TreeMap<>())
          .computeIfAbsent(here.role(), role -> new ArrayList<>())
          .add(here);
    }
    List<JsonText> entries = new ArrayList<>();
    nodes.forEach(
        (name, roles) ->
            entries.add(
                JsonText.object()
                    .put("node", name)
                    .putJson("roles", array(roles(roles)))
                    .put("bus", counters(roles))));
    return JsonText.object().putJson("nodes", array(entries));
  }

  private static List<JsonText> roles(Map<String, List<NodePacket.Here>> roles) {
    List<JsonText> entries = new ArrayList<>();
    roles.forEach(
        (role, instances) -> {
          JsonText entry =
              JsonText.object()
                  .put("role", role)
                  .put("instances", instances.size())
                  .put("busy", instances.stream().mapToLong(NodePacket.Here::busy).sum());
          long room = instances.stream().mapToLong(NodePacket.Here::room).sum();
          entries.add(room == 0 ? entry : entry.put("room", room));
        });
    return entries;
  }

  /** Of the whole process: what one of its instances says. */
  private static JsonText counters(Map<String, List<NodePacket.Here>> roles) {
    JsonText counters = JsonText.object();
    roles
        .values()
        .iterator()
        .next()
        .get(0)
        .counters()
        .forEach(count -> counters.put(count.label(), count.value()));
    return counters;
  }

  private static String array(List<JsonText> entries) {
    return entries.stream().map(JsonText::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
