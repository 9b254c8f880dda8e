package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * Tells prose from code, line by line: for text behind a mark of code, a comment or a style sheet
 * that was never closed.
 */
final class Prose {
  /** What prose seldom has. */
  private static final Pattern CODE =
      Pattern.compile(
          """
          [{}=\\\\]                     # { color: red }  x = 1  C:\\tmp
          | ; \\s* $                   # int x;
          | </ | /> | < \\w            # <br/>
          | \\w \\( (?! e?s\\) )       # print(x), but not "file(s)"
          | -> | && | \\|\\| | ::      # a->b
          | ``` | ~~~                  # a fence
          | (?<! :) // | /\\* | \\*/    # a remark, but not "https://"
          | \\w \\[ \\d                # a[0]
          | ^ \\s* [\\#@$.] \\w        # #include  @Override  $HOME  .class
          | ^ \\s* (?: -- | \"{3} )     # -- SQL
          | ^ \\x20{4}                  # what is indented
          """,
          Pattern.COMMENTS);

  /** A whole sentence of three words or more, or one in a script without spaces. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          """
          ^ [^\\p{L}\\p{N}\\#/*]*+                      # perhaps a quote or a dash
          (?: \\S+ \\s+ ){2,}+ \\S* [.!?:…؟।]           # Run it twice.
          [\"'”’»)\\]*_]* \\s* $
          | [。！？] \\s* $                              # 再运行一次。
          """,
          Pattern.COMMENTS);

  private Prose() {}

  /**
   * Where the prose begins with which the text ends.
   *
   * @param comments whether all that is no code counts, else only from a sentence on
   * @return an index; the text's size if it does not end with prose
   */
  static int start(HeldText text, boolean comments) {
    int prose = text.size();
    int end = text.size();
    boolean found = false;
    while (end > 0) {
      int start = end;
      while (start > 0 && text.codePoint(start - 1) != '\n') {
        start--;
      }
      String line = text.range(start, end).toString();
      if (isCode(line)) {
        break;
      }
      boolean sentence = isSentence(line, end == text.size());
      found |= sentence;
      prose = sentence || comments ? start : prose;
      end = start - 1;
    }
    return found ? prose : text.size();
  }

  /** Whether a line is a sentence, and has nothing of code. */
  static boolean isSentence(String line) {
    return SENTENCE.matcher(line).find() && !isCode(line);
  }

  /** Whether a line has what prose seldom has. */
  static boolean isCode(String line) {
    return CODE.matcher(line).find();
  }

  /** Of the last line, which may be cut off, a sentence before its end is enough. */
  private static boolean isSentence(String line, boolean last) {
    if (SENTENCE.matcher(line).find()) {
      return true;
    }
    int stop =
        Math.max(line.lastIndexOf(". "), Math.max(line.lastIndexOf("? "), line.lastIndexOf("! ")));
    return last && stop > 0 && SENTENCE.matcher(line.substring(0, stop + 1)).find();
  }
}
