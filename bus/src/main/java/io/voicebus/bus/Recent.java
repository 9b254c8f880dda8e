package io.voicebus.bus;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entry when it grows beyond its bound. */
@SuppressWarnings("serial") // never serialised
public final class Recent<K, V> extends LinkedHashMap<K, V> {
  private final int bound;

  /** Keeps so many. */
  public Recent(int bound) {
    this.bound = bound;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > bound;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
