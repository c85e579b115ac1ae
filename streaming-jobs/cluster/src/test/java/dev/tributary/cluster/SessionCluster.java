package dev.tributary.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A Flink session cluster: a job manager and a task manager, each a process of its own with nothing
 * but what a release of Flink holds on its class path. What the job's jar lacks is missing there.
 */
final class SessionCluster implements AutoCloseable {

  private static final Path LIB = Path.of("target/flink-lib");

  private final URI rest;
  private final List<Process> processes = new ArrayList<>();

  private SessionCluster(URI rest) {
    this.rest = rest;
  }

  /**
   * Starts a cluster; returns when its slots are there.
   *
   * @param dir holds its configuration and temporary files
   * @param logs is where the processes' logs go
   */
  static SessionCluster start(Path dir, Path logs) throws IOException {
    int port = Ports.free();
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Path temporary = Files.createDirectories(dir.resolve("tmp"));
    Files.createDirectories(logs);
    Files.writeString(
        conf.resolve("config.yaml"),
        """
        jobmanager.rpc.address: %1$s
        jobmanager.rpc.port: %2$s
        jobmanager.bind-host: %1$s
        rest.address: %1$s
        rest.bind-address: %1$s
        rest.port: %3$s
        blob.server.port: 0
        io.tmp.dirs: %4$s
        web.tmpdir: %4$s
        web.upload.dir: %4$s
        # Else what it says of a job is up to three seconds old.
        web.refresh-interval: 200 ms
        taskmanager.host: %1$s
        taskmanager.bind-host: %1$s
        taskmanager.numberOfTaskSlots: 4
        taskmanager.cpu.cores: 2
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        taskmanager.memory.task.heap.size: 512m
        taskmanager.memory.task.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 256m
        # What other jobs of a cluster may want, and would tear our cuts.
        execution.checkpointing.mode: AT_LEAST_ONCE
        execution.checkpointing.unaligned.enabled: true
        execution.checkpointing.aligned-checkpoint-timeout: 30 s
        execution.checkpointing.max-concurrent-checkpoints: 3
        """
            .formatted(Ports.LOOPBACK, Ports.free(), port, temporary));
    SessionCluster cluster =
        new SessionCluster(URI.create("http://" + Ports.LOOPBACK + ":" + port));
    cluster.run("entrypoint.StandaloneSessionClusterEntrypoint", conf, logs.resolve("jm.log"));
    cluster.run("taskexecutor.TaskManagerRunner", conf, logs.resolve("tm.log"));
    Awaitility.await("a cluster with slots; its logs are in " + logs.toAbsolutePath())
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(cluster.overview()).contains("\"slots-available\":4"));
    return cluster;
  }

  private void run(String main, Path conf, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx800m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Duser.timezone=UTC", "-Dorg.apache.logging.log4j.level=INFO"));
    command.addAll(List.of("-cp", LIB.toAbsolutePath() + "/*"));
    command.addAll(List.of("org.apache.flink.runtime." + main, "--configDir", conf.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // Also when the test's own process is told to end.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    processes.add(process);
  }

  /** Where the cluster answers. */
  URI rest() {
    return rest;
  }

  private String overview() throws IOException, InterruptedException {
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException("a process of the cluster ended; see its log");
      }
    }
    return get("/overview");
  }

  /** How the cluster checkpoints a job, as JSON. */
  String checkpointConfig(String jobId) throws IOException, InterruptedException {
    return get("/jobs/" + jobId + "/checkpoints/config");
  }

  private String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(rest.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  /** Ends a job as the button on Flink's page does: without a savepoint. */
  void cancel(String jobId) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve("/jobs/" + jobId + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(202);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
