package io.voicebus.launcher;

import java.time.Duration;
import java.util.Optional;

/** The configuration of Infinispan and JGroups: how nodes find each other, and notice lost ones. */
final class ClusterConfiguration {
  /**
   * A node joins as soon as it finds one that is there; with none found in {@code join_timeout} it
   * begins a cluster. A killed node is noticed by its closed socket (FD_SOCK2; FD_SOCK with keys,
   * since the former cannot do TLS) or by silence (FD_ALL3); a frozen one by silence, which is
   * patient: to expel a node that is only busy costs more than to keep one that is gone. What
   * depends on a node notices sooner, by its own heartbeats.
   *
   * <p>No multicast anywhere; the diagnostics, which would listen for it, are off.
   */
  private static final String XML =
      """
      <infinispan>
        <jgroups>
          <stack name="voicebus">
            <{tcp} bind_addr="{host}" bind_port="{port}" port_range="{range}" diag.enabled="false"
                 sock_conn_timeout="1000" peer_addr_read_timeout="3000" linger="0" {tls}/>
            {discovery}
            <MERGE3 min_interval="500" max_interval="1500"/>
            {sockets}
            <FD_ALL3 timeout="8000" interval="1000"/>
            <VERIFY_SUSPECT2 timeout="500"/>
            <pbcast.NAKACK2/>
            <UNICAST3/>
            <pbcast.STABLE/>
            <pbcast.GMS join_timeout="{join}" print_local_addr="false"/>
            <UFC/>
            <MFC/>
            <FRAG4/>
          </stack>
        </jgroups>
        <cache-container default-cache="distributed-cache" shutdown-hook="DONT_REGISTER">
          <transport stack="voicebus" cluster="voicebus" node-name="{name}"/>
          <distributed-cache name="distributed-cache"/>
          <replicated-cache name="__vertx.subs"/>
          <replicated-cache name="__vertx.haInfo"/>
          <replicated-cache name="__vertx.nodeInfo"/>
          <distributed-cache-configuration name="__vertx.distributed.cache.configuration"/>
        </cache-container>
      </infinispan>
      """;

  /** How far above the cluster's port the watch over closed sockets listens: as FD_SOCK2 does. */
  private static final int WATCH_OFFSET = 100;

  private static final int WATCH_PORTS = 20;

  private static final int LAST_PORT = 65_535;

  private ClusterConfiguration() {}

  /**
   * The configuration as XML.
   *
   * @param join how long a node waits for one that is there, before it begins a cluster
   * @param name of this node, which no other has
   */
  static String of(ClusterSettings settings, Optional<NodeKeys> keys, Duration join, String name) {
    String host = settings.address().getHostAddress();
    return XML.replace("{tcp}", ClusterTcp.class.getName())
        .replace("{host}", host)
        .replace("{port}", Integer.toString(settings.port()))
        .replace("{range}", Integer.toString(ClusterSettings.MORE_PORTS))
        .replace("{join}", Long.toString(join.toMillis()))
        .replace("{discovery}", discovery(settings.peers()))
        .replace("{sockets}", sockets(settings, keys.isPresent()))
        .replace("{tls}", keys.map(ClusterConfiguration::tls).orElse(""))
        .replace("{name}", escaped(name));
  }

  /**
   * FD_SOCK takes its sockets from the transport, and so asks for a certificate, too; FD_SOCK2 is
   * quicker, but its channels are in clear text whatever the transport does.
   */
  private static String sockets(ClusterSettings settings, boolean tls) {
    String host = " bind_addr=\"" + settings.address().getHostAddress() + "\"";
    int first = Math.min(settings.port() + WATCH_OFFSET, LAST_PORT - WATCH_PORTS);
    return tls
        ? "<FD_SOCK" + host + " start_port=\"" + first + "\" port_range=\"" + WATCH_PORTS + "\"/>"
        : "<FD_SOCK2" + host + " port_range=\"" + WATCH_PORTS + "\"/>";
  }

  private static String discovery(ClusterPeers peers) {
    return peers.name().isEmpty()
        ? "<TCPPING initial_hosts=\"" + peers.list() + "\" port_range=\"0\"/>"
        : "<dns.DNS_PING dns_query=\"" + peers.name() + "\" dns_record_type=\"A\"/>";
  }

  /** Both sides need a certificate of the cluster's own authority. */
  private static String tls(NodeKeys keys) {
    return "tls.enabled=\"true\" tls.client_auth=\"NEED\" tls.protocols=\"TLSv1.3\""
        + store("keystore", keys.keyStore().toString(), keys.password())
        + store("truststore", keys.trustStore().toString(), keys.password());
  }

  private static String store(String kind, String path, String password) {
    return " tls."
        + kind
        + "_type=\"pkcs12\" tls."
        + kind
        + "_path=\""
        + escaped(path)
        + "\" tls."
        + kind
        + "_password=\""
        + escaped(password)
        + "\"";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}
