@NullMarked
package io.voicebus.bus;

import org.jspecify.annotations.NullMarked;
