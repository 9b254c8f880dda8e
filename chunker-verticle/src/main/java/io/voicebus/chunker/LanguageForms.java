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
import java.util.function.Supplier;

/**
 * The spoken forms of the languages. Each is loaded when a text first needs it, or ahead of that,
 * and on another thread: a whole language takes a tenth of a second, and the first of them more.
 * NOT thread safe.
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
   * @param text what they are for: of a language that is not loaded, what this text needs is
   * @param then is given nothing for {@link #DETECTION}, and for what cannot be loaded
   */
  void get(String code, String text, Consumer<Optional<SpokenForms>> then) {
    Optional<SpokenForms> known = loaded.get(code);
    if (known != null) {
      then.accept(known);
    } else {
      load(code, () -> make(code, text), then);
    }
  }

  private void load(
      String code, Supplier<Optional<SpokenForms>> maker, Consumer<Optional<SpokenForms>> then) {
    List<Consumer<Optional<SpokenForms>>> others = waiting.get(code);
    if (others != null) {
      others.add(then);
      return;
    }
    waiting.put(code, new ArrayList<>(List.of(then)));
    AtomicReference<SpokenForms> made = new AtomicReference<>();
    loader.load(() -> maker.get().ifPresent(made::set), () -> loaded(code, made));
  }

  private void loaded(String code, AtomicReference<SpokenForms> made) {
    Optional<SpokenForms> forms = Optional.ofNullable(made.get());
    loaded.put(code, forms);
    Objects.requireNonNull(waiting.remove(code)).forEach(then -> then.accept(forms));
  }

  /** What a first use needs is loaded by a first use. */
  private static Optional<SpokenForms> make(String code, String text) {
    if (code.equals(DETECTION)) {
      new TurnLanguage(TurnLanguage.UNSURE).of(text);
      return Optional.empty();
    }
    SpokenForms forms = new SpokenForms(code);
    forms.say(text);
    return Optional.of(forms);
  }

  private static Optional<SpokenForms> makeWhole(String code) {
    Optional<SpokenForms> forms = make(code, "3.5.2027 10:30: 5 km, $1.50, 50%, 1/2, 2nd, 1980.");
    forms.ifPresent(SpokenForms::prepare);
    return forms;
  }

  /** Loads what finds a language. */
  void warmUp() {
    get(DETECTION, "A sentence.", done -> {});
  }

  /** Loads what finds a language, and then all of these languages, one after the other. */
  void warmUp(Collection<String> languages) {
    get(DETECTION, "A sentence.", done -> warmUp(List.copyOf(languages), 0));
  }

  private void warmUp(List<String> all, int next) {
    if (next < all.size()) {
      String code = all.get(next);
      load(code, () -> makeWhole(code), done -> warmUp(all, next + 1));
    }
  }
}
