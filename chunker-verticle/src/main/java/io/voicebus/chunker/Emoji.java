package io.voicebus.chunker;

import java.util.Locale;

/** Pictures among the text: what is one, and what it is called. */
final class Emoji {
  private Emoji() {}

  /**
   * Whether a code point is a picture or a part of one: joiners, skin tones, flags' letters.
   *
   * @param within whether it follows a picture directly
   */
  static boolean is(int cp, boolean within) {
    if (cp < 0x200D) {
      return false;
    }
    if (cp == 0xFE0F || cp == 0xFE0E || cp == 0x20E3) {
      return true;
    }
    if (cp == 0x200D) {
      return within;
    }
    boolean block =
        (cp >= 0x2600 && cp <= 0x27BF)
            || (cp >= 0x2B00 && cp <= 0x2BFF)
            || (cp >= 0x23E9 && cp <= 0x23FA)
            || cp == 0x231A
            || cp == 0x231B
            || (cp >= 0x1F000 && cp <= 0x1FAFF);
    boolean modifier = cp >= 0x1F3FB && cp <= 0x1F3FF;
    boolean tag = cp >= 0xE0020 && cp <= 0xE007F;
    return modifier || tag || (block && Character.getType(cp) == Character.OTHER_SYMBOL);
  }

  /** Unicode's English name in small letters; empty for what only changes a picture. */
  static String name(int cp) {
    boolean part = cp < 0x231A || cp > 0xE0000 || (cp >= 0x1F3FB && cp <= 0x1F3FF) || cp == 0xFE0F;
    boolean flag = cp >= 0x1F1E6 && cp <= 0x1F1FF;
    if (part || flag || cp == 0xFE0E) {
      return "";
    }
    String name = Character.getName(cp);
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replace('-', ' ');
  }
}
