package io.voicebus.chunker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
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
 * <p>Settings: {@code max-chunk-chars} (40 to 4000, default 400), {@code stall-ms} (50 to 60000,
 * default 700): what a stalled model has written so far is spoken after so long; {@code
 * code-remark} (default {@code auto}, or {@code off}): what is said in place of a block of code;
 * {@code auto} is a remark in the text's language where a colon announces the code or nothing else
 * is said; {@code emoji} ({@code drop} or {@code name}, default {@code drop}); {@code spell-out}
 * (default on): numbers and signs are written out for the voice; {@code language} (default: found
 * in each turn): what all turns are written in, as a two-letter code; {@code pronunciations}
 * (default none): a file that says how words are said; {@code drain-ms} (0 to 600000, default 0):
 * how long an instance that is stopped may finish its turns.
 */
public final class ChunkerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkerVerticle.class);

  private Collection<String> languages = SpokenForms.LANGUAGES;
  private Duration drain = Duration.ZERO;
  private Future<?> loading = Future.succeededFuture();
  private boolean stopped;
  private @Nullable VertxBus bus;

  /**
   * Says that one text is all that comes: of the languages only the user's own is loaded before it
   * is known which one it needs. To be said before the deployment.
   */
  public ChunkerVerticle forOneText() {
    String own = Locale.getDefault().getLanguage();
    languages = List.of(SpokenForms.LANGUAGES.contains(own) ? own : "en");
    return this;
  }

  @Override
  public Future<?> start() {
    Settings settings = new Settings("chunker", config());
    int maxChars = settings.integer("max-chunk-chars", 400, 40, 4000);
    Duration stall = settings.millis("stall-ms", Duration.ofMillis(700), 50, 60_000);
    ChunkerOptions options =
        new ChunkerOptions(
            true,
            true,
            maxChars,
            stall.toNanos(),
            remark(settings.text("code-remark", ChunkerOptions.AUTO_REMARK)),
            settings.choice("emoji", "drop", List.of("drop", "name")).equals("name"),
            false);
    JobText jobText =
        new JobText(
            settings.flag("spell-out", true),
            pronunciations(settings.text("pronunciations", "")),
            language(settings.text("language", "")),
            this::load);
    drain = settings.millis("drain-ms", Duration.ZERO, 0, 600_000);
    settings.rejectUnknown();
    jobText.warmUp(languages);
    Future<?> warm = vertx.executeBlocking(ChunkerVerticle::loadRules, false);
    return VertxBus.register(vertx, Clock.system(), "chunker")
        .compose(
            registered -> {
              bus = registered;
              new BusTexts(registered.inbox(), options, jobText);
              return warm.compose(loaded -> registered.serve(Addresses.TEXT));
            });
  }

  /** What the first text of all would wait for, and the others with it. */
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

  private static String language(String code) {
    if (!code.isEmpty() && !code.matches("[a-z]{2}")) {
      throw new IllegalArgumentException(
          "chunker setting 'language' is '" + code + "': it must be two letters, such as en");
    }
    return code;
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
    // Who ends a load after the event loop has gone cannot tell it.
    return closed.eventually(() -> loading.otherwiseEmpty());
  }
}
