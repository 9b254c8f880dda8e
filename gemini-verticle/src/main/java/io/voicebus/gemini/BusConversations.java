package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Heard;
import io.voicebus.contract.TextBegun;
import io.voicebus.contract.TurnId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations in the shared data of Vert.x: one map for all instances of a JVM or of a cluster,
 * from a conversation's name to its bytes. A value is replaced only if it has not changed since it
 * was read, and else read and changed once more, so that of concurrent turns none is lost.
 *
 * <p>Every call ends within {@link #TIMEOUT}, even if the map does not answer; the beginning of a
 * turn also waits for earlier turns. A value that cannot be read stays as it is: a newer node may
 * know its format. Bound to one context.
 */
final class BusConversations {
  /** The shared map. */
  static final String MAP = "voicebus.conversations";

  /** How long the map may take for one call. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration FIRST_LOOK = Duration.ofMillis(5);
  private static final Duration LATER_LOOKS = Duration.ofMillis(80);
  private static final Duration WARNING = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(BusConversations.class);

  private final Supplier<Future<AsyncMap<String, Buffer>>> open;
  private final Bus bus;
  private final InstantSource wallClock;
  private final ConversationLimits limits;
  private final ConversationRules rules;
  private @Nullable Future<AsyncMap<String, Buffer>> map;
  private boolean evicting;
  private long nextWarningMs;

  /**
   * Conversations in a map.
   *
   * @param open gets the map; again, when that has failed
   */
  BusConversations(
      Supplier<Future<AsyncMap<String, Buffer>>> open,
      Bus bus,
      InstantSource wallClock,
      ConversationLimits limits) {
    this.open = open;
    this.bus = bus;
    this.wallClock = wallClock;
    this.limits = limits;
    this.rules = new ConversationRules(limits);
  }

  /**
   * Adds a turn behind the earlier ones, and waits for those that are still being heard, at most
   * {@code conversation-wait-ms}.
   *
   * @return the earlier exchanges
   */
  Future<List<Exchange>> begin(String name, TurnId turn, String prompt) {
    long patience = bus.nanoTime() + limits.patience().toNanos();
    return within(
        TIMEOUT.plus(limits.patience()),
        end ->
            change(name, before -> rules.begun(before, turn, prompt, wallClock.millis()), end)
                .compose(begun -> settled(name, turn, begun, patience, FIRST_LOOK, end))
                .map(settled -> rules.history(settled, turn)));
  }

  /** Whether any turn is remembered. */
  boolean isKept() {
    return limits.turns() > 0;
  }

  /** Whether a turn with this prompt is remembered; a prompt that is too long is only answered. */
  boolean remembers(String prompt) {
    return rules.remembers(prompt);
  }

  private Future<Conversation> settled(
      String name, TurnId turn, Conversation now, long patience, Duration look, long end) {
    if (!rules.waits(now, turn)) {
      return Future.succeededFuture(now);
    }
    long left = patience - bus.nanoTime();
    if (left <= 0) {
      return change(name, before -> rules.waitedInVain(before, turn), end);
    }
    Duration next = look.multipliedBy(2);
    return pause(Math.min(left, look.toNanos()))
        .compose(waited -> map())
        .compose(shared -> shared.get(name))
        .compose(
            bytes ->
                settled(
                    name,
                    turn,
                    read(bytes),
                    patience,
                    next.compareTo(LATER_LOOKS) < 0 ? next : LATER_LOOKS,
                    end));
  }

  private Future<Void> pause(long nanos) {
    Promise<Void> waited = Promise.promise();
    bus.after(nanos, waited::complete);
    return waited.future();
  }

  /** Adds a text that is spoken in place of a model's answer, behind the earlier turns. */
  Future<Void> said(TextBegun text) {
    return within(
            TIMEOUT,
            end ->
                change(
                    text.conversation(),
                    before -> rules.begun(before, text.turn(), "", wallClock.millis()),
                    end))
        .mapEmpty();
  }

  /** Stores what the owner reports as heard. */
  Future<Void> heard(Heard heard) {
    return within(
            TIMEOUT,
            end ->
                change(
                    heard.conversation(),
                    before -> rules.heard(before, heard, wallClock.millis()),
                    end))
        .mapEmpty();
  }

  /** The conversation of this name; empty if there is none. */
  Future<Optional<Conversation>> find(String name) {
    return within(
        TIMEOUT,
        end ->
            map()
                .compose(shared -> shared.get(name))
                .map(
                    bytes ->
                        known(bytes)
                            .map(known -> rules.remembered(known, wallClock.millis()))
                            .filter(known -> !known.turns().isEmpty())));
  }

  /**
   * Deletes a conversation, also one that cannot be read.
   *
   * @return the conversation; empty if there was none
   */
  Future<Optional<Conversation>> forget(String name) {
    return within(
        TIMEOUT,
        end ->
            map()
                .compose(shared -> shared.remove(name))
                .map(
                    bytes -> {
                      try {
                        return known(bytes);
                      } catch (VoicebusException unreadable) {
                        return Optional.of(Conversation.NONE);
                      }
                    }));
  }

  private static Optional<Conversation> known(@Nullable Buffer bytes) {
    return bytes == null ? Optional.empty() : Optional.of(read(bytes));
  }

  private static Conversation read(@Nullable Buffer bytes) {
    try {
      return bytes == null ? Conversation.NONE : Conversation.decode(bytes.getBytes());
    } catch (UncheckedIOException e) {
      throw new VoicebusException(
          Stage.TEXT,
          FailureKind.INTERNAL,
          "what is remembered of the conversation cannot be read here: " + e.getMessage());
    }
  }

  /**
   * Changes a conversation, and repeats that until no other change came between reading and
   * writing.
   */
  private Future<Conversation> change(String name, UnaryOperator<Conversation> change, long end) {
    return map()
        .compose(
            shared ->
                shared
                    .get(name)
                    .compose(
                        bytes -> {
                          Conversation before = read(bytes);
                          Conversation after = change.apply(before);
                          return after.equals(before)
                              ? Future.succeededFuture(after)
                              : store(shared, name, bytes, after)
                                  .compose(
                                      stored ->
                                          stored
                                              ? Future.succeededFuture(after)
                                              : again(name, change, end));
                        }));
  }

  private Future<Conversation> again(String name, UnaryOperator<Conversation> change, long end) {
    return bus.nanoTime() < end
        ? change(name, change, end)
        : Future.failedFuture("too many change the conversation at once");
  }

  private Future<Boolean> store(
      AsyncMap<String, Buffer> shared, String name, @Nullable Buffer before, Conversation after) {
    long lifeMs = limits.age().toMillis();
    Buffer bytes = Buffer.buffer(after.encode());
    if (before == null) {
      return shared
          .putIfAbsent(name, bytes, lifeMs)
          .map(
              other -> {
                if (other == null) {
                  evict(shared);
                }
                return other == null;
              });
    }
    return after.turns().isEmpty()
        ? shared.removeIfPresent(name, before)
        : shared.replaceIfPresent(name, before, bytes, lifeMs);
  }

  /** Deletes conversations beyond the bound, as {@link RoomForConversations} selects them. */
  private void evict(AsyncMap<String, Buffer> shared) {
    if (evicting) {
      return;
    }
    evicting = true;
    shared
        .size()
        .compose(
            size ->
                size <= limits.conversations()
                    ? Future.<Void>succeededFuture()
                    : shared.entries().compose(all -> makeRoom(shared, all)))
        .onFailure(why -> LOG.warn("old conversations were not forgotten: {}", why.toString()))
        .onComplete(done -> evicting = false);
  }

  private Future<Void> makeRoom(AsyncMap<String, Buffer> shared, Map<String, Buffer> all) {
    Map<String, Conversation> readable = new HashMap<>();
    all.forEach((name, bytes) -> readable.put(name, readableOrNone(bytes)));
    RoomForConversations room =
        RoomForConversations.in(readable, limits.conversations(), wallClock.millis());
    if (!room.recent().isEmpty() && wallClock.millis() >= nextWarningMs) {
      nextWarningMs = wallClock.millis() + WARNING.toMillis();
      LOG.warn(
          "more than {} conversations at once: {} new ones are forgotten, raise conversations",
          limits.conversations(),
          room.recent().size());
    }
    List<Future<Boolean>> removed =
        Stream.concat(room.idle().stream(), room.recent().stream())
            .map(name -> shared.removeIfPresent(name, Objects.requireNonNull(all.get(name))))
            .toList();
    return Future.join(removed).mapEmpty();
  }

  private static Conversation readableOrNone(Buffer bytes) {
    try {
      return read(bytes);
    } catch (VoicebusException unreadable) {
      return Conversation.NONE;
    }
  }

  private Future<AsyncMap<String, Buffer>> map() {
    Future<AsyncMap<String, Buffer>> known = map;
    if (known == null || known.failed()) {
      known = open.get();
      map = known;
    }
    return known;
  }

  private interface Call<T> {
    /**
     * @param end when to give up, in nanoseconds of the bus
     */
    Future<T> until(long end);
  }

  private <T> Future<T> within(Duration time, Call<T> call) {
    Promise<T> promise = Promise.promise();
    Bus.Timer timer =
        LateTimers.after(
            bus,
            time.toNanos(),
            () ->
                promise.tryFail(
                    new VoicebusException(
                        Stage.TEXT,
                        FailureKind.TIMEOUT,
                        "the shared memory of conversations did not answer for "
                            + TimeUnit.NANOSECONDS.toMillis(time.toNanos())
                            + " ms")));
    call.until(bus.nanoTime() + time.toNanos())
        .onComplete(
            done -> {
              if (done.succeeded()) {
                promise.tryComplete(done.result());
              } else {
                promise.tryFail(done.cause());
              }
            });
    return promise.future().onComplete(done -> timer.cancel());
  }
}
