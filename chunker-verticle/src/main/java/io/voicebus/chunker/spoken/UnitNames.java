package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The signs of units in one language, and ICU's identifiers for them. */
final class UnitNames {
  private static final String SIGNS =
      "km:kilometer m:meter dm:decimeter cm:centimeter mm:millimeter µm:micrometer μm:micrometer nm:nanometer"
          + " mi:mile yd:yard ft:foot kg:kilogram mg:milligram µg:microgram g:gram t:metric-ton"
          + " ml:milliliter mL:milliliter cl:centiliter dl:deciliter l:liter L:liter hl:hectoliter"
          + " kWh:kilowatt-hour kW:kilowatt MW:megawatt GW:gigawatt W:watt V:volt kV:kilovolt mA:milliampere"
          + " Ω:ohm THz:terahertz GHz:gigahertz MHz:megahertz kHz:kilohertz Hz:hertz"
          + " TB:terabyte GB:gigabyte MB:megabyte KB:kilobyte kB:kilobyte PB:petabyte Gbit:gigabit Mbit:megabit kbit:kilobit Gb:gigabit Mb:megabit"
          + " ms:millisecond µs:microsecond μs:microsecond μl:microliter µl:microliter μL:microliter µL:microliter ns:nanosecond s:second h:hour min:minute"
          + " lb:pound lbs:pound oz:ounce gal:gallon kcal:kilocalorie cal:calorie kJ:kilojoule J:joule"
          + " Pa:pascal kPa:kilopascal hPa:hectopascal bar:bar mbar:millibar psi:pound-force-per-square-inch atm:atmosphere"
          + " N:newton Nm:newton-meter mol:mole mmol:millimole dL:deciliter mmHg:millimeter-ofhg ha:hectare px:pixel MP:megapixel ppm:part-per-1e6"
          + " mph:mile-per-hour kph:kilometer-per-hour kmh:kilometer-per-hour rpm:revolution-per-minute";

  private static final Map<String, String> LOCAL =
      Map.of(
          "en",
              "tbsp:tablespoon Tbsp:tablespoon Tbs:tablespoon tsp:teaspoon mcg:microgram N·m:newton-meter yr:year yrs:year wk:week wks:week mos:month hr:hour hrs:hour mins:minute sec:second secs:second sq_ft:square-foot sq._ft.:square-foot sq._ft:square-foot cu._ft.:cubic-foot fl._oz.:fluid-ounce fl_oz:fluid-ounce qt:quart cu_ft:cubic-foot acres:acre mi:mile",
          "de",
              "EL:tablespoon TL:teaspoon Std:hour Min:minute Sek:second qm:square-meter Pfd:pound",
          "fr",
              "c._à_s.:tablespoon c._à_c.:teaspoon sec:second o:byte Go:gigabyte Mo:megabyte Ko:kilobyte To:terabyte",
          "es", "cda:tablespoon cdas:tablespoon cdta:teaspoon cdtas:teaspoon seg:second",
          "it", "sec:second min:minute",
          "nl", "uur:hour el:tablespoon tl:teaspoon sec:second u:hour",
          "pt", "seg:second");

  private final Language language;
  private final Map<String, String> ids = new HashMap<>();

  UnitNames(Language language) {
    this.language = language;
    add(SIGNS);
    add(LOCAL.getOrDefault(language.words().language, ""));
    ids.put("%", "percent");
    ids.put("‰", "permille");
    ids.put("°C", "celsius");
    ids.put("º C", "celsius");
    ids.put("° C", "celsius");
    ids.put("ºC", "celsius");
    ids.put("℃", "celsius");
    ids.put("°F", "fahrenheit");
    ids.put("° F", "fahrenheit");
    ids.put("℉", "fahrenheit");
    ids.put("°", "degree");
    if (language.is("it") || language.is("es")) {
      ids.remove("ha"); // the verb
    }
    if (language.is("de")) {
      ids.remove("mi");
    }
  }

  private void add(String entries) {
    for (String entry : entries.split(" ", -1)) {
      int colon = entry.lastIndexOf(':');
      if (colon > 0) {
        ids.put(entry.substring(0, colon).replace('_', ' '), entry.substring(colon + 1));
      }
    }
  }

  /** All signs. */
  Set<String> signs() {
    return ids.keySet();
  }

  /** Whether it is the sign of a unit. */
  boolean isKnown(String unit) {
    return ids.containsKey(unit);
  }

  /** ICU's identifier of a unit with a power, which may be empty. */
  String id(String unit, String power) {
    String id = ids.getOrDefault(unit, "percent");
    return power.isEmpty()
        ? id
        : (power.equals("²") || power.equals("^2") ? "square-" : "cubic-") + id;
  }

  /** "per" and what follows a slash, as in "$5/kg" and "9,99 €/Monat". */
  String per(String written) {
    String own = language.words().map("per-words").get(written);
    if (own != null) {
      return own;
    }
    boolean power = written.matches(".+[²³]");
    String base = power ? written.substring(0, written.length() - 1) : written;
    String id =
        power && isKnown(base) ? id(base, written.substring(base.length())) : ids.get(written);
    String name =
        id != null
            ? language.numbers().unitName(id, new Written("1", ""))
            : switch (written) {
              case "mo" -> "month";
              case "yr" -> "year";
              case "hr" -> "hour";
              case "wk" -> "week";
              case "d", "j", "die" -> language.numbers().unitName("day", new Written("1", ""));
              default -> written;
            };
    return language.of("per") + " " + name;
  }
}
