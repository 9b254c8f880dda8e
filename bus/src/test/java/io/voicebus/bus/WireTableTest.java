package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.elsewhere.Elsewhere;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who lists a type in a way in which it cannot travel is told what to change. */
class WireTableTest {
  private static final int OURS = WireTypes.FIRST_OF_APPLICATIONS;

  /** A record that travels. */
  public record Shown(String text) implements Message {}

  /** One with a component that does not. */
  public record WithMap(Map<String, String> values) implements Message {}

  /** One that is no message. */
  public record Plain(String text) {}

  private record Types(int first, List<Class<? extends Record>> records) implements WireTypes {}

  private static void assertRefused(String why, WireTypes... lists) {
    assertThatThrownBy(() -> new WireTable(List.of(lists)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aTypeHasThePlaceInItsListAsItsNumber() {
    WireTable table = new WireTable(List.of(new Types(OURS, List.of(Hello.class, Shown.class))));
    assertThat(table.number(new Shown("a"))).isEqualTo(OURS + 1);
    assertThat(table.type(OURS + 1)).isEqualTo(Shown.class);
    assertThat(table.type(OURS + 2)).isNull();
    assertThat(table.type(-1)).isNull();
  }

  @Test
  void numbersThatAreTakenAreRefusedWithWhoHasThem() {
    assertRefused(
        "where class io.voicebus.bus.Hello is: choose another multiple of BLOCK",
        new Types(OURS, List.of(Hello.class)),
        new Types(OURS, List.of(Shown.class)));
  }

  @Test
  void aFirstNumberThatCannotBeIsRefused() {
    assertRefused("is 65: it must be a multiple of BLOCK", new Types(65, List.of()));
    assertRefused("is -64: it must be", new Types(-64, List.of()));
    assertRefused("is 1073741824: it must be", new Types(1 << 30, List.of()));
  }

  @Test
  void aTypeIsListedOnce() {
    assertRefused(
        "Shown, which is listed already", new Types(OURS, List.of(Shown.class, Shown.class)));
  }

  @Test
  void aListHasItsBoundTold() {
    assertRefused("has 65 types", new Types(OURS, Collections.nCopies(65, Shown.class)));
  }

  @Test
  void aRecordThatIsNotPublicIsToBeMadeSo() {
    assertRefused(
        "make the record and its constructor public", new Types(OURS, List.of(Elsewhere.hidden())));
  }

  @Test
  void aComponentThatCannotTravelIsNamedWithWhatCan() {
    assertRefused(
        "its component values is a java.util.Map<java.lang.String, java.lang.String>",
        new Types(OURS, List.of(WithMap.class)));
  }

  @Test
  void aRecordThatIsNoMessageIsRefused() {
    assertRefused("Plain, which does not implement Message", new Types(OURS, List.of(Plain.class)));
  }

  @Test
  void whatNobodyListsSaysWhereItWouldHaveToBe() {
    assertThatThrownBy(() -> new WireTable(List.of()).number(new Shown("a")))
        .hasMessageContaining("Shown does not travel between processes")
        .hasMessageContaining("META-INF/services/io.voicebus.bus.WireTypes");
  }
}
