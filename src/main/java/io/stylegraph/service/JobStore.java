package io.stylegraph.service;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs by id. An id is a random secret of 144 bits. Pictures of finished jobs are dropped after
 * a while or when there are too many; the job then says so for as long again, and is forgotten.
 */
final class JobStore {
  private static final int ID_BYTES = 18;
  private static final int EXPIRED_KEPT = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Keeping keeping;
  private final InstantSource clock;

  JobStore(Keeping keeping, InstantSource clock) {
    this.keeping = keeping;
    this.clock = clock;
  }

  /** A job that is not kept yet. */
  Job create(JobOrder order) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Job(id, order, clock.instant());
  }

  synchronized void keep(Job job) {
    jobs.put(job.id(), job);
  }

  /**
   * The job of that id.
   *
   * @throws Refusal if there is none
   */
  synchronized Job get(String id) {
    sweep();
    Job job = jobs.get(id);
    if (job == null) {
      throw Refusal.unknownJob();
    }
    return job;
  }

  synchronized void delete(Job job) {
    jobs.remove(job.id());
  }

  synchronized List<Job> all() {
    return new ArrayList<>(jobs.values());
  }

  /** Drops what has been kept long enough. */
  synchronized void sweep() {
    Instant now = clock.instant();
    jobs.values().removeIf(job -> hasEndedBefore(job, now.minus(keeping.time().multipliedBy(2))));
    List<Job> finished = jobs.values().stream().filter(this::holdsPictures).toList();
    long bytes = finished.stream().mapToLong(Job::bytes).sum();
    int count = finished.size();
    for (Job job : finished) {
      boolean tooMany = count > keeping.jobs() || bytes > keeping.bytes();
      if (tooMany || hasEndedBefore(job, now.minus(keeping.time()))) {
        bytes -= job.bytes();
        count--;
        job.expire();
      }
    }
    forgetExpired();
  }

  private void forgetExpired() {
    List<String> expired =
        jobs.values().stream().filter(job -> job.state() == JobState.EXPIRED).map(Job::id).toList();
    expired.subList(0, Math.max(0, expired.size() - EXPIRED_KEPT)).forEach(jobs::remove);
  }

  private boolean holdsPictures(Job job) {
    return job.state().ended() && job.state() != JobState.EXPIRED;
  }

  private static boolean hasEndedBefore(Job job, Instant when) {
    return job.ended().filter(ended -> !ended.isAfter(when)).isPresent();
  }
}
