package io.voicebus.http;

import java.util.List;
import java.util.Locale;

/** A turn's captions as a file: <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a> or SubRip. */
final class CaptionText {
  static final String VTT_TYPE = "text/vtt;charset=utf-8";
  static final String SRT_TYPE = "application/x-subrip;charset=utf-8";

  private CaptionText() {}

  /**
   * As WebVTT.
   *
   * @param running whether more may follow
   */
  static String vtt(Captions captions, boolean running) {
    StringBuilder out = new StringBuilder("WEBVTT\n");
    if (captions.isEstimated()) {
      out.append("\nNOTE some times are estimated: the voice does not tell when words end\n");
    }
    int number = 0;
    for (Captions.Cue cue : captions.cues()) {
      out.append('\n').append(++number).append('\n');
      out.append(time(cue.fromMs(), '.')).append(" --> ").append(time(cue.toMs(), '.'));
      out.append('\n').append(escaped(lines(cue))).append('\n');
    }
    if (captions.isCut()) {
      out.append("\nNOTE what was spoken after this is not kept\n");
    } else if (running) {
      out.append("\nNOTE the turn goes on\n");
    }
    return out.toString();
  }

  /** As SubRip, which knows no remarks. */
  static String srt(Captions captions) {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (Captions.Cue cue : captions.cues()) {
      out.append(++number).append("\r\n");
      out.append(time(cue.fromMs(), ',')).append(" --> ").append(time(cue.toMs(), ','));
      out.append("\r\n").append(lines(cue).replace("\n", "\r\n")).append("\r\n\r\n");
    }
    return out.toString();
  }

  private static String lines(Captions.Cue cue) {
    List<String> lines = CaptionLines.of(cue.text());
    return String.join("\n", lines);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String time(long ms, char point) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        point,
        ms % 1000);
  }
}
