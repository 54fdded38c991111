package io.stylegraph.recipe;

import com.google.common.base.Ascii;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class Spelling {
  private Spelling() {}

  /**
   * What to choose instead of {@code word}, as in "did you mean adam? choose one of: adam, lbfgs".
   */
  static String choices(String word, Collection<String> words) {
    String all = "choose one of: " + String.join(", ", words);
    return nearest(word, words).map(it -> "did you mean %s? %s".formatted(it, all)).orElse(all);
  }

  /** The word that differs in the fewest letters, if that is no more than a third and one. */
  static Optional<String> nearest(String word, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(it -> distance(word, it)))
        .filter(it -> distance(word, it) <= 1 + word.length() / 3);
  }

  /** Levenshtein's (1965): the fewest letters to insert, delete or replace; case is overlooked. */
  private static int distance(String one, String other) {
    String a = Ascii.toLowerCase(one);
    String b = Ascii.toLowerCase(other);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
