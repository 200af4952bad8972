/** Where a store lies, with the accounts and keys that belong to it: in a folder, or where a module knows how to reach. */
@NullMarked
package dev.step.daemon.place;

import org.jspecify.annotations.NullMarked;
