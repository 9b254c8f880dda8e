/** Reads requests and writes answers: text, JSON and errors. */
@NullMarked
package io.voicebus.http.wire;

import org.jspecify.annotations.NullMarked;
