package io.voicebus.chunker;

import java.util.Map;
import java.util.function.Supplier;

/** What is said in place of the blocks of code of one text. Not thread-safe. */
final class CodeRemark {
  /** The setting's value for a remark in the text's language, where the code would be missed. */
  static final String AUTO = "auto";

  private static final String ENGLISH = "The code is in the text.";

  private static final Map<String, String> REMARKS =
      Map.ofEntries(
          Map.entry("en", ENGLISH),
          Map.entry("de", "Der Code steht im Text."),
          Map.entry("fr", "Le code est dans le texte."),
          Map.entry("es", "El código está en el texto."),
          Map.entry("it", "Il codice è nel testo."),
          Map.entry("pt", "O código está no texto."),
          Map.entry("nl", "De code staat in de tekst."),
          Map.entry("pl", "Kod jest w tekście."),
          Map.entry("cs", "Kód je v textu."),
          Map.entry("tr", "Kod metinde."),
          Map.entry("sv", "Koden står i texten."),
          Map.entry("da", "Koden står i teksten."),
          Map.entry("nb", "Koden står i teksten."),
          Map.entry("fi", "Koodi on tekstissä."),
          Map.entry("ru", "Код приведён в тексте."),
          Map.entry("uk", "Код наведено в тексті."),
          Map.entry("el", "Ο κώδικας είναι στο κείμενο."),
          Map.entry("ar", "الكود موجود في النص."),
          Map.entry("hi", "कोड पाठ में है।"),
          Map.entry("ja", "コードは本文にあります。"),
          Map.entry("zh", "代码在文本中。"),
          Map.entry("ko", "코드는 본문에 있습니다."));

  /**
   * Characters of code at the beginning of an answer, after which the remark no longer waits for
   * what may follow: about two seconds of a model that writes 60 tokens a second.
   */
  private static final int LONG_CODE_CHARS = 480;

  private final String setting;
  private final Supplier<String> language;
  private boolean hadBlock;

  /** Characters of code while nothing has been said; negative once the remark was made for it. */
  private int silent;

  /**
   * A remark.
   *
   * @param setting {@link #AUTO}, empty for none, or what is said for each block
   * @param language the likeliest language of the text so far, as a two-letter code
   */
  CodeRemark(String setting, Supplier<String> language) {
    this.setting = setting;
    this.language = language;
  }

  /**
   * What is said for a block that begins.
   *
   * @param announced whether a colon announces it
   */
  String atBlock(boolean announced) {
    hadBlock = true;
    return setting.equals(AUTO) ? announced ? remark() : "" : setting;
  }

  /**
   * What is said within a block, at a character of it.
   *
   * @param spoken whether the text has said anything yet
   */
  String within(boolean spoken) {
    if (silent < 0 || spoken || ++silent <= LONG_CODE_CHARS) {
      return "";
    }
    silent = -1;
    return auto();
  }

  /**
   * What is said at the end of a text.
   *
   * @param called whether the text called a tool
   * @param spoken whether the text has said anything
   */
  String atEnd(boolean called, boolean spoken) {
    return (hadBlock || called) && !spoken && silent >= 0 ? auto() : "";
  }

  private String auto() {
    return setting.equals(AUTO) ? remark() : "";
  }

  private String remark() {
    return REMARKS.getOrDefault(language.get(), ENGLISH);
  }
}
