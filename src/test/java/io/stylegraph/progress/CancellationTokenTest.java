package io.stylegraph.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTokenTest {
  private final CancellationToken token = new CancellationToken();
  private final List<String> heard = new ArrayList<>();

  @Test
  void the_first_cancel_tells_each_waiter_once() {
    token.onCancel(() -> heard.add("one " + token.isCancelled()));
    token.onCancel(() -> heard.add("two"));
    token.cancel();
    token.cancel();
    assertThat(heard).containsExactly("one true", "two");
  }

  @Test
  void a_waiter_that_comes_late_hears_at_once() {
    token.cancel();
    token.onCancel(() -> heard.add("late"));
    assertThat(heard).containsExactly("late");
  }

  @Test
  void a_waiter_that_left_hears_nothing() {
    Runnable same = () -> heard.add("same");
    var left = token.onCancel(same);
    token.onCancel(same);
    left.close();
    left.close();
    token.cancel();
    assertThat(heard).containsExactly("same");
  }
}
