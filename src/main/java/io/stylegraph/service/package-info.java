/**
 * The engine behind HTTP: a page for people, a JSON API beneath it, a bounded queue of jobs. Prints
 * nothing; logs through SLF4J.
 */
@NullMarked
package io.stylegraph.service;

import org.jspecify.annotations.NullMarked;
