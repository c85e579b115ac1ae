package dev.tributary.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker in this JVM (KRaft, broker and controller in one), listening on loopback.
 *
 * <p>Topics and records live in the data directory and are never deleted by age: a second start on
 * the same directory finds them all. The port stays the same over {@link #stop()} and {@link
 * #start()}, so that clients find the broker again.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final int NODE_ID = 1;
  private static final long ADMIN_SECONDS = 60;

  private final Path dataDir;
  private final int port;
  private KafkaRaftServer server;

  private EmbeddedKafka(Path dataDir, int port) {
    this.dataDir = dataDir;
    this.port = port;
  }

  /**
   * Starts a broker; returns when it accepts clients (3–10 s).
   *
   * @param dataDir where topics and records are kept; made when missing
   * @param port the port on loopback, 0 for a free one
   * @throws IllegalStateException when the directory cannot be used or the port is taken
   */
  public static EmbeddedKafka start(Path dataDir, int port) {
    EmbeddedKafka kafka =
        new EmbeddedKafka(dataDir.toAbsolutePath(), port == 0 ? Ports.free() : port);
    kafka.start();
    return kafka;
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /**
   * Makes the topics that do not exist yet; leaves the others as they are.
   *
   * @throws IllegalStateException when an existing topic has another number of partitions (keys
   *     would move), or the broker does not answer
   */
  public void createTopics(Collection<String> names, int partitions) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      Set<String> existing = admin.listTopics().names().get(ADMIN_SECONDS, TimeUnit.SECONDS);
      for (String name : names) {
        if (!existing.contains(name)) {
          create(admin, name, partitions);
        }
      }
      describe(admin, names)
          .forEach((name, topic) -> expectPartitions(name, topic.partitions().size(), partitions));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Topics " + names + " could not be made: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making topics " + names, e);
    }
  }

  /** A topic that was just made can be unknown to the broker's metadata for a moment. */
  private static Map<String, TopicDescription> describe(Admin admin, Collection<String> names)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ADMIN_SECONDS);
    while (true) {
      try {
        return admin.describeTopics(names).allTopicNames().get(ADMIN_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void create(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(ADMIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // Another process made it between the listing and now, which is what was wanted.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void expectPartitions(String topic, int found, int wanted) {
    if (found != wanted) {
      throw new IllegalStateException(
          "Topic "
              + topic
              + " has "
              + found
              + " partitions, not "
              + wanted
              + "; changing the number would move keys: use "
              + found
              + " or start with an empty data directory");
    }
  }

  /**
   * Starts the broker again after {@link #stop()}, on the same port and data. Does nothing when it
   * runs.
   */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    if (!Ports.isFree(port)) {
      throw new IllegalStateException(
          "Port " + port + " on " + Ports.LOOPBACK + " is taken; Kafka cannot listen there");
    }
    Properties properties = properties(Ports.free());
    formatOnce(properties);
    KafkaRaftServer starting =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    starting.startup();
    server = starting;
  }

  /**
   * Stops the broker in an orderly way; data stay. Does nothing when it is stopped. Clients see
   * refused connections until {@link #start()}.
   */
  public synchronized void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /** Says whether the broker was started and not stopped. */
  public synchronized boolean isRunning() {
    return server != null;
  }

  @Override
  public void close() {
    stop();
  }

  private Properties properties(int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    // Static voters are not written to the metadata log, so the controller may move to another
    // port at each start.
    p.setProperty(
        "controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
    p.setProperty(
        "listeners",
        "CLIENTS://"
            + Ports.LOOPBACK
            + ":"
            + port
            + ",CONTROLLER://"
            + Ports.LOOPBACK
            + ":"
            + controllerPort);
    p.setProperty("advertised.listeners", "CLIENTS://" + Ports.LOOPBACK + ":" + port);
    p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "CLIENTS");
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("log.dirs", dataDir.toString());
    p.setProperty("auto.create.topics.enable", "false");
    // Kafka's log is the history everything is rebuilt from: nothing in it ages out.
    p.setProperty("log.retention.ms", "-1");
    p.setProperty("log.retention.bytes", "-1");
    p.setProperty("message.max.bytes", "1048588");
    p.setProperty("default.replication.factor", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // One laptop, few clients: the defaults would take 128 MB for the cleaner alone.
    p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("num.recovery.threads.per.data.dir", "2");
    p.setProperty("log.index.size.max.bytes", "1048576");
    return p;
  }

  private void formatOnce(Properties properties) {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(dataDir);
      Path config = Files.createTempFile(dataDir, "format-", ".properties");
      try (Writer writer = Files.newBufferedWriter(config, StandardCharsets.UTF_8)) {
        properties.store(writer, null);
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      String[] arguments = {
        "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", config.toString()
      };
      int exit =
          StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
      Files.delete(config);
      if (exit != 0) {
        throw new IllegalStateException(
            "Kafka could not format " + dataDir + ": " + said.toString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's data directory " + dataDir + " is not usable", e);
    }
  }
}
