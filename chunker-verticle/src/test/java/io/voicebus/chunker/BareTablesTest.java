package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.UnspokenText.Content;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables without bars and trees of files, as programs print them; prose that begins like them. */
class BareTablesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "So:\\n\\nNAME    READY   AGE\\nweb-1   1/1     3d\\n\\nThat is it. → So: / The code is in the text. / That is it.",
        "So.\\n\\nCONTAINER ID   IMAGE     STATUS\\n3f2a1b        nginx     Up 2 hours\\n9a8b7c        redis     Up 3 hours\\nThat is it. → So. / That is it.",
        "So:\\n\\nmy-app/\\n├── src/\\n│   └── App.jsx\\n└── README.md\\n\\nThat is it. → So: / The code is in the text. / That is it.",
        "So.\\n.\\n├── a.txt\\n└── b.txt\\nThat is it. → So. / That is it.",
        "So.\\nsrc\\n|-- a.txt\\n`-- b.txt\\n\\nThat is it. → So. / src / That is it.",
      })
  void outputAndTreesAreNotSpoken(String text, String spoken) {
    assertThat(said(text)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "So:\\n\\nname,age,city\\nAnn,34,Paris\\nBob,41,Rome\\n\\nThat is it. → So: / name: Ann, age: 34, city: Paris / name: Bob, age: 41, city: Rome / That is it.",
        "So.\\nname,note,city\\n\"Lee, Ann\",\"a | b\",Paris\\nThat is it. → So. / name: Lee, Ann, note: a | b, city: Paris / That is it.",
        "date;amount;unit\\n2024-01-05;19,99;EUR\\n → date: 2024-01-05, amount: 19,99, unit: EUR",
        "Team     Won   Lost\\nLions    3     1\\nBears    2     2\\n\\nThat is it. → Team: Lions, Won: 3, Lost: 1 / Team: Bears, Won: 2, Lost: 2 / That is it.",
        "So.\\n\\nPlanet     Diameter (km)   2024\\nMars       6,792           2\\n → So. / Planet: Mars, Diameter (km): 6,792, 2024: 2",
        "Team\\tWon\\tLost\\nLions\\t3\\t1 → Team: Lions, Won: 3, Lost: 1",
      })
  void otherTablesAreReadByTheirRows(String text, String spoken) {
    assertThat(said(text)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Well,well, it is so. Good. → Well,well, it is so. / Good.",
        "One,two,three. → One,two,three.",
        "red,green,blue\\n\\nThese are colours. → red,green,blue / These are colours.",
        "red,green,blue\\nThese are colours. → red,green,blue / These are colours.",
        "Mars       6,792           2\\nVenus      12,104          0\\n → Mars 6,792 2 / Venus 12,104 0",
        "NASA  ESA  JAXA\\nThey all fly. → NASA ESA JAXA / They all fly.",
        "src/\\nIt has the code. → src/ / It has the code.",
        "I  came.  I  saw.  I  won. → I came. / I saw. / I won.",
        "1,250,000 people live there. → 1,250,000 people live there.",
        "N,N-dimethylaniline is a base. It smells. → N,N-dimethylaniline is a base. / It smells.",
        "```\\nname,age,city\\nAnn,34,Paris\\n```\\nThat is it. → That is it.",
      })
  void whatOnlyBeginsLikeATableIsText(String text, String spoken) {
    assertThat(said(text)).isEqualTo(spoken);
  }

  @Test
  void whatIsNotSpokenIsToldOf() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    // when
    chunker.accept("So.\na/\n├── b\n└── c\n\nThat is it.", 0);
    chunker.flush();
    // then
    assertThat(chunker.unspoken()).containsExactly(new UnspokenText(4, 18, Content.CODE));
  }

  @Test
  void aRowKnowsItsPartOfTheText() {
    // given
    String text = "a,b,c\n1,2,3\n";
    // when
    List<SpeakableChunk> chunks = Speech.chunks(Speech.SENTENCES, text);
    // then
    assertThat(Speech.texts(chunks)).containsExactly("a: 1, b: 2, c: 3");
    assertThat(chunks.get(0).sourceEnd()).isBetween(11L, (long) text.length());
  }

  @Test
  void aCutFreesAWordThatMayBeginATable() {
    // given
    Chunker chunker = new Chunker(Speech.SENTENCES);
    chunker.accept("Hello", 0);
    // when
    List<SpeakableChunk> chunks = chunker.cut();
    // then
    assertThat(Speech.texts(chunks)).containsExactly("Hello");
  }

  private static String said(String text) {
    return Speech.joined(text.replace("\\n", "\n").replace("\\t", "\t"));
  }
}
