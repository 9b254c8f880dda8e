package io.voicebus.http.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Decodes forms and queries. The decoders of the JDK and of Netty replace malformed UTF-8, and read
 * unencoded letters beyond ASCII as Latin-1.
 */
public final class UrlEncoded {
  private static final String QUERY = "the query";

  private UrlEncoded() {}

  /**
   * The parameters of a query, in their order.
   *
   * @param query as it was sent; letters beyond ASCII are bytes, as Netty reads them
   * @throws ProblemException 400: it is not well-formed, or not UTF-8
   */
  static List<Map.Entry<String, String>> query(String query) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String value = parts.length < 2 ? "" : decode(parts[1], QUERY);
        parameters.add(Map.entry(decode(parts[0], QUERY), value));
      }
    }
    return parameters;
  }

  /**
   * Decodes one name or value.
   *
   * @param what name of the part, for errors
   * @throws ProblemException 400
   */
  public static String decode(String encoded, String what) {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) (16 * digit(encoded, i + 1, what) + digit(encoded, i + 2, what));
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return StrictUtf8.decode(Arrays.copyOf(bytes, length), what);
  }

  private static int digit(String encoded, int at, String what) {
    int digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    if (digit < 0) {
      throw JsonFields.invalid(what + " is not well-formed: write '%' as %25");
    }
    return digit;
  }
}
