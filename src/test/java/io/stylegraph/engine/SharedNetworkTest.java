package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Jobs of any size, kind and thread on one copy of the weights. */
class SharedNetworkTest {
  private static final Compute COMPUTE = new Compute(false, Precision.FP32, 1);
  private static final Picture STYLE = TinyModel.picture(40, 33, 2);
  private static final Recipe RECIPE = Recipes.TF_EAGER.toBuilder().steps(4).build();

  @Test
  void recipes_that_differ_in_weights_of_terms_steps_and_optimiser_share_an_objective() {
    try (SharedNetwork network = network();
        SharedNetwork.Lease<Objective> one = network.lease(RECIPE, 0, false, COMPUTE);
        SharedNetwork.Lease<Objective> other =
            network.lease(
                RECIPE.toBuilder().styleWeight(7).tvWeight(0.3).optimizer("lbfgs").build(),
                0,
                false,
                COMPUTE);
        SharedNetwork.Lease<Objective> withoutContent =
            network.lease(RECIPE.toBuilder().contentWeight(0).build(), 0, false, COMPUTE)) {
      assertThat(other.objective()).isSameAs(one.objective());
      assertThat(withoutContent.objective()).isNotSameAs(one.objective());
    }
  }

  @Test
  void a_job_on_a_used_network_ends_as_on_one_of_its_own() {
    Recipe heavy = RECIPE.toBuilder().styleWeight(1).build();
    try (SharedNetwork shared = network()) {
      run(shared, RECIPE, 34, 32);
      run(shared, Recipes.PYTORCH_TUTORIAL.toBuilder().steps(2).build(), 48, 40);
      for (Recipe recipe : List.of(RECIPE, heavy)) {
        try (SharedNetwork own = network()) {
          assertThat(run(shared, recipe, 39, 35)).isEqualTo(run(own, recipe, 39, 35));
        }
      }
    }
  }

  @Test
  void jobs_at_the_same_time_end_as_one_after_the_other() throws Exception {
    List<Callable<List<Double>>> jobs = new ArrayList<>();
    try (SharedNetwork shared = network()) {
      List<List<Double>> alone = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int width = 32 + 3 * i;
        Recipe recipe = i % 3 == 0 ? RECIPE : RECIPE.toBuilder().styleWeight(0.1 * i).build();
        alone.add(run(shared, recipe, width, 40));
        jobs.add(() -> run(shared, recipe, width, 40));
      }
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<List<Double>> together = new ArrayList<>();
        for (Future<List<Double>> job : threads.invokeAll(jobs)) {
          together.add(job.get());
        }
        assertThat(together).isEqualTo(alone);
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void more_kinds_than_are_kept_begin_a_new_session_and_leave_running_jobs_theirs() {
    try (SharedNetwork network = network();
        StyleTransfer first = open(network, RECIPE, 34, 32)) {
      for (int kind = 1; kind <= SharedNetwork.MAX_OBJECTIVES; kind++) {
        run(network, ofKind(kind), 34, 32);
      }
      List<Double> expected = run(network, RECIPE, 34, 32);
      assertThat(totals(first)).isEqualTo(expected);
    }
  }

  @Test
  void a_closed_network_takes_no_jobs_but_lets_running_ones_end() {
    SharedNetwork network = network();
    List<Double> expected = run(network, RECIPE, 34, 32);
    try (StyleTransfer running = open(network, RECIPE, 34, 32)) {
      network.close();
      network.close();
      assertThatThrownBy(() -> open(network, RECIPE, 34, 32))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the network is closed");
      assertThat(totals(running)).isEqualTo(expected);
    }
  }

  private static SharedNetwork network() {
    return new SharedNetwork(Backbone.load(TinyModel.folder()));
  }

  private static Recipe ofKind(int kind) {
    return RECIPE.toBuilder().styleLayers(List.of(new LayerWeight("block1_conv1", kind))).build();
  }

  private static List<Double> run(SharedNetwork network, Recipe recipe, int width, int height) {
    try (StyleTransfer transfer = open(network, recipe, width, height)) {
      return totals(transfer);
    }
  }

  private static StyleTransfer open(SharedNetwork network, Recipe recipe, int width, int height) {
    Picture content = TinyModel.picture(width, height, 1);
    return new StyleTransfer(
        network, recipe, COMPUTE, TransferPictures.of(content, STYLE, content));
  }

  private static List<Double> totals(StyleTransfer transfer) {
    List<Double> totals = new ArrayList<>();
    transfer.run(RunOptions.none().withListener(report -> totals.add(report.losses().total())));
    return totals;
  }
}
