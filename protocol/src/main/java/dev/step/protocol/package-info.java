/**
 * The protocol in both directions: bytes to frames to requests and responses, and back.
 */
@NullMarked
package dev.step.protocol;

import org.jspecify.annotations.NullMarked;
