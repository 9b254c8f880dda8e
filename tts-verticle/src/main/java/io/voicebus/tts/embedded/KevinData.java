package io.voicebus.tts.embedded;

import com.sun.speech.freetts.en.us.CMULexicon;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * The files of FreeTTS's English voice, read as a whole: FreeTTS itself takes them from the jar
 * byte by byte, and takes apart what no text needs.
 */
final class KevinData {
  private KevinData() {}

  /** A file of the lexicon. */
  static byte[] lexicon(String name) {
    return read(CMULexicon.class, name);
  }

  /** A file of the voice. */
  static byte[] voice(String name) {
    return read(KevinVoiceDirectory.class, name);
  }

  private static byte[] read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the FreeTTS jar has no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read FreeTTS's " + name, e);
    }
  }

  /** An address of bytes in memory, for what reads from one. */
  static URL url(byte[] bytes) throws IOException {
    return new URL(
        null,
        "memory:",
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(bytes);
              }
            };
          }
        });
  }
}
