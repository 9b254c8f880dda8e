/** A recorded turn as the outside that its stages have: who writes the text, and who speaks. */
@NullMarked
package io.voicebus.launcher.replay;

import org.jspecify.annotations.NullMarked;
