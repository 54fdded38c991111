package io.stylegraph.optim;

import io.stylegraph.recipe.AdamSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980) in the form of tensorflow-framework, on a point that it
 * holds in a small graph of its own: it is told the gradient and moves.
 */
public final class AdamOptimizer implements AutoCloseable {
  private static final ConfigProto ONE_THREAD =
      ConfigProto.newBuilder()
          .setUsePerSessionThreads(true)
          .setIntraOpParallelismThreads(1)
          .setInterOpParallelismThreads(1)
          .putDeviceCount("GPU", 0)
          .build();

  private static final String POINT = OptimizerState.POINT;
  private static final String FIRST_MOMENT = OrderedAdam.FIRST_MOMENT;
  private static final String SECOND_MOMENT = OrderedAdam.SECOND_MOMENT;

  private final float[] point;
  private final Graph graph = new Graph();
  private final Session session;
  private final String fedVector;
  private final String fedNumber;
  private final String update;

  /** The variables that a state's vectors are in. */
  private final Map<String, String> variables;

  /**
   * Begins at a point.
   *
   * @param start the point's values, an array that is the optimiser's from now on
   * @param lower the least value, in the start's units; unused where the settings do not clip
   * @param upper the greatest value, likewise
   */
  public AdamOptimizer(AdamSettings settings, float[] start, float lower, float upper) {
    point = start;
    Shape shape = Shape.of(start.length);
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> vector = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Placeholder<TFloat32> number =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Variable<TFloat32> held = tf.withName(POINT).variable(shape, TFloat32.class);
    OrderedAdam adam = new OrderedAdam(graph, settings);
    Op moved = adam.update(vector, held);
    if (settings.clip()) {
      Ops after = Ops.create(graph).withSubScope("clip").withControlDependencies(moved);
      moved =
          after.assign(held, after.clipByValue(held, after.constant(lower), after.constant(upper)));
    }
    fedVector = vector.op().name();
    fedNumber = number.op().name();
    update = moved.op().name();
    variables =
        Stream.of(FIRST_MOMENT, SECOND_MOMENT)
            .collect(Collectors.toMap(name -> name, name -> adam.moment(held, name)));
    variables.put(POINT, POINT);
    variables.values().forEach(name -> addAssignment(tf, name, vector));
    OrderedAdam.POWERS.forEach(name -> addAssignment(tf, name, number));
    session = new Session(graph, ONE_THREAD);
    run(assignment(POINT), start);
  }

  /** Goes on from a state; the settings may have another learning rate. */
  public AdamOptimizer(AdamSettings settings, OptimizerState state, float lower, float upper) {
    this(settings, state.vector(POINT).clone(), lower, upper);
    variables.forEach((name, variable) -> run(assignment(variable), state.vector(name)));
    for (String power : OrderedAdam.POWERS) {
      try (TFloat32 value = TFloat32.scalarOf((float) state.number(power))) {
        session.runner().addTarget(assignment(power)).feed(fedNumber, value).run().close();
      }
    }
  }

  /**
   * Moves once.
   *
   * @param values of the gradient at the point
   * @return the new point: the optimiser's own array, to be read before the next step
   */
  public float[] step(float[] values) {
    run(update, values);
    read(POINT, point);
    return point;
  }

  /** What it knows, copied. */
  public OptimizerState state() {
    Map<String, Double> numbers = new HashMap<>();
    float[] number = new float[1];
    for (String power : OrderedAdam.POWERS) {
      read(power, number);
      numbers.put(power, (double) number[0]);
    }
    Map<String, float[]> vectors = new HashMap<>();
    variables.forEach(
        (name, variable) -> {
          float[] vector = new float[point.length];
          read(variable, vector);
          vectors.put(name, vector);
        });
    return new OptimizerState(numbers, Map.of(), vectors);
  }

  /**
   * A state at another point, with its moments changed and as many steps done.
   *
   * @param first makes the first moment that of the new point
   * @param second likewise the second moment, which must not become negative
   */
  public static OptimizerState moved(
      OptimizerState state,
      float[] point,
      UnaryOperator<float[]> first,
      UnaryOperator<float[]> second) {
    return new OptimizerState(
        state.numbers(),
        Map.of(),
        Map.of(
            POINT, point,
            FIRST_MOMENT, first.apply(state.vector(FIRST_MOMENT)),
            SECOND_MOMENT, second.apply(state.vector(SECOND_MOMENT))));
  }

  private void addAssignment(Ops tf, String variable, Operand<TFloat32> value) {
    Operand<TFloat32> to = graph.operationOrThrow(variable).output(0);
    tf.withName(assignment(variable)).assign(to, value);
  }

  private static String assignment(String variable) {
    return "set_" + variable;
  }

  private void read(String variable, float[] into) {
    try (Result result = session.runner().fetch(variable).run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(into);
    }
  }

  private void run(String target, float[] values) {
    Shape shape = Shape.of(values.length);
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false))) {
      session.runner().addTarget(target).feed(fedVector, tensor).run().close();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
