package dev.tributary.cluster;

import dev.tributary.jobs.ClusterLauncher;
import dev.tributary.jobs.ClusterSettings;
import java.util.List;

/** The job as a Flink cluster runs it. */
public final class TributaryJob {

  private TributaryJob() {}

  /** Takes the arguments that {@link ClusterSettings} names. */
  public static void main(String[] arguments) throws Exception {
    ClusterLauncher.launch(ClusterSettings.parse(List.of(arguments)));
  }
}
