package io.stylegraph.engine;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.recipe.Precision;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session of a run: in bfloat16 that was left to the machine only if it proves itself.
 */
final class PrecisionTrial {
  private static final Logger LOG = LoggerFactory.getLogger(PrecisionTrial.class);

  private PrecisionTrial() {}

  /**
   * The session to run with. No two are open at a time, and bfloat16 is held against fp32 before
   * its first gradient, so that the trial does not raise the peak of memory.
   *
   * @param compute on which to try
   * @param sessions opens one
   */
  static TransferSession open(Compute compute, Function<Compute, TransferSession> sessions) {
    if (!compute.onTrial()) {
      return sessions.apply(compute);
    }
    String objection;
    try {
      TransferSession session = sessions.apply(compute);
      PrecisionProof proof = prove(session);
      if (proof.holds()) {
        LOG.info("bf16 agrees with fp32: {}", proof.figures());
        return session;
      }
      session.close();
      objection = proof.figures();
    } catch (RunFailedException e) {
      objection = String.valueOf(e.getMessage());
    }
    LOG.warn("bf16 is given up, this run computes in fp32: {}", objection);
    return sessions.apply(compute.with(Precision.FP32));
  }

  private static PrecisionProof prove(TransferSession session) {
    try {
      return session.prove();
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}
