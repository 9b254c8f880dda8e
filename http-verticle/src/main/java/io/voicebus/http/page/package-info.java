/** The pages for browsers. */
@NullMarked
package io.voicebus.http.page;

import org.jspecify.annotations.NullMarked;
