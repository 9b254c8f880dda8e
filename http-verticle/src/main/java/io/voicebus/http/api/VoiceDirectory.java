package io.voicebus.http.api;

import io.vertx.core.Future;
import io.voicebus.contract.EngineVoices;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Caches the engines' voices, so that no turn waits for them. NOT thread safe. */
public final class VoiceDirectory {
  /** The first who asks waits so long at most; services take tenths. */
  private static final int PATIENCE_MS = 1000;

  private final ApiSessions sessions;
  private final VoiceAliases aliases;
  private @Nullable List<EngineVoices> known;

  /** The directory of one instance of the server. */
  public VoiceDirectory(ApiSessions sessions, VoiceAliases aliases) {
    this.sessions = sessions;
    this.aliases = aliases;
  }

  /** The voices as last known; starts an update for the next call. Does not fail. */
  public Future<KnownVoices> get() {
    Future<List<EngineVoices>> asked = sessions.voices().onSuccess(all -> known = all);
    List<EngineVoices> last = known;
    Future<List<EngineVoices>> soon =
        last == null
            ? asked.timeout(PATIENCE_MS, TimeUnit.MILLISECONDS).otherwise(List.of())
            : Future.succeededFuture(last);
    return soon.map(engines -> new KnownVoices(aliases, engines));
  }

  /** Tells them as {@link #get} does: at once, or after a moment. */
  public void get(Consumer<KnownVoices> to) {
    get().onSuccess(to::accept);
  }

  /** The voices as they are now; fails if no engine answers. */
  public Future<KnownVoices> now() {
    return sessions.voices().map(engines -> new KnownVoices(aliases, engines));
  }
}
