package io.voicebus.http.wire;

import io.voicebus.bus.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paths that are served, for errors about others. */
public final class ServedPaths {
  private static final String AGENTS = "/mcp";

  private final List<String> paths = new ArrayList<>();

  /** Adds a path; its parameters begin with a colon. */
  public void add(String path) {
    paths.add(path);
  }

  /**
   * The error for a path that is not served, with the most likely intended one.
   *
   * @param path path of the request, below the path of a proxy
   * @param base the path of the proxy; empty for none
   */
  public Problem missing(String path, String base) {
    return ProblemMapping.of(FailureKind.NOT_FOUND, detail(path, base));
  }

  private String detail(String path, String base) {
    String meant = ApiPath.meant(path);
    String unversioned = meant.substring("/v1".length());
    Optional<String> served =
        paths.stream().filter(one -> matches(one, meant) || matches(one, unversioned)).findFirst();
    if (served.isPresent()) {
      String name = served.get().replaceAll(":([a-z]+)", "{$1}");
      return "there is nothing at this path, but at " + base + name + ": correct the base URL";
    }
    if (path.equals("/sse") || path.startsWith(AGENTS + "/")) {
      return "tools for agents are at " + base + AGENTS + ", by streamable HTTP, not by SSE";
    }
    return UnservedApi.of(meant)
        .map(UnservedApi::advice)
        .orElse("there is nothing at this path; " + base + "/ lists what there is");
  }

  private static boolean matches(String served, String path) {
    String[] names = served.split("/", -1);
    String[] parts =
        (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
    boolean same = names.length == parts.length;
    for (int i = 0; same && i < names.length; i++) {
      same = names[i].startsWith(":") ? !parts[i].isEmpty() : names[i].equals(parts[i]);
    }
    return same;
  }
}
