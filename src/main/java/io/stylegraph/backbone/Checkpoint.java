package io.stylegraph.backbone;

import com.google.protobuf.InvalidProtocolBufferException;
import io.stylegraph.error.ModelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;
import org.tensorflow.types.TString;

/**
 * Under which key a SavedModel of TensorFlow 2 keeps each variable. The graph holds a handle for
 * each; its object graph says which object a handle is of; the checkpoint has an object graph of
 * its own, whose objects have the same places and know their keys. The handles' names say nothing:
 * the saver's own restore function sets other handles than the signature reads.
 */
final class Checkpoint {
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private final ModelFolder folder;
  private final SavedObjectGraph saved;

  Checkpoint(ModelFolder folder, MetaGraphDef metaGraph) {
    this.folder = folder;
    saved = metaGraph.getObjectGraphDef();
  }

  /**
   * The checkpoint's keys of the variables that a call captures, by their handle's name.
   *
   * @throws ModelException if the checkpoint lacks one
   */
  Map<String, String> keys(NodeDef call, Map<String, NodeDef> nodes) {
    String function = call.getAttrOrThrow("f").getFunc().getName();
    List<Integer> captured =
        saved
            .getConcreteFunctionsOrDefault(function, SavedConcreteFunction.getDefaultInstance())
            .getBoundInputsList();
    List<String> inputs =
        call.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
    int arguments = inputs.size() - captured.size();
    Map<Integer, String> keys = keysByObject();
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < captured.size(); i++) {
      NodeDef handle = nodes.get(inputs.get(arguments + i));
      if (handle != null && handle.getOp().equals("VarHandleOp")) {
        String key = keys.get(captured.get(i));
        if (key == null) {
          throw folder.refuse("its checkpoint lacks the variable " + handle.getName());
        }
        found.put(handle.getName(), key);
      }
    }
    return found;
  }

  private Map<Integer, String> keysByObject() {
    TrackableObjectGraph kept = read();
    Map<Integer, String> keys = new HashMap<>();
    Set<Integer> seen = new HashSet<>(Set.of(0));
    Deque<int[]> open = new ArrayDeque<>(List.of(new int[] {0, 0}));
    while (!open.isEmpty()) {
      int[] both = open.pop();
      kept.getNodes(both[1]).getAttributesList().stream()
          .filter(attribute -> attribute.getName().equals("VARIABLE_VALUE"))
          .forEach(attribute -> keys.put(both[0], attribute.getCheckpointKey()));
      Map<String, Integer> children = new HashMap<>();
      for (ObjectReference child : kept.getNodes(both[1]).getChildrenList()) {
        children.put(child.getLocalName(), child.getNodeId());
      }
      for (ObjectReference child : saved.getNodes(both[0]).getChildrenList()) {
        Integer same = children.get(child.getLocalName());
        if (same != null && seen.add(child.getNodeId())) {
          open.push(new int[] {child.getNodeId(), same});
        }
      }
    }
    return keys;
  }

  private TrackableObjectGraph read() {
    Path variables = folder.variables();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var restore =
          tf.train.restore(
              tf.constant(variables.toString()),
              tf.array(OBJECT_GRAPH),
              tf.array(""),
              List.of(TString.class));
      try (Result result = session.runner().fetch(restore.tensors().get(0)).run()) {
        byte[] bytes = ((TString) result.get(0)).asBytes().getObject();
        return TrackableObjectGraph.parseFrom(bytes);
      }
    } catch (TensorFlowException | InvalidProtocolBufferException e) {
      throw folder.refuse("its variables cannot be read", e);
    }
  }
}
