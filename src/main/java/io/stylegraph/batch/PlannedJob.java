package io.stylegraph.batch;

import io.stylegraph.JobSize;

/**
 * A job that is to be run.
 *
 * @param key as {@link JobKey} makes it
 */
public record PlannedJob(BatchJob job, String key, JobSize size) {}
