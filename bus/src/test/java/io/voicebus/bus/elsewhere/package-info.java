/** What the bus is given from another package. */
@NullMarked
package io.voicebus.bus.elsewhere;

import org.jspecify.annotations.NullMarked;
