package io.voicebus.http.api;

import io.vertx.core.Future;
import io.voicebus.contract.EngineVoices;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows the engines' voices without keeping a turn waiting for them. NOT thread safe. */
public final class VoiceDirectory {
  /** The first who asks waits so long at most; services take tenths. */
  private static final int PATIENCE_MS = 1000;

  private final ApiSessions sessions;
  private final VoiceAliases aliases;
  private @Nullable List<EngineVoices> known;

  /** Of one instance of the server. */
  public VoiceDirectory(ApiSessions sessions, VoiceAliases aliases) {
    this.sessions = sessions;
    this.aliases = aliases;
  }

  /** As they were a moment ago; asks again for the next one. Does not fail. */
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

  /** As they are now; fails when nobody knows. */
  public Future<KnownVoices> now() {
    return sessions.voices().map(engines -> new KnownVoices(aliases, engines));
  }
}
