package io.stylegraph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Many jobs of all kinds ({@link SoakJob}) on one stylizer, by two threads, in rounds; between
 * rounds nothing runs, and what the process holds is written down. {@code make soak} runs it;
 * docs/reliability.md tells what was found.
 */
final class Soak {
  private static final int THREADS = 2;
  private static final int ROUNDS = 10;

  /** How much RSS may differ between the first round's end and the last's. */
  private static final double RSS_TOLERANCE = 0.1;

  private final Path model;
  private final int jobs;
  private final Consumer<String> table;
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<ProcessFigures> rounds = new ArrayList<>();

  /**
   * A soak that was not begun.
   *
   * @param table hears of each row as soon as it is known
   */
  Soak(Path model, int jobs, Consumer<String> table) {
    this.model = model;
    this.jobs = jobs;
    this.table = table;
    table.accept(ProcessFigures.header());
  }

  /** Takes a model's folder and how many jobs; exits with 1 if a bound is broken. */
  public static void main(String[] args) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Soak soak = new Soak(Path.of(args[0]), Integer.parseInt(args[1]), System.out::println);
    long begun = System.nanoTime();
    List<String> problems = new ArrayList<>(soak.run());
    problems.addAll(soak.processProblems());
    System.out.printf(
        "%n%d jobs on %s in %d s: %s%n",
        soak.jobs,
        soak.model,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
        problems.isEmpty() ? "nothing wrong, nothing leaked" : problems.size() + " problems");
    problems.forEach(System.out::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /**
   * Runs all jobs.
   *
   * @return what went wrong, and what is still held that was not before the stylizer was loaded
   */
  List<String> run() throws InterruptedException {
    use(1, SoakJob.KINDS); // Whatever is loaded once, or kept for good, is there now.
    ProcessFigures before = note("before");
    use(ROUNDS, jobs);
    ProcessFigures after = note("after close");
    List<String> problems = new ArrayList<>(wrong);
    grown(problems, "native objects", before.pointers(), after.pointers());
    grown(problems, "bytes of native objects", before.pointerBytes(), after.pointerBytes());
    grown(problems, "open files", before.files(), after.files());
    grown(problems, "threads", before.threads(), after.threads());
    return problems;
  }

  /** What holds of a process with memory and a folder for temporary files of its own. */
  private List<String> processProblems() {
    List<String> problems = new ArrayList<>();
    ProcessFigures first = rounds.get(1);
    ProcessFigures last = rounds.get(rounds.size() - 1);
    grown(problems, "temporary files", first.temporary(), last.temporary());
    double growth = (double) last.residentBytes() / first.residentBytes() - 1;
    if (Math.abs(growth) > RSS_TOLERANCE) {
      problems.add(
          String.format("RSS changed by %.1f %% from the first round to the last", 100 * growth));
    }
    return problems;
  }

  private static void grown(List<String> problems, String what, long before, long after) {
    if (after > before) {
      problems.add("%s: %d before, %d after".formatted(what, before, after));
    }
  }

  /** Loads a stylizer, gives it the first so many jobs in rounds, and closes it. */
  private void use(int inRounds, int ofJobs) throws InterruptedException {
    StylizerLimits limits =
        StylizerLimits.DEFAULT.withConcurrentJobs(THREADS).withPixels(SoakJob.PIXELS);
    try (Stylizer stylizer = Stylizer.load(model, limits)) {
      AtomicInteger next = new AtomicInteger();
      for (int round = 1; round <= inRounds; round++) {
        int until = ofJobs * round / inRounds;
        round(stylizer, next, until);
        rounds.add(note(inRounds == 1 ? "warm-up" : "job " + until));
      }
    }
  }

  private void round(Stylizer stylizer, AtomicInteger next, int until) throws InterruptedException {
    ExecutorService others = Executors.newCachedThreadPool();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int thread = 0; thread < THREADS; thread++) {
      threads.execute(
          () -> {
            for (int job; (job = next.getAndUpdate(it -> Math.min(until, it + 1))) < until; ) {
              run(new SoakJob(stylizer, others, job), job);
            }
          });
    }
    end(threads);
    end(others);
  }

  private void run(SoakJob job, int number) {
    try {
      job.run();
    } catch (Exception | AssertionError e) {
      wrong.add("job %d: %s".formatted(number, e));
    }
  }

  private static void end(ExecutorService executor) throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(10, TimeUnit.MINUTES)) {
      throw new IllegalStateException("a job hangs");
    }
  }

  private ProcessFigures note(String when) {
    ProcessFigures figures = ProcessFigures.settled();
    table.accept(figures.row(when));
    return figures;
  }
}
