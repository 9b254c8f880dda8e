package io.voicebus.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/** The name of this process, for its operators. */
public final class NodeName {
  private static final String MAP = "voicebus.node";
  private static final String KEY = "name";

  private NodeName() {}

  /** The name of all instances that are deployed from now on. */
  public static void set(Vertx vertx, String name) {
    names(vertx).put(KEY, name);
  }

  /** The name that was set, else one made of the process's number. */
  public static String of(Vertx vertx) {
    return names(vertx).getOrDefault(KEY, byProcess());
  }

  /** A name that no other process of this machine has. */
  public static String byProcess() {
    return "process-" + ProcessHandle.current().pid();
  }

  private static LocalMap<String, String> names(Vertx vertx) {
    return vertx.sharedData().getLocalMap(MAP);
  }
}
