package io.voicebus.http.door;

import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the turns that one client has at once and starts in a minute, so that none uses up the
 * server. Counts over all instances of a server. Thread-safe.
 */
public final class ClientLimits {
  /** Clients that are remembered beyond those that have turns. */
  private static final int IDLE_CLIENTS = 4096;

  private static final class Client {
    private final MessageRate rate;
    private int turns;

    private Client(MessageRate rate) {
      this.rate = rate;
    }
  }

  private final int maxTurns;
  private final int perMinute;

  /** Those that were heard of longest ago come first. */
  private final Map<String, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Limits for each client.
   *
   * @param maxTurns most turns at once
   * @param perMinute most turns that start in a minute, with a burst of as many; 0 for any number
   */
  public ClientLimits(int maxTurns, int perMinute) {
    this.maxTurns = maxTurns;
    this.perMinute = perMinute;
  }

  /**
   * The reason why the client may not start a turn now, before its request is read; null if it may.
   *
   * @param now in nanoseconds of a monotonic clock
   */
  public synchronized @Nullable Problem refusal(Caller caller, long now) {
    Client client = clients.get(caller.name());
    return client == null ? null : refusal(client, client.rate.has(now));
  }

  private @Nullable Problem refusal(Client client, boolean inTime) {
    if (client.turns >= maxTurns) {
      return tooMuch(
          "you have " + client.turns + " turns already, the most that client-turns allows",
          ProblemMapping.RETRY_AFTER);
    }
    if (perMinute > 0 && !inTime) {
      long waitSeconds = Math.max(1, TimeUnit.MINUTES.toSeconds(1) / perMinute);
      return tooMuch(
          "you have started as many turns as client-turns-per-minute allows, which is " + perMinute,
          String.valueOf(waitSeconds));
    }
    return null;
  }

  private static Problem tooMuch(String detail, String retryAfter) {
    return new Problem("rate-limited", "Too much at once", 429, detail)
        .withHeader("Retry-After", retryAfter);
  }

  /**
   * Counts a turn that begins. The caller must {@link #end} it.
   *
   * @param now in nanoseconds of a monotonic clock
   * @throws io.voicebus.http.wire.ProblemException 429
   */
  public synchronized void begin(Caller caller, long now) {
    Client client =
        clients.computeIfAbsent(
            caller.name(),
            first ->
                new Client(new MessageRate((double) perMinute / 60, Math.max(1, perMinute), now)));
    // One that is over the first limit shall not use up the second.
    boolean full = client.turns >= maxTurns;
    Problem refusal = refusal(client, full || client.rate.accept(now));
    if (refusal != null) {
      throw refusal.toException();
    }
    client.turns++;
    forgetIdle();
  }

  /** Counts the end of a turn. */
  public synchronized void end(Caller caller) {
    Client client = clients.get(caller.name());
    if (client != null) {
      client.turns--;
    }
  }

  /** Turns of this client. */
  synchronized int turns(Caller caller) {
    Client client = clients.get(caller.name());
    return client == null ? 0 : client.turns;
  }

  /** How many are remembered. */
  synchronized int clients() {
    return clients.size();
  }

  private void forgetIdle() {
    Iterator<Client> oldest = clients.values().iterator();
    int over = clients.size() - IDLE_CLIENTS;
    while (over > 0 && oldest.hasNext()) {
      if (oldest.next().turns == 0) {
        oldest.remove();
        over--;
      }
    }
  }
}
