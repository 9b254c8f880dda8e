package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.UnspokenText.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML and short differences without a fence are not spoken; lists and labels are. */
class BareSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Write this:\\n\\nservices:\\n  web:\\n    image: nginx:1.25\\n    ports:\\n      - \"80:80\"\\n\\nThen start it. → Write this: / The code is in the text. / Then start it.",
        "So.\\nautomation:\\n  - alias: \"Porch\"\\n    trigger:\\n      platform: sun\\n\\nThen restart it. → So. / Then restart it.",
        "So.\\nversion: \"3.8\"\\nname: app\\nservices:\\n  web:\\n    image: nginx\\nvolumes:\\n  data: {}\\n\\nThat is it. → So. / That is it.",
        "So.\\n- name: Install it\\n  hosts: all\\n  tasks:\\n    - apt: name=git\\n\\nThat is it. → So. / That is it.",
        "So.\\nspec:\\n  replicas: 2\\n\\nstatus:\\n  ready: 1\\n\\n- First, look at it. → So. / First, look at it.",
        "So.\\n- timeout = 30\\n+ timeout = 60\\n\\nThat is it. → So. / That is it.",
        "So.\\n- const port = 3000;\\n+ const port = env.PORT;\\nThat is it. → So. / That is it.",
        "So.\\n-import urllib\\n-import json\\n+import requests\\n\\nThat is it. → So. / That is it.",
        "So.\\n- tag: v1\\n+ tag: v2\\n\\nThat is it. → So. / That is it.",
      })
  void settingsAndChangesAreNotSpoken(String markdown, String spoken) {
    assertThat(said(markdown)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "note: this is so\\nand it stays so. → note: this is so and it stays so.",
        "name: Ann\\nage: 5 → name: Ann / age: 5",
        "fruit:\\n  - apples\\n  - pears → fruit: / apples / pears",
        "- milk: two liters\\n- eggs: a dozen → milk: two liters / eggs: a dozen",
        "- slow\\n+ cheap → slow / cheap",
        "- return it by Monday\\n- call them → return it by Monday / call them",
        "+ Good: the price\\n- Bad: the noise → Good: the price / Bad: the noise",
        "omg yes: that is what I told you to do all the time here → omg yes: / that is what I told you to do all the time here",
        "```\\nservices:\\n  web:\\n    a: b\\n```\\nThat is it. → That is it.",
      })
  void listsAndLabelsAreSpoken(String markdown, String spoken) {
    assertThat(said(markdown).replace(" / ", " ")).isEqualTo(spoken.replace(" / ", " "));
  }

  @Test
  void aLongLineIsCodeToItsEnd() {
    assertThat(said("So.\na:\n  c: 1\n  b: " + "word ".repeat(200) + "end\n\nThat is it."))
        .isEqualTo("So. / That is it.");
  }

  @Test
  void theyAreToldOf() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    chunker.accept("So.\na:\n  b: 1\n\nThat is it.", 0);
    chunker.flush();
    // then
    assertThat(chunker.unspoken()).containsExactly(new UnspokenText(4, 13, Content.CODE));
  }

  private static String said(String markdown) {
    return Speech.joined(markdown.replace("\\n", "\n"));
  }
}
