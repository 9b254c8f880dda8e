package io.voicebus.launcher;

import java.security.SecureRandom;
import java.util.List;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports which other nodes join and leave the cluster. */
@Listener(sync = false)
public final class Membership {
  /** A logger of its own, so that its lines are shown at a level that hides others. */
  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.cluster");

  private static final String UNIQUE = "-[0-9a-f]{8}$";

  private final boolean allRoles;

  /**
   * @param allRoles whether this node can do all that another one did
   */
  Membership(boolean allRoles) {
    this.allRoles = allRoles;
  }

  /** Called by Infinispan, on a thread of its own. */
  @ViewChanged
  @Merged
  public void changed(ViewChangedEvent event) {
    for (Address gone : event.getOldMembers()) {
      if (!event.getNewMembers().contains(gone)) {
        LOG.info("{}", gone(name(gone), allRoles));
      }
    }
    for (Address come : come(event)) {
      LOG.info("node {} has joined", name(come));
    }
  }

  static String gone(String name, boolean allRoles) {
    return "node "
        + name
        + " has gone; its work goes on "
        + (allRoles ? "here" : "where other nodes have its roles: see ./voicebus nodes");
  }

  /** Not this node itself, nor those that it finds when it joins. */
  private static List<Address> come(ViewChangedEvent event) {
    return event.getOldMembers().isEmpty()
        ? List.of()
        : event.getNewMembers().stream()
            .filter(member -> !event.getOldMembers().contains(member))
            .filter(member -> !member.equals(event.getLocalAddress()))
            .toList();
  }

  private static String name(Address address) {
    return TerminalText.of(address.toString()).replaceFirst(UNIQUE, "");
  }

  /**
   * What Infinispan calls a node. Vert.x tells nodes apart by it, so that two to which people gave
   * the same name must not have the same one here.
   */
  static String unique(String name) {
    return name + "-%08x".formatted(new SecureRandom().nextInt());
  }
}
