package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import java.util.List;

/** The settings of the process itself. */
final class LauncherConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All of them. */
  static final List<Setting<?>> ALL = GROUP.all();

  private static final int MOST_INSTANCES = 64;
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long GIBIBYTE = 1024 * MEBIBYTE;

  static final Setting<Integer> TTS_INSTANCES =
      GROUP.add(
          Setting.integer("tts-instances", 1, MOST_INSTANCES, "TTS instances in this JVM.")
              .otherwise("`instances`"));

  static final Setting<Boolean> CLUSTER =
      GROUP.add(Setting.flag("cluster", false, "Joins the cluster, or starts it."));

  static final Setting<List<String>> ROLES =
      GROUP.add(
          Setting.list(
                  "roles",
                  Role.words("|"),
                  "some of " + Role.words(", "),
                  "What this node of a cluster runs: `http`, `gemini`, `chunker`, `tts`,"
                      + " `playback`, comma-separated.")
              .otherwise("all"));

  static final Setting<Integer> INSTANCES =
      GROUP.add(
          Setting.integer(
              "instances",
              1,
              1,
              MOST_INSTANCES,
              "Instances of each role of this node; `http` has a setting of its own."));

  static final Setting<Integer> HTTP_INSTANCES =
      GROUP.add(
          Setting.integer("http-instances", 1, MOST_INSTANCES, "Instances of `http`, on one port.")
              .otherwise("one for each event loop"));

  static final Setting<Boolean> WARM_UP =
      GROUP.add(
          Setting.flag(
              "warm-up",
              true,
              "Once it is ready, the server speaks a few texts to itself, without any service, so"
                  + " that its first clients are served as fast as later ones."));

  static final Setting<Integer> METRICS_PORT =
      GROUP.add(
          Setting.integer(
              "metrics-port",
              0,
              65_535,
              "Port for `/metrics` and `/health/…` alone, without a token, for any node; 0 for any free"
                  + " one."));

  static final Setting<String> METRICS_HOST =
      GROUP.add(Setting.text("metrics-host", "127.0.0.1", "Address of the port for metrics."));

  static final Setting<String> OTLP_ENDPOINT =
      GROUP.add(
          Setting.url(
              "otel-exporter-otlp-endpoint",
              "Where traces are sent, by OTLP over HTTP, like `http://127.0.0.1:4318`; none are made"
                  + " without it."));

  static final Setting<String> LOG_FORMAT =
      GROUP.add(
          Setting.choice(
              "log-format",
              "text",
              List.of("text", "json"),
              "Format of log lines: `text`, or `json` for programs."));

  static final Setting<String> RECORD_DIRECTORY =
      GROUP.add(
          Setting.text(
              "record-directory",
              "Folder to which every turn is recorded, text and sound, for `voicebus"
                  + " replay`; off when not set."));

  static final Setting<Long> RECORD_BYTES =
      GROUP.add(
          Setting.bytes(
              "record-bytes",
              GIBIBYTE,
              MEBIBYTE,
              1024 * GIBIBYTE,
              "Largest size of the recordings; the oldest are removed."));

  static final Setting<String> NODE =
      GROUP.add(Setting.text("node", "Name of this node.").otherwise("its process's number"));

  static final Setting<String> CLUSTER_HOST =
      GROUP.add(
          Setting.text(
              "cluster-host",
              "127.0.0.1",
              "Address of this machine by which the other nodes reach it."));

  static final Setting<Integer> CLUSTER_PORT =
      GROUP.add(
          Setting.integer(
              "cluster-port",
              7800,
              1,
              65_535 - ClusterSettings.MORE_PORTS,
              "Port for the cluster's own traffic, or the first free one of the 19 after it."));

  static final Setting<Integer> CLUSTER_BUS_PORT =
      GROUP.add(
          Setting.integer(
              "cluster-bus-port", 0, 0, 65_535, "Port for the event bus; 0 for any free one."));

  static final Setting<String> PEERS =
      GROUP.add(
          Setting.text(
                  "peers",
                  peers -> ClusterPeers.parse(peers, 1),
                  ClusterPeers.ALLOWED,
                  "Where other nodes are: `host:port,…`, or `dns:name`.")
              .otherwise("the nodes on this machine"));

  static final Setting<String> CLUSTER_KEYS =
      GROUP.add(
          Setting.text(
                  "cluster-keys",
                  "Folder of this node's keys, as `cluster-keys` makes it; needed beyond loopback.")
              .otherwise("on loopback the user's own"));

  static final Setting<Boolean> INSECURE_CLUSTER =
      GROUP.add(
          Setting.flag(
              "insecure-cluster",
              false,
              "Runs a cluster without keys: anybody who reaches its ports is a member."));

  private LauncherConfig() {}
}
