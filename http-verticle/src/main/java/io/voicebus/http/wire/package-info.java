/** How requests are read and answers written: text, JSON, and what is told of errors. */
@NullMarked
package io.voicebus.http.wire;

import org.jspecify.annotations.NullMarked;
