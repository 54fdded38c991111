package io.stylegraph.compare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * What ran, where, and what it cost.
 *
 * @param program in a few words
 * @param steps done
 * @param secondsPerStep the median over all steps but the first
 * @param peakMemoryBytes the most memory the process held (VmHWM) up to the end of the steps; 0
 *     where that is not known
 * @param versions by program
 * @param machine what is known of it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunFacts(
    String program,
    int steps,
    double secondsPerStep,
    long peakMemoryBytes,
    Map<String, String> versions,
    Map<String, String> machine) {
  public RunFacts {
    versions = Map.copyOf(versions);
    machine = Map.copyOf(machine);
  }
}
