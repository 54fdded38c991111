package io.stylegraph.service;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Where a job stands. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
enum JobState {
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED,
  /** It ended, and its pictures were deleted after the time that they are kept. */
  EXPIRED;

  /** Whether nothing more will come of it. */
  boolean ended() {
    return this != QUEUED && this != RUNNING;
  }
}
