package io.voicebus.chunker;

/** Text that its writer cuts: no mark and no line end in it ends a chunk. */
final class VerbatimFilter implements TextFilter {
  private final SpokenText out;

  VerbatimFilter(SpokenText out) {
    this.out = out;
  }

  @Override
  public void accept(int cp, long end) {
    out.text(Marks.isSpace(cp) ? ' ' : cp, end, true);
  }

  @Override
  public void flush() {}
}
