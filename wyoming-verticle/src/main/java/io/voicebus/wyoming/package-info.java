/** Voicebus for Home Assistant: its voice protocol, over a port of its own. */
@NullMarked
package io.voicebus.wyoming;

import org.jspecify.annotations.NullMarked;
