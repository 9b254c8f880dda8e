/** What browsers are shown. */
@NullMarked
package io.voicebus.http.page;

import org.jspecify.annotations.NullMarked;
