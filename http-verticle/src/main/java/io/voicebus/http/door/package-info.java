/** Who may come in, how many and how much at once: decided before a request's body is read. */
@NullMarked
package io.voicebus.http.door;

import org.jspecify.annotations.NullMarked;
