package io.voicebus.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer of {@code /v1/nodes} as lines for a terminal. */
final class NodesTable {
  private NodesTable() {}

  static List<String> of(JsonArray nodes) {
    List<String> lines = new ArrayList<>();
    lines.add(row("node", "role", "instances", "busy"));
    for (int i = 0; i < nodes.size(); i++) {
      JsonObject node = nodes.getJsonObject(i);
      JsonArray roles = node.getJsonArray("roles");
      for (int j = 0; j < roles.size(); j++) {
        JsonObject role = roles.getJsonObject(j);
        lines.add(
            row(
                j == 0 ? node.getString("node") : "",
                role.getString("role"),
                role.getInteger("instances").toString(),
                busy(role)));
      }
    }
    return lines;
  }

  private static String busy(JsonObject role) {
    long busy = role.getLong("busy");
    Long room = role.getLong("room");
    String noun = role.getString("role").equals(Role.TTS.word()) ? " chunk" : " turn";
    long counted = room == null ? busy : room;
    return busy + (room == null ? "" : " of " + room) + noun + (counted == 1 ? "" : "s");
  }

  private static String row(String node, String role, String instances, String busy) {
    return String.format(Locale.ROOT, "%-24s %-9s %9s  %s", node, role, instances, busy);
  }
}
