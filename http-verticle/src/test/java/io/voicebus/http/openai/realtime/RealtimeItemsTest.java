package io.voicebus.http.openai.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.HeardText;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealtimeItemsTest {
  private final RealtimeItems items = new RealtimeItems();

  private static RealtimeItem user(String id, String... parts) {
    JsonArray content = new JsonArray();
    for (String part : parts) {
      content.add(new JsonObject().put("type", "input_text").put("text", part));
    }
    JsonObject item =
        new JsonObject()
            .put("type", "message")
            .put("role", "user")
            .put("id", id)
            .put("content", content);
    return RealtimeItem.parse(RequestJson.item(item, "item"));
  }

  @Test
  void beyondFiveHundredTheOldestIsForgotten() {
    // given
    IntStream.range(0, RealtimeItems.MAX_ITEMS).forEach(i -> items.add(user("i" + i, "x"), ""));
    assertThat(items.trim()).isEmpty();
    // when
    items.add(user("another", "x"), "");
    // then
    assertThat(items.trim()).extracting(RealtimeItem::id).containsExactly("i0");
    assertThat(items.messages()).hasSize(RealtimeItems.MAX_ITEMS);
  }

  @Test
  void whatHasNoTextTakesRoomToo() {
    // given
    String[] parts = Stream.generate(() -> "").limit(2000).toArray(String[]::new);
    // when
    for (int i = 0; i < 10; i++) {
      items.add(user("i" + i, parts), "");
    }
    // then
    assertThat(items.trim()).isNotEmpty();
  }

  @Test
  void oneThatIsTooLongAloneIsKept() {
    items.add(user("old", "x"), "");
    items.add(user("long", "x".repeat(RealtimeItems.MAX_CHARS + 1)), "");
    assertThat(items.trim()).extracting(RealtimeItem::id).containsExactly("old");
  }

  @Test
  void anIdIsGivenOnce() {
    items.add(user("a", "x"), "");
    assertThatThrownBy(() -> items.add(user("a", "y"), "")).isInstanceOf(ProblemException.class);
    assertThat(items.messages()).hasSize(1);
  }

  @Test
  void onlyTheLatestEightAnswersCanBeCut() {
    // when
    List<RealtimeItem> answers =
        Stream.generate(() -> RealtimeItem.answer(new HeardText())).limit(9).toList();
    answers.forEach(answer -> items.add(answer, ""));
    // then
    assertThat(answers.get(0).canBeCut()).isFalse();
    assertThat(answers.subList(1, 9)).allMatch(RealtimeItem::canBeCut);
  }
}
