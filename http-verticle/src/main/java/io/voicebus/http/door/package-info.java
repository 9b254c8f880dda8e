/**
 * Admission: who may send requests, how many and how much at once. It is decided before a request's
 * body is read.
 */
@NullMarked
package io.voicebus.http.door;

import org.jspecify.annotations.NullMarked;
