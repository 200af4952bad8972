/** What each block goes through, stage by stage: the codec, the journal, the digests. */
@NullMarked
package dev.step.jmh;

import org.jspecify.annotations.NullMarked;
