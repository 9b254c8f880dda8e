package io.voicebus.contract;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system for the addresses of names that Vert.x does not resolve, and for further ones of
 * names whose address does not answer. Vert.x asks the name servers that the system had when the
 * process began, which cannot be reached once a computer is in another network, and were not known
 * where the network came later; it does not know names that only the system resolves, such as those
 * of mDNS or of a VPN; and of several addresses it tries the first one only. Once the system was of
 * use for a name, it is asked for each connection to it. Lives on one context.
 */
public final class SystemNames {
  /** How many addresses are tried for one connection: the caller waits meanwhile. */
  private static final int MOST_TRIES = 3;

  private final Vertx vertx;
  private final @Nullable ProxyOptions proxy;
  private final Lookup lookup;

  /** The names that the system is asked for. */
  private final Map<String, Use> uses = new HashMap<>();

  /** Questions under way, each of which takes a thread until it is answered. */
  private final Map<String, Future<List<InetAddress>>> asked = new HashMap<>();

  /**
   * The address of a name that connections go to.
   *
   * @param failed whether the last connection failed
   */
  private record Use(InetAddress address, boolean failed) {}

  /** What the system knows; blocks. */
  interface Lookup {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /**
   * For the connections of one client.
   *
   * @param proxy through which they go, whose name is what has to be resolved here; null for none
   */
  public SystemNames(Vertx vertx, @Nullable ProxyOptions proxy) {
    this(vertx, proxy, InetAddress::getAllByName);
  }

  SystemNames(Vertx vertx, @Nullable ProxyOptions proxy, Lookup lookup) {
    this.vertx = vertx;
    this.proxy = proxy;
    this.lookup = lookup;
  }

  /**
   * Connects; if Vert.x does not reach the name, to addresses that the system knows.
   *
   * @param copy of options, in each of which an address may be set
   * @param connect begins to connect; called once more for each further address
   */
  public <O extends RequestOptions, T> Future<T> connect(
      O to, UnaryOperator<O> copy, Function<O, Future<T>> connect) {
    return connect(to, copy, connect, MOST_TRIES);
  }

  private <O extends RequestOptions, T> Future<T> connect(
      O to, UnaryOperator<O> copy, Function<O, Future<T>> connect, int tries) {
    return located(copy.apply(to))
        .compose(connect)
        .recover(
            why ->
                failed(to, why)
                    .compose(
                        other ->
                            other && tries > 1
                                ? connect(to, copy, connect, tries - 1)
                                : Future.failedFuture(why)));
  }

  /**
   * Sets the address to connect to, if the system is asked for this name.
   *
   * @return the same options; at once where the system is not asked
   */
  private <O extends RequestOptions> Future<O> located(O to) {
    String name = name(to);
    return uses.containsKey(name)
        ? ask(name).map(address -> at(to, address)).otherwise(to)
        : Future.succeededFuture(to);
  }

  private <O extends RequestOptions> O at(O to, InetAddress address) {
    if (proxy == null) {
      to.setServer(SocketAddress.inetSocketAddress(to.getPort(), address.getHostAddress()));
    } else {
      to.setProxyOptions(new ProxyOptions(proxy).setHost(address.getHostAddress()));
    }
    return to;
  }

  /**
   * There is no connection.
   *
   * @return whether there is another address to connect to; never fails
   */
  private Future<Boolean> failed(RequestOptions to, Throwable why) {
    String name = name(to);
    if (ConnectionTrouble.isOfName(why)) {
      return ask(name).map(true).otherwise(false);
    }
    if (!ConnectionTrouble.isOfAddress(why)) {
      return Future.succeededFuture(false);
    }
    Use before = uses.get(name);
    if (before == null) {
      return look(name).map(all -> another(name, all, why)).otherwise(false);
    }
    if (!isOf(why, before.address())) { // another connection has found one meanwhile
      return Future.succeededFuture(true);
    }
    uses.put(name, new Use(before.address(), true));
    return ask(name).map(next -> !next.equals(before.address())).otherwise(false);
  }

  private static boolean isOf(Throwable why, InetAddress address) {
    return String.valueOf(why.getMessage()).contains("/" + address.getHostAddress() + ":");
  }

  /**
   * Whether one of the addresses is not the one that does not answer, and so is used from now on.
   */
  private boolean another(String name, List<InetAddress> all, Throwable why) {
    for (InetAddress address : all) {
      if (all.size() > 1 && !isOf(why, address)) {
        uses.put(name, new Use(address, false));
        return true;
      }
    }
    return false;
  }

  private String name(RequestOptions to) {
    return String.valueOf(proxy == null ? to.getHost() : proxy.getHost());
  }

  private Future<InetAddress> ask(String name) {
    return look(name).map(all -> use(name, all)).onFailure(unknown -> uses.remove(name));
  }

  private Future<List<InetAddress>> look(String name) {
    Future<List<InetAddress>> waiting = asked.get(name);
    if (waiting != null) {
      return waiting;
    }
    Promise<List<InetAddress>> answer = Promise.promise();
    Context context = vertx.getOrCreateContext();
    // Not one of Vert.x's, whose end a process that stops waits for: without a name server it
    // lasts.
    Thread thread = new Thread(() -> look(name, context, answer), "voicebus-names");
    thread.setDaemon(true);
    thread.start(); // where there may be no more threads, nobody waits for this one's answer
    asked.put(name, answer.future());
    answer.future().onComplete(done -> asked.remove(name));
    return answer.future();
  }

  private void look(String name, Context context, Promise<List<InetAddress>> answer) {
    try {
      List<InetAddress> all = List.of(lookup.addresses(name));
      context.runOnContext(go -> answer.complete(all));
    } catch (UnknownHostException | RuntimeException e) {
      context.runOnContext(go -> answer.fail(e));
    }
  }

  /** The same address as before, so that open connections are used; another one if that failed. */
  private InetAddress use(String name, List<InetAddress> all) {
    Use before = uses.get(name);
    InetAddress next = all.get(0);
    if (before != null && all.contains(before.address())) {
      int at = all.indexOf(before.address());
      next = before.failed() ? all.get((at + 1) % all.size()) : before.address();
    }
    uses.put(name, new Use(next, false));
    return next;
  }
}
