package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** One run, whose results are asked for by name; closes what it was fed. */
final class Query implements AutoCloseable {
  private final Runs runs;
  private final Session.Runner runner;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<TFloat32> own = new ArrayList<>();

  Query(Runs runs) {
    this.runs = runs;
    runner = runs.runner();
  }

  /** Feeds what is closed with this. */
  Query give(String name, TFloat32 value) {
    own.add(value);
    return feed(name, value);
  }

  /** Feeds what belongs to somebody else. */
  Query feed(String name, TFloat32 value) {
    runner.feed(name, value);
    return this;
  }

  /** The run itself, for those who feed it. */
  Session.Runner runner() {
    return runner;
  }

  /** Asks for results. */
  Query fetch(Collection<String> names) {
    for (String name : names) {
      if (places.putIfAbsent(name, places.size()) == null) {
        runner.fetch(name);
      }
    }
    return this;
  }

  /** Runs; the caller closes the answer. */
  Answer run() {
    return new Answer(runs.run(runner), places);
  }

  @Override
  public void close() {
    own.forEach(TFloat32::close);
  }

  /** What a run gave. */
  static final class Answer implements AutoCloseable {
    private final Result result;
    private final Map<String, Integer> places;
    private final Set<String> kept = new HashSet<>();

    private Answer(Result result, Map<String, Integer> places) {
      this.result = result;
      this.places = places;
    }

    /** It belongs to this. */
    TFloat32 get(String name) {
      return (TFloat32) result.get(requireNonNull(places.get(name), name));
    }

    /** It belongs to the caller from now on. */
    TFloat32 keep(String name) {
      kept.add(name);
      return get(name);
    }

    @Override
    public void close() {
      if (kept.isEmpty()) {
        result.close();
        return;
      }
      places.keySet().stream().filter(it -> !kept.contains(it)).forEach(it -> get(it).close());
    }
  }
}
