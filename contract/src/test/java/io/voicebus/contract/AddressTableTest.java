package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/addresses.md} as {@link Addresses#ALL} says. */
class AddressTableTest {
  private static final String REGENERATE =
      "mvn -pl contract -am test -Dtest=AddressTableTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dwrite";

  @Test
  void theDocumentedAddressesAreThoseOfTheCode() throws IOException {
    Path file = Path.of("..", "docs", "addresses.md");
    if (System.getProperty("write") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, document());
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s is out of date; regenerate it with: %s", file, REGENERATE)
        .isEqualTo(document());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Addresses

            Every address of the event bus. Made from `Addresses.ALL`; do not edit:
            `%s`.

            - *open*: a link to one of several competing instances.
            - *private*: the inbox of one instance.
            - *publish*: reaches every instance that listens.

            How links work: [bus-streams.md](bus-streams.md).

            | address | use | payload | sender | receiver |
            |---|---|---|---|---|
            """
                .replace("%s", REGENERATE));
    for (Addresses.Address address : Addresses.ALL) {
      text.append("| `")
          .append(address.name())
          .append("` | ")
          .append(address.use().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(address.payload())
          .append(" | ")
          .append(address.sender())
          .append(" | ")
          .append(address.receiver())
          .append(" |\n");
    }
    return text.toString();
  }
}
