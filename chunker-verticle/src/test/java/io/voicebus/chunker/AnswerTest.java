package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is heard of answers as models write them, and of what only looks alike. */
class AnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        // a number before a letter of a formula
        "Let $p = 2k$ be even. → Let p equals two k be even.",
        "Then $4k^2 = 2m$ holds. → Then four k squared equals two m holds.",
        "It costs $2k now. → It costs two thousand dollars now.",
        // above and below the line
        "The area is x<sup>2</sup> here. → The area is x squared here.",
        "The cell has 4 m<sup>3</sup> of it. → The cell has four cubic meters of it.",
        "That is 10<sup>-3</sup> of it. → That is ten to the power of minus three of it.",
        "That is 2<sup>n</sup> of them. → That is two to the power of n of them.",
        "Water is H<sub>2</sub>O here. → Water is H two O here.",
        "It is the 5<sup>th</sup> of them. → It is the fifth of them.",
        "So says the report.<sup>1</sup> It is so. → So says the report. It is so.",
        "So says the report<sup>12</sup> of them. → So says the report of them.",
        // units
        "Add 1½ tsp salt to it. → Add one and a half teaspoons salt to it.",
        "There are 5,690/km² of them. → There are five thousand six hundred ninety per square kilometer of them.",
        "It takes 1–2 hrs/day of work. → It takes one to two hours per day of work.",
        "It is about (~2×) as fast. → It is about (about two times) as fast.",
        "The wave has 3 μs of time. → The wave has three microseconds of time.",
        "They say 24/17°C for it. → They say twenty-four, seventeen degrees Celsius for it.",
        "They say 24°C/17°C for it. → They say twenty-four, seventeen degrees Celsius for it.",
        "Keep it at 4°C/39°F for now. → Keep it at four degrees Celsius, thirty-nine degrees Fahrenheit for now.",
        "They live at 45 W 34th St, Apt 5C there. → They live at forty-five West thirty-fourth Street, Apartment five C there.",
        "It draws 45 W of power. → It draws forty-five watts of power.",
        "They met in the 3rd Ave. shop. → They met in the third Avenue shop.",
        // formulas
        "So we have P(A ∩ B) = 0.5 here. → So we have P of A intersection B equals zero point five here.",
        "They use CaSO4 and KMnO4 here. → They use CaSO four and KMnO four here.",
        "The matrix is [[1, 2], [3, 4]] here. → The matrix is [[one, two], [three, four]] here.",
        "It was so [1], and still is [2, 3]. → It was so, and still is.",
        // notes
        "The offer ends soon*. → The offer ends soon.",
        "This is \\textbf{new} to us. → This is new to us.",
        "Emissions fell by 5%.² So it is. → Emissions fell by five percent. So it is.",
        "¹ So it is with us. → So it is with us.",
        "They had winds of 15 kts there. → They had winds of fifteen knots there.",
        // years, versions, prices
        "It was so in '95–'98 for us. → It was so in ninety-five to ninety-eight for us.",
        "The FY2023-24 report is out. → The FY twenty twenty-three to twenty-four report is out.",
        "They run Windows 10/11 here. → They run Windows ten and eleven here.",
        "They paid 3 x $5 for it. → They paid three times five dollars for it.",
        "They don't pay >$50 for it. → They don't pay greater than fifty dollars for it.",
        "They shot at f/2.8 and 1/250 s there. → They shot at f two point eight and one two hundred fiftieth of a second there.",
        // a colon behind a time, a date, a verse, a ratio
        "It is in James 1:2–4: so be it. → It is in James one, two to four: so be it.",
        "The train leaves 10:30: be there. → The train leaves ten thirty: be there.",
        "It was on May 3–5, 2024: a success. → It was on May third to fifth, twenty twenty-four: a success.",
        "They won by 3:1: a success. → They won by three to one: a success.",
        // LaTeX: what is below the line, and primes
        "So $CO_2 + H_2O$ it is. → So CO two plus H two O it is.",
        "So $x_1 - x_{12}$ it is. → So x one minus x twelve it is.",
        "So $f'$ is it. → So f prime is it.",
        "Then $f'' = v_o$ holds. → Then f prime prime equals v o holds.",
        // signs
        "The word is μακροθυμία here. → The word is μακροθυμία here.",
        "Type `HEAD~1` for it. → Type HEAD tilde one for it.",
        "It took 3.15 MJ of energy. → It took three point one five megajoules of energy.",
        "Prep: 15 min | Bake: 1 h | Serves: 8 → Prep: fifteen minutes, Bake: one hour, Serves: eight",
        "Do 3 × 8–10 of them. → Do three by eight to ten of them.",
        "The sun is up 5:50 a.m./5:50 p.m. there. → The sun is up five fifty a.m., five fifty p.m. there.",
        "They multiply to $6$ and add to $-5$ here. → They multiply to six and add to minus five here.",
        "So $\\frac{5 \\pm 1}{2}$ it is. → So five plus or minus one over two it is.",
        "So $\\boxed{x = 2}$ it is. → So x equals two it is.",
        "It takes $O(\\sqrt{n})$ steps. → It takes O of the square root of n) steps.",
        "Press ⌘R for it. → Press command R for it.",
        "The mix has 3.2 µM of it. → The mix has three point two micromolar of it.",
        "The 13\" one (2560 × 1664) beats the 14\" one. → The thirteen inch one (two thousand five hundred sixty by one thousand six hundred sixty-four) beats the fourteen inch one.",
        // sections without their word, tasks, conclusions
        "A 401(k) is good for it. → A four oh one k is good for it.",
        "They are a 501(c)(3) group now. → They are a five oh one c three group now.",
        "You have 2/5 tasks left. → You have two out of five tasks left.",
        "Add 2/3 cups of it. → Add two thirds cups of it.",
        "So $a > b \\Rightarrow a + c > b + c$ it is. → So a is greater than b implies a plus c is greater than b plus c it is.",
        // brackets of types and placeholders in code
        "Run `kill <PID>` for it. → Run kill PID for it.",
        "Use `vector<int>` or `Map<String, List<Integer>>` for it. → Use vector int or Map String, List Integer for it.",
        "Put it in `<details>` for now. → Put it in details for now.",
        "It goes on while `a < b` or `i<n` holds. → It goes on while a is less than b or i is less than n holds.",
        "Write `!==` for it. → Write is not equal to for it.",
        "Put it in `.eslintrc.json` for now. → Put it in dot eslintrc dot json for now.",
        "Put it in `dist/` for now. → Put it in dist for now.",
        "Set `margin: 0 1.5rem` for it. → Set margin: zero one point five rem for it.",
        // numbers that are no numbers of that kind
        "The mask is 255.255.255.192 for it. → The mask is two hundred fifty-five dot two hundred fifty-five dot two hundred fifty-five dot one hundred ninety-two for it.",
        "A caret, as in ^4.18.2, allows 4.19 for it. → A caret, as in caret four dot eighteen dot two, allows four point nineteen for it.",
        "It has a V8 engine of 5.0 liters. → It has a V eight engine of five point zero liters.",
        "They finished in under 30:00 there. → They finished in under thirty minutes there.",
        "It comes with 128/256/512 GB of room. → It comes with one hundred twenty-eight, two hundred fifty-six, five hundred twelve gigabytes of room.",
        "They use ports 80/443 for it. → They use ports eighty slash four hundred forty-three for it.",
        "We are closed on 1/1, 5/1 and 12/25 this year. → We are closed on January first, May first and December twenty-fifth this year.",
        "Pay on 4/15, 6/17 and 1/15/2025 for it. → Pay on April fifteenth, June seventeenth and January fifteenth, twenty twenty-five for it.",
        "Add 1/2, 1/3 and 1/4 of it. → Add one half, one third and one quarter of it.",
        "The group is No. 88-1204 for us. → The group is number eighty-eight dash one thousand two hundred four for us.",
        "It needs 500 MB–2 GB of room. → It needs five hundred megabytes to two gigabytes of room.",
        "It goes on from noon–1 p.m. there. → It goes on from noon to one p.m. there.",
        "It has an 800-V system and a 12-V battery there. → It has an eight hundred volt system and a twelve volt battery there.",
        "A 150-g steak needs 2 × 3 m of room. → A one hundred fifty gram steak needs two by three meters of room.",
        "File a Schedule C for it. → File a Schedule C for it.",
        "It uses 28 kWh/100 mi on the road. → It uses twenty-eight kilowatt-hours per one hundred miles on the road.",
        "Do 3 x 45 sec of it. → Do three by forty-five seconds of it.",
        "It has 1,650 sq. ft. of room. → It has one thousand six hundred fifty square feet of room.",
        "It follows the 8-Week 5K Plan here. → It follows the eight-Week five K Plan here.",
        "It ends with 3...Bc5 (Giuoco Piano). → It ends with three, bishop c five (Giuoco Piano).",
        "It ends 5.exd5 Na5 there. → It ends five, e takes d five knight a five there.",
        // what stands above and below
        "So $\\left[\\frac{x^3}{3}\\right]_0^1$ it is. → So [x cubed over three ] from zero to one it is.",
        "So x = π/2 it is. → So x equals pi over two it is.",
        "1. John 3:16 is it. → one. John three, sixteen is it.",
        "See 1 John 3:16 for it. → See First John three, sixteen for it.",
      })
  void english(String text, String heard) {
    assertThat(heard(text)).isEqualTo(heard);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "Das macht 3 x 433,33 € für uns. → Das macht drei mal vierhundertdreiunddreißig Euro dreiunddreißig für uns.",
        "Morgen sind es 24/17 °C bei uns. → Morgen sind es vierundzwanzig, siebzehn Grad Celsius bei uns.",
        "Ils ont payé 3 x 20 € pour cela. → Ils ont payé trois fois vingt euros pour cela.",
        "C'est ainsi selon Dupont et al. 2020 pour nous. → C'est ainsi selon Dupont et al. deux mille vingt pour nous.",
        "C'est ainsi selon l'al. 2 pour nous. → C'est ainsi selon l'alinéa deux pour nous.",
        "La tienda está cerrada el 25-12 por la noche. → La tienda está cerrada el veinticinco de diciembre por la noche.",
        "La tienda está entre el 10-12 de la calle. → La tienda está entre el diez a doce de la calle.",
        "Dat is met € 5/mnd niet duur. → Dat is met vijf euro per maand niet duur.",
        "Toplantı saat 14:30'da başlıyor. → Toplantı saat 14:30'da başlıyor.",
        "Taki jest wzór $p = 2k$ dla nas. → Taki jest wzór p = 2k dla nas.",
        "Das war am 8./9. November 1923 so. → Das war am achten und neunten November neunzehnhundertdreiundzwanzig so.",
        "Wir sind vom 3.–5. Mai 2024 dort. → Wir sind vom dritten bis fünften Mai zweitausendvierundzwanzig dort.",
        "Wir siegten 2:1 n. V. gegen sie. → Wir siegten zwei zu eins nach Verlängerung gegen sie.",
        "Den Ofen auf Ober-/Unterhitze stellen. → Den Ofen auf Ober- Unterhitze stellen.",
        "Das geht schon ab 1 € im Monat. → Das geht schon ab einem Euro im Monat.",
        "La renta cuesta unos $18,450 MXN al mes para nosotros. → La renta cuesta unos dieciocho mil cuatrocientos cincuenta pesos mexicanos al mes para nosotros.",
        "La renta cuesta 25,250 pesos al mes para nosotros. → La renta cuesta veinticinco mil doscientos cincuenta pesos al mes para nosotros.",
        "La tienda abre de 7–9 a. m. para nosotros. → La tienda abre de siete a nueve de la mañana para nosotros.",
        "La temperatura máx.: 30 °C en la sala. → La temperatura máximo: treinta grados Celsius en la sala.",
        "Sec. XIX: la storia della città. → Secolo diciannovesimo: la storia della città.",
        "La chaîne dure 20-30' pour nous, et 3h20' pour eux. → La chaîne dure vingt à trente minutes pour nous, et trois heures vingt pour eux.",
        "El viaje dura 20-30' para nosotros. → El viaje dura veinte a treinta minutos para nosotros.",
        "Le signe de Δ est connu de nous. → Le signe de delta est connu de nous.",
        "C'est pour 6 à 8 pers. chez nous. → C'est pour six à huit personnes chez nous.",
        "La macchina ha un motore V8 da noi. → La macchina ha un motore V otto da noi.",
        "De winkel is open van di t/m zo, 8.00–21.00 uur. → De winkel is open van dinsdag tot en met zondag, acht uur tot eenentwintig uur.",
        "Er lief es in 20:14,3 Min. für uns. → Er lief es in zwanzig Minuten vierzehn Komma drei Sekunden für uns.",
        "Si P(E) = 0,01 es así para nosotros. → Si P de E igual a cero coma cero uno es así para nosotros.",
      })
  void otherLanguages(String text, String heard) {
    assertThat(heard(text)).isEqualTo(heard);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "12 bis, avenue des Champs, à Paris → douze bis",
        "Released 2023-11-07, so it's old. → twenty twenty-three",
        "Conforme o art. 5 da lei, ele paga 3 reais. → artigo cinco",
        "Friedrich II. regierte 1740–1786. → siebzehnhundertvierzig",
      })
  void theLanguageOfAFirstClauseIsFound(String text, String part) {
    assertThat(heard(text)).contains(part);
  }

  private static String heard(String text) {
    JobText job =
        new JobText(true, Pronunciations.NONE, "", LanguageForms.Loader.HERE)
            .forTurn(List.of(), "", "", "");
    List<String> said = new ArrayList<>();
    for (SpeakableChunk chunk : Speech.chunks(Speech.SENTENCES, text)) {
      job.prepare(chunk, () -> said.add(job.say(chunk).said()));
    }
    return String.join(" ", said);
  }
}
