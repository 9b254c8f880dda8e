package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The spoken forms of the languages. Each is loaded when it is first needed, and on another thread:
 * that takes a tenth of a second, and the first of them a whole one, on a machine that has nothing
 * else to do. NOT thread safe.
 */
final class LanguageForms {
  /** No language: what it takes to find out which one a text has. */
  static final String DETECTION = "";

  /** Runs what blocks on another thread. */
  interface Loader {
    /** Loads on this thread: where nothing else waits for it. */
    Loader HERE =
        (blocking, then) -> {
          blocking.run();
          then.run();
        };

    /**
     * Begins to load.
     *
     * @param then called on the caller's context when that is over, even if it has thrown
     */
    void load(Runnable blocking, Runnable then);
  }

  private final Loader loader;
  private final Map<String, Optional<SpokenForms>> loaded = new HashMap<>();
  private final Map<String, List<Consumer<Optional<SpokenForms>>>> waiting = new HashMap<>();

  LanguageForms(Loader loader) {
    this.loader = loader;
  }

  /**
   * Gives the forms of a language, at once if they are loaded.
   *
   * @param then is given nothing for {@link #DETECTION}, and for what cannot be loaded
   */
  void get(String code, Consumer<Optional<SpokenForms>> then) {
    Optional<SpokenForms> known = loaded.get(code);
    if (known != null) {
      then.accept(known);
    } else if (waiting.containsKey(code)) {
      Objects.requireNonNull(waiting.get(code)).add(then);
    } else {
      waiting.put(code, new ArrayList<>(List.of(then)));
      AtomicReference<SpokenForms> made = new AtomicReference<>();
      loader.load(() -> make(code).ifPresent(made::set), () -> loaded(code, made));
    }
  }

  private void loaded(String code, AtomicReference<SpokenForms> made) {
    Optional<SpokenForms> forms = Optional.ofNullable(made.get());
    loaded.put(code, forms);
    Objects.requireNonNull(waiting.remove(code)).forEach(then -> then.accept(forms));
  }

  /** What a first use needs is loaded by a first use. */
  private static Optional<SpokenForms> make(String code) {
    if (code.equals(DETECTION)) {
      new TurnLanguage(TurnLanguage.UNSURE).of("A sentence.");
      return Optional.empty();
    }
    SpokenForms forms = new SpokenForms(code);
    forms.say("3.5.2027 10:30: 5 km, $1.50, 50%, 1/2, 2nd, 1980.");
    return Optional.of(forms);
  }

  /** Loads what finds a language, and then these languages, one after the other. */
  void warmUp(Collection<String> languages) {
    List<String> all = new ArrayList<>(List.of(DETECTION));
    all.addAll(languages);
    warmUp(all, 0);
  }

  private void warmUp(List<String> all, int next) {
    if (next < all.size()) {
      get(all.get(next), done -> warmUp(all, next + 1));
    }
  }
}
