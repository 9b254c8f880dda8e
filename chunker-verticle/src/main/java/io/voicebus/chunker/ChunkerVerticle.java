package io.voicebus.chunker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deltas to chunks.
 *
 * <p>{@link ChunkerConfig} has the settings. An instance that is stopped leaves its turns at once,
 * unless {@code drain-ms} is set.
 */
public final class ChunkerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkerVerticle.class);

  /**
   * When a text that was there at the start is being said, or a server is ready: later texts may
   * find all loaded.
   */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private Collection<String> languages = SpokenForms.LANGUAGES;
  private String address = Addresses.TEXT;
  private Duration drain = Duration.ZERO;
  private Future<?> loading = Future.succeededFuture();
  private boolean stopped;
  private @Nullable VertxBus bus;

  /**
   * Expects a single text: loads only the user's own language before the text shows which one it
   * needs. Call it before the deployment.
   */
  public ChunkerVerticle forOneText() {
    String own = Locale.getDefault().getLanguage();
    languages = List.of(SpokenForms.LANGUAGES.contains(own) ? own : "en");
    return this;
  }

  /**
   * Serves another address, in place of the usual one: for a stage of your own that serves the
   * usual one, and opens this one from there. To be said before the deployment.
   */
  public ChunkerVerticle servingAt(String other) {
    address = other;
    return this;
  }

  @Override
  public Future<?> start() {
    Settings settings = new Settings("chunker", config());
    int maxChars = settings.get(ChunkerConfig.MAX_CHUNK_CHARS);
    Duration stall = settings.get(ChunkerConfig.STALL);
    ChunkerOptions options =
        new ChunkerOptions(
            true,
            true,
            maxChars,
            stall.toNanos(),
            remark(settings.get(ChunkerConfig.CODE_REMARK)),
            settings.get(ChunkerConfig.EMOJI).equals("name"),
            false,
            false);
    JobText jobText =
        new JobText(
            settings.get(ChunkerConfig.SPELL_OUT),
            pronunciations(settings.get(ChunkerConfig.PRONUNCIATIONS)),
            settings.get(ChunkerConfig.LANGUAGE),
            this::load);
    drain = settings.find(ChunkerConfig.DRAIN).orElse(Duration.ZERO);
    settings.rejectUnknown();
    jobText.warmUp();
    // Not beside all else that a start has to do: a text that comes before loads what it needs.
    vertx.setTimer(SETTLED.toMillis(), settled -> jobText.warmUp(languages));
    Future<?> warm = vertx.executeBlocking(ChunkerVerticle::loadRules, false);
    return VertxBus.register(vertx, Clock.system(), "chunker")
        .compose(
            registered -> {
              bus = registered;
              new BusTexts(registered.inbox(), options, jobText);
              return warm.compose(loaded -> registered.serve(address));
            });
  }

  /**
   * Checks the parts of a {@code config()} that nothing else checks before the verticle starts.
   *
   * @throws IllegalArgumentException names the key, and says what is wrong
   */
  public static void check(JsonObject config) {
    pronunciations(new Settings("chunker", config).get(ChunkerConfig.PRONUNCIATIONS));
  }

  /** Loads the rules, so that the first text, and the others with it, does not wait for them. */
  private static boolean loadRules() {
    return new Chunker(ChunkerOptions.DEFAULT).accept("A sentence. And ", 0).isEmpty();
  }

  /** Off the event loop; one language does not wait for another. */
  private void load(Runnable blocking, Runnable then) {
    if (stopped) {
      return;
    }
    Future<?> load =
        vertx.executeBlocking(
            () -> {
              blocking.run();
              return true;
            },
            false);
    loading = Future.join(loading, load);
    load.onFailure(why -> LOG.error("a language cannot be loaded", why))
        .onComplete(done -> then.run());
  }

  private static String remark(String setting) {
    return setting.equals("off") ? "" : setting;
  }

  private static Pronunciations pronunciations(String file) {
    try {
      return file.isEmpty() ? Pronunciations.NONE : Pronunciations.read(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "chunker setting 'pronunciations' is '" + file + "': " + e.getMessage(), e);
    }
  }

  @Override
  public Future<?> stop() {
    Future<Void> drained = bus == null ? Future.succeededFuture() : bus.drain(drain);
    return drained.eventually(this::close);
  }

  private Future<Void> close() {
    stopped = true;
    // What is left is taken over by another instance.
    Future<Void> closed = bus == null ? Future.succeededFuture() : bus.close();
    // A load that ends after the event loop has gone could not tell of it.
    return closed.eventually(() -> loading.otherwiseEmpty());
  }
}
