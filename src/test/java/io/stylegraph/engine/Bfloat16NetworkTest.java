package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.recipe.Recipes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What is in bfloat16 and what is not; the numbers are for {@link PrecisionTrialTest}. */
class Bfloat16NetworkTest {
  /** As a device without oneDNN would compute it in float32. */
  private static final ObjectiveGraph OBJECTIVE = TinyGraph.built(Recipes.TF_EAGER, true);

  private static final GraphDef BUILT = Compute.cheaper(OBJECTIVE.definition());

  private static final ImmutableMap<String, NodeDef> NODES =
      Maps.uniqueIndex(Bfloat16Network.of(BUILT, Set.of("exact")).getNodeList(), NodeDef::getName);

  @Test
  void convolutions_and_pooling_are_in_bfloat16_forward_and_backward() {
    for (String op : List.of("Conv2D", "BiasAdd", "Relu", "MaxPool", "ReluGrad", "MaxPoolGrad")) {
      assertThat(typesOf(op, name -> !exact(name))).as(op).containsOnly(DataType.DT_BFLOAT16);
      assertThat(typesOf(op, Bfloat16NetworkTest::exact))
          .as("exact %s", op)
          .doesNotContain(DataType.DT_BFLOAT16);
    }
  }

  @Test
  void gram_matrices_and_losses_are_in_float32() {
    for (String op : List.of("SquaredDifference", "Mean", "Mul", "Sum", "Abs", "SelectV2")) {
      assertThat(typesOf(op, name -> true)).as(op).containsOnly(DataType.DT_FLOAT);
    }
    assertThat(typesOf("MatMul", name -> name.startsWith("run/"))).containsOnly(DataType.DT_FLOAT);
  }

  @Test
  void every_tensor_keeps_its_name_and_type_for_those_who_read_it() {
    for (NodeDef node : BUILT.getNodeList()) {
      NodeDef now = NODES.get(node.getName());
      assertThat(now).as(node.getName()).isNotNull();
      if (!now.getOp().equals(node.getOp())) {
        assertThat(now.getAttrOrThrow("DstT").getType()).isEqualTo(DataType.DT_FLOAT);
        assertThat(NODES.get(now.getInput(0)).getOp()).isEqualTo(node.getOp());
      }
    }
  }

  @Test
  void a_step_makes_float32_copies_of_nothing_but_what_is_compared() {
    Set<String> copies =
        reachedFromStep().stream()
            .filter(name -> NODES.get(name).getOp().equals("Cast"))
            .filter(
                name -> NODES.get(name).getAttrOrThrow("SrcT").getType() == DataType.DT_BFLOAT16)
            .filter(name -> !name.startsWith("run/"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(copies).hasSize(2).contains("block5_conv2").anyMatch(it -> it.contains("Identity"));
    Set<String> filters =
        reachedFromStep().stream()
            .filter(name -> name.endsWith("convolution/ReadVariableOp/bfloat16"))
            .collect(Collectors.toSet());
    assertThat(filters).hasSize(14);
  }

  private static boolean exact(String name) {
    return name.startsWith("exact/");
  }

  private static Set<DataType> typesOf(String op, Predicate<String> names) {
    return NODES.values().stream()
        .filter(node -> node.getOp().equals(op) && names.test(node.getName()))
        .map(node -> node.getAttrOrThrow("T").getType())
        .collect(Collectors.toSet());
  }

  private static Set<String> reachedFromStep() {
    Set<String> reached = new TreeSet<>(OBJECTIVE.ops().losses().losses());
    reached.add(OBJECTIVE.ops().gradient());
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (String input : NODES.get(open.pop()).getInputList()) {
        String name = input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
        if (reached.add(name)) {
          open.push(name);
        }
      }
    }
    return reached;
  }
}
