package io.stylegraph.backbone;

import com.google.common.base.Splitter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keras's names of the layers that ops belong to. Keras opens a scope for the model, in it one for
 * each layer, and in that of an inner model again one for each layer: {@code
 * functional_1/block1_conv1_1/Relu} belongs to {@code block1_conv1}. Keras 3 enters each scope
 * twice, so that TensorFlow puts a number behind each name; Keras 2 does not. The layers of an
 * inner model are called {@code inner-conv}.
 */
final class LayerNames {
  private static final String NUMBERED = ".+_\\d+";

  /** The scopes in a scope; that of the model itself is {@code ""}. */
  private final Map<String, Set<String>> children = new HashMap<>();

  private final String root;
  private final boolean numbered;

  /** Learns the scopes of a network's ops, those on the picture's way alone. */
  LayerNames(Collection<String> ops) {
    Set<String> first =
        ops.stream()
            .map(op -> op.contains("/") ? op.substring(0, op.indexOf('/') + 1) : "")
            .collect(Collectors.toSet());
    root = first.size() == 1 ? first.iterator().next() : "";
    for (String op : ops) {
      String path = op.substring(root.length());
      for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
        int parent = path.lastIndexOf('/', i - 1) + 1;
        children
            .computeIfAbsent(path.substring(0, parent), scope -> new TreeSet<>())
            .add(path.substring(parent, i));
      }
    }
    numbered = root.matches(NUMBERED + "/") && isModel("");
  }

  /** The scope of the layer that an op belongs to, as in {@code inner_1/conv_1}. */
  String scope(String op) {
    List<String> path = Splitter.on('/').splitToList(op.substring(root.length()));
    String scope = path.get(0);
    for (int i = 1; i < path.size() - 1 && numbered && isModel(scope + "/"); i++) {
      scope += "/" + path.get(i);
    }
    return scope;
  }

  /** The name of the layer of that scope, as in {@code inner-conv}. */
  String name(String scope) {
    return Splitter.on('/')
        .splitToStream(scope)
        .map(it -> numbered && it.matches(NUMBERED) ? it.substring(0, it.lastIndexOf('_')) : it)
        .collect(Collectors.joining("-"));
  }

  /** The scope of a layer holds scopes without numbers, or none. */
  private boolean isModel(String scope) {
    Set<String> inner = children.getOrDefault(scope, Set.of());
    return !inner.isEmpty() && inner.stream().allMatch(it -> it.matches(NUMBERED));
  }
}
