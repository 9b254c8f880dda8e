package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.UnspokenText.Content;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of a tool that a model writes as bare text is not spoken; JSON that is shown is code. */
class ToolCallsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\"}}",
        "{\n  \"name\": \"get_weather\",\n  \"parameters\": {\n    \"city\": \"Ulm\"\n  }\n}",
        "[{\"name\": \"get_weather\", \"arguments\": \"{\\\"city\\\": \\\"Ulm\\\"}\"}]",
        "{\"name\": \"f\", \"arguments\": {}}, {\"name\": \"g\", \"arguments\": {}}",
        "{\"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": \"{}\"}}",
        "{\"tool_calls\": [{\"id\": \"1\", \"type\": \"function\"}]}",
        "{\"tool\": \"search\", \"query\": \"weather Ulm\"}",
        "{\"name\": \"get_weather\", \"argum",
        "```json\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\"}}\n```",
        "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {}}\n</tool_call>",
        "<function=get_weather>{\"city\": \"Ulm\"}</function>",
        "[TOOL_CALLS] [{\"name\": \"get_weather\", \"arguments\": {}}]",
        "[TOOL_CALLS]get_weather{\"city\": \"Ulm\"}",
        "[TOOL_CALLS]get_weather[ARGS]{\"city\": \"Ulm\"}",
        "functions.get_weather:0 {\"city\": \"Ulm\"}",
        "<|tool_calls_section_begin|><|tool_call_begin|>functions.f:0<|tool_call_argument_begin|>{}",
        "<|python_tag|>{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Ulm\"}}",
      })
  void anAnswerThatOnlyCallsAToolSaysSo(String call) {
    assertThat(Speech.joined(call)).isEqualTo("The code is in the text.");
    assertThat(Speech.joined("Let me look.\n\n" + call)).isEqualTo("Let me look.");
  }

  @Test
  void itSaysSoInTheLanguageOfTheText() {
    assertThat(
            Speech.joined(
                "Der Aufruf sieht so aus:\n{\"name\": \"f\", \"arguments\": {}}\nDas ist alles."))
        .isEqualTo("Der Aufruf sieht so aus: / Der Code steht im Text. / Das ist alles.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Let me look.\\n{\"name\": \"f\", \"arguments\": {}}\\nIt is cold. → Let me look. / It is cold.",
        "Let me look.[TOOL_CALLS][{\"name\": \"f\"}]\\nIt is cold. → Let me look. / It is cold.",
        "The call is `{\"name\": \"f\", \"arguments\": {}}` there. → The call is name: f, arguments: there.",
        "It is {\"name\": \"f\", \"arguments\": {}} there. → It is {\"name\": \"f\", \"arguments\": {}} there.",
        "{\"name\": \"Ann\", \"age\": 5} → name: Ann, age: 5",
        "{\"city\": \"Ulm\", \"ag → city: Ulm, ag",
        "{\"words\" are text} → {\"words\" are text}",
        "[\"a\", \"b\"] → [\"a\", \"b\"]",
        "{x | x > 0} is a set. → {x | x > 0} is a set.",
        "[1] says so. → [1] says so.",
        "[The docs](https://example.com) say so. → The docs say so.",
        "The mark [TOOL_CALLS] is written by it. → The mark [TOOL_CALLS] is written by it.",
        "for all of us. → for all of us.",
        "functions.get_x:0 is a name. → functions.get_x:0 is a name.",
        "```\\n{\"name\": \"f\", \"arguments\": {}}\\n```\\nThat was it. → That was it.",
      })
  void onlyWhatFillsItsLineIsACall(String markdown, String spoken) {
    assertThat(Speech.joined(markdown.replace("\\n", "\n"))).isEqualTo(spoken);
  }

  @Test
  void jsonOverSeveralLinesIsCode() {
    assertThat(Speech.joined("Like this:\n{\n  \"port\": 80,\n  \"tls\": true\n}\nSave it."))
        .isEqualTo("Like this: / The code is in the text. / Save it.");
    assertThat(Speech.joined("Here.\n[\n  {\"a\": 1},\n  {\"a\": 2}\n]\nThat is all."))
        .isEqualTo("Here. / That is all.");
    assertThat(Speech.joined("{\nso he wrote\n}")).isEqualTo("{ so he wrote }");
  }

  @Test
  void jsonWithinJsonIsCodeAlsoInALineAndCutOff() {
    assertThat(Speech.joined("Here it is:\n{\"user\": {\"id\": 4}, \"on\": true}\nThat is all."))
        .isEqualTo("Here it is: / The code is in the text. / That is all.");
    assertThat(Speech.joined("Here.\n[{\"id\": 1}, {\"id\": 2}]\nThat is all."))
        .isEqualTo("Here. / That is all.");
    assertThat(Speech.joined("Here.\n{\n  \"port\": 80,\n  \"tls\": {\n    \"on\": tr"))
        .isEqualTo("Here.");
    assertThat(Speech.joined("Here.\n{\"t\": 21.5, \"all\": [{\"t\": \"12:00\"}, {\"t"))
        .isEqualTo("Here.");
  }

  @Test
  void jsonThatIsLongerThanWhatIsHeldIsCodeToItsEnd() {
    String json = "[\n" + "  {\"id\": 1, \"name\": \"Ann\"},\n".repeat(300) + "  {}\n]";
    assertThat(Speech.joined("Here.\n" + json + "\nThat is all."))
        .isEqualTo("Here. / That is all.");
    assertThat(unspoken("Here.\n" + json + "\nThat is all."))
        .containsExactly(new UnspokenText(6, 6 + json.length(), Content.CODE));
    String cut = json.substring(0, json.length() - 20);
    assertThat(Speech.joined("Here.\n" + cut)).isEqualTo("Here.");
    assertThat(unspoken("Here.\n" + cut))
        .singleElement()
        .satisfies(one -> assertThat(one.sourceStart()).isBetween(5L, 6L))
        .returns(6L + cut.length(), UnspokenText::sourceEnd);
  }

  @Test
  void aCallIsToldOf() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    chunker.accept("Let me look.\n{\"name\": \"f\", \"arguments\": {}}\nIt is cold.", 0);
    chunker.flush();
    // then
    assertThat(chunker.unspoken()).containsExactly(new UnspokenText(13, 43, Content.CODE));
  }

  private static List<UnspokenText> unspoken(String text) {
    Chunker chunker = new Chunker(Speech.SENTENCES);
    chunker.accept(text, 0);
    chunker.flush();
    return chunker.unspoken();
  }
}
