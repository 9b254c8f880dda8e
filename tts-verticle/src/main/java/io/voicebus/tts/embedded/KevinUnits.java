package io.voicebus.tts.embedded;

import com.sun.speech.freetts.FeatureSet;
import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Unit;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.diphone.AliasDiphone;
import com.sun.speech.freetts.diphone.Diphone;
import com.sun.speech.freetts.relp.Sample;
import com.sun.speech.freetts.relp.SampleInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The recorded sounds of the voice, from the middle of one phone to the middle of the next, and
 * which of them an utterance needs. Of 1,600 a sentence needs some dozens: each is taken apart at
 * its first use. NOT thread-safe; the file is shared by all.
 */
final class KevinUnits implements UtteranceProcessor {
  private static final int MAGIC = 0xFEEDFACE;
  private static final int VERSION = 1;
  private static final int INDEX_MAGIC = 0xFACADE;

  /** What all of them share, loaded once. */
  private static final class Files {
    static final byte[] UNITS = KevinData.voice("cmu_us_kal16.bin");
    static final Map<String, Integer> PLACES = places(KevinData.voice("cmu_us_kal16.idx"));

    private static Map<String, Integer> places(byte[] file) {
      ByteBuffer in = ByteBuffer.wrap(file);
      if (in.getInt() != INDEX_MAGIC) {
        throw new IllegalStateException("this is no index of FreeTTS's units");
      }
      int count = in.getInt();
      Map<String, Integer> places = new HashMap<>(2 * count);
      for (int i = 0; i < count; i++) {
        int length = in.getShort();
        String name = new String(file, in.position(), length, StandardCharsets.US_ASCII);
        in.position(in.position() + length);
        places.put(name, in.getInt());
      }
      return places;
    }
  }

  private final ByteBuffer file = ByteBuffer.wrap(Files.UNITS);
  private final SampleInfo info;
  private final Map<String, Diphone> known = new HashMap<>();

  KevinUnits() {
    if (file.getInt() != MAGIC || file.getInt() != VERSION) {
      throw new IllegalStateException("these are no units of FreeTTS");
    }
    info = new SampleInfo(file.getInt(), file.getInt(), 1, file.getFloat(), file.getFloat(), 0);
  }

  @Override
  public void processUtterance(Utterance utterance) {
    utterance.setObject(SampleInfo.UTT_NAME, info);
    Relation units = utterance.createRelation(Relation.UNIT);
    Item left = utterance.getRelation(Relation.SEGMENT).getHead();
    if (left == null) {
      return;
    }
    for (Item right = left.getNext(); right != null; right = right.getNext()) {
      String name = name(left) + "-" + name(right);
      Diphone diphone = unit(name);
      float leftEnd = end(left);
      double middle = (leftEnd + end(right)) / 2.0;
      left.addDaughter(half(units, name, new Half(diphone, 1), (int) (leftEnd * rate())));
      right.addDaughter(half(units, name, new Half(diphone, 2), (int) (middle * rate())));
      left = right;
    }
  }

  private static String name(Item segment) {
    return segment.getFeatures().getString("name");
  }

  /** In seconds. */
  private static float end(Item segment) {
    return segment.getFeatures().getFloat("end");
  }

  private int rate() {
    return info.getSampleRate();
  }

  private static Item half(Relation units, String name, Half half, int end) {
    Item item = units.appendItem();
    FeatureSet features = item.getFeatures();
    features.setString("name", name);
    features.setInt("target_end", end);
    features.setObject("unit", half);
    return item;
  }

  /**
   * A unit.
   *
   * @throws IllegalStateException if there is none: {@link MissingDiphones} knows which are missing
   */
  private Diphone unit(String name) {
    Diphone diphone = known.get(name);
    if (diphone == null) {
      diphone = read(name);
      known.put(name, diphone);
    }
    return diphone;
  }

  private Diphone read(String name) {
    Integer place = Files.PLACES.get(name);
    if (place == null) {
      throw new IllegalStateException("the voice has no unit " + name);
    }
    file.position(place);
    try {
      Diphone diphone = Diphone.loadBinary(file);
      if (diphone instanceof AliasDiphone alias) {
        alias.setOriginalDiphone(unit(alias.getOriginalName()));
      }
      return diphone;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the unit " + name, e);
    }
  }

  /** The first or the second half of a unit. */
  private static final class Half implements Unit {
    private final Diphone diphone;
    private final int part;

    Half(Diphone diphone, int part) {
      this.diphone = diphone;
      this.part = part;
    }

    @Override
    public String getName() {
      return diphone.getName();
    }

    @Override
    public int getSize() {
      return diphone.getUnitSize(part);
    }

    @Override
    public Sample getNearestSample(float index) {
      return diphone.nearestSample(index, part);
    }

    @Override
    public void dump() {
      diphone.dump();
    }
  }
}
