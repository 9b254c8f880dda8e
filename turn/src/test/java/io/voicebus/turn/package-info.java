@NullMarked
package io.voicebus.turn;

import org.jspecify.annotations.NullMarked;
