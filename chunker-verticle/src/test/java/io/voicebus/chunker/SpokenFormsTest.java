package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenFormsTest {
  private static final Map<String, SpokenForms> FORMS = new HashMap<>();

  private static String say(String language, String text) {
    return FORMS.computeIfAbsent(language, SpokenForms::new).say(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "en → It is $29.50 or $1. → It is twenty-nine dollars and fifty cents or one dollar.",
        "en → They paid $5.5 million. → They paid five point five million dollars.",
        "en → About €1,000 each. → About one thousand euros each.",
        "en → In 1874 we had 1,874 hens. → In eighteen seventy-four we had one thousand eight hundred seventy-four hens.",
        "en → Pi is 3.14. → Pi is three point one four.",
        "en → Walk 10–20 km. → Walk ten to twenty kilometers.",
        "en → It rained on 50% of days. → It rained on fifty percent of days.",
        "en → At 10:30, or 9:05 a.m. today → At ten thirty, or nine oh five a.m. today",
        "en → Noon is 12:00. → Noon is twelve o'clock.",
        "en → On May 3, 2027. → On May third, twenty twenty-seven.",
        "en → Due 2027-05-03. → Due May third, twenty twenty-seven.",
        "en → The 21st floor. → The twenty-first floor.",
        "en → The 1980s. → The nineteen eighties.",
        "en → From 1914–1918. → From nineteen fourteen to nineteen eighteen.",
        "en → Call 303-555-0142. → Call three zero three, five five five, zero one four two.",
        "en → Henry VIII read Chapter IV. → Henry the eighth read Chapter four.",
        "en → So am I. → So am I.",
        "en → Ask jo@example.com & me. → Ask jo at example dot com and me.",
        "en → It is -5 °C. → It is minus five degrees Celsius.",
        "en → Version 2.10.3 of B2B. → Version two dot ten dot three of B2B.",
        "en → Is 50% + 50% = 100%? → Is fifty percent plus fifty percent equals one hundred percent?",
        "en → Agent 007. → Agent zero zero seven.",
        "en → Add 1/2 cup, 3/4 of it now. → Add one half cup, three quarters of it now.",
        "en → It took 1 1/2 or 2½ hours. → It took one and one half or two and one half hours.",
        "en → Due 1/2/2024, open 24/7. → Due January second, twenty twenty-four, open twenty-four slash seven.",
        "en → Step 1/4 is 8/10 done. → Step one slash four is eight slash ten done.",
        "en → It raised $5M, £3bn, $100k and $1.5B. → It raised five million dollars, three billion British pounds, one hundred thousand dollars and one point five billion dollars.",
        "en → At 9:30PM or 5 pm, not 7 a.m. → At nine thirty p.m. or five p.m., not seven a.m.",
        "en → She ran it in 2:03:45. → She ran it in two oh three forty-five.",
        "en → Malcolm X drove a Model X of Gen X. → Malcolm X drove a Model X of Gen X.",
        "en → Final Fantasy VII, Rocky III and World War I. → Final Fantasy seven, Rocky three and World War one.",
        "en → Pope Pius IX wrote Chapter V. → Pope Pius the ninth wrote Chapter five.",
        "en → Call 555-0142 or +44 20 7946 0018. → Call five five five, zero one four two or plus four four, two zero, seven nine four six, zero zero one eight.",
        "de → Mobil 0151-2345678. → Mobil null eins fünf eins, zwei drei vier fünf sechs sieben acht.",
        "de → Der Bus hält um 8 am Markt. → Der Bus hält um acht am Markt.",
        "de → Es kostet 2 Mio. €. → Es kostet zwei Millionen Euro.",
        "de → Nur 2/3 der Leute, 1/4 nicht. → Nur zwei Drittel der Leute, ein Viertel nicht.",
        "fr → Les 3/4 et 1/3 du temps. → Les trois quarts et un tiers du temps.",
        "es → Queda 1/3 del agua. → Queda un tercio del agua.",
        "it → Sono 2/5 del totale. → Sono due quinti del totale.",
        "pt → Falta 1/4 da massa. → Falta um quarto da massa.",
        "nl → Van 2/3 is 1/8 weg. → Van twee derde is een achtste weg.",
        "de → Am 3. Oktober um 10:30 Uhr. → Am dritten Oktober um zehn Uhr dreißig.",
        "de → Das kostet 1.250,50 €. → Das kostet eintausendzweihundertfünfzig Euro und fünfzig Cent.",
        "de → Der 2. Weltkrieg. → Der zweite Weltkrieg.",
        "fr → Le 1er mai, 20 % de 1 250 km. → Le premier mai, vingt pour cent de mille deux cent cinquante kilomètres.",
        "es → Felipe VI pagó 20 €. → Felipe seis pagó veinte euros.",
        "it → Pesa 3,5 kg. → Pesa tre virgola cinque chilogrammi.",
        "pt → Quase 25% de 1.000. → Quase vinte e cinco por cento de mil.",
        "nl → Om 10:30 uur. → Om tien uur dertig.",
      })
  void writesOutWhatAVoiceMayReadWrongly(String language, String text, String said) {
    assertThat(say(language, text)).isEqualTo(said);
  }

  @Test
  void whatHasNothingToWriteOutIsTheSame() {
    assertThat(say("en", "A plain sentence, with (brackets) and a dash - so.")).contains("dash");
    assertThat(SpokenForms.isNeeded("A plain sentence.")).isFalse();
    assertThat(SpokenForms.isNeeded("Half is ½.")).isTrue();
  }

  @Test
  void anyTextIsWrittenOutInBoundedTime() {
    SeededCases.check(
        30,
        random -> {
          String signs = "0123456789.,:-–/%$€@# IVXam°k+()";
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < 400; i++) {
            text.append(signs.charAt(random.nextInt(signs.length())));
          }
          assertThat(say("en", text.toString())).as("%s", text).isNotEmpty();
        });
  }

  @Test
  void aTextInALanguageWithoutWordsIsGivenAsItIs() {
    JobText words = new JobText(true, Pronunciations.NONE);
    assertThat(words.of(chunk("To kosztuje 5 zł."))).isEqualTo("To kosztuje 5 zł.");
    assertThat(words.of(chunk("今天是5月3日。"))).isEqualTo("今天是5月3日。");
  }

  @Test
  void anEngineThatDoesItItselfGetsTheTextAsItIs() {
    JobText off = new JobText(false, Pronunciations.NONE);
    assertThat(off.of(chunk("It has 5 rooms."))).isEqualTo("It has 5 rooms.");
  }

  private static SpeakableChunk chunk(String text) {
    return new SpeakableChunk(0, text, 0, text.length(), "en");
  }
}
