/** What becomes of samples where two pieces of speech meet: pure, and without a clock. */
@NullMarked
package io.voicebus.playback.seam;

import org.jspecify.annotations.NullMarked;
