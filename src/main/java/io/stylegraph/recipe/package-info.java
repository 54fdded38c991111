/**
 * Immutable settings of a run. A {@link io.stylegraph.recipe.Recipe} is a published system with its
 * layers, weights and optimiser; {@link io.stylegraph.recipe.Recipes} names those we have.
 */
@NullMarked
package io.stylegraph.recipe;

import org.jspecify.annotations.NullMarked;
