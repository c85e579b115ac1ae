package dev.tributary.ingestion.collector;

import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.EventCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, to be killed. */
final class OwnProcess implements AutoCloseable {

  private final List<String> command;
  private final int port;
  private Process process;

  private OwnProcess(int port, Class<?> main, String... arguments) {
    this.port = port;
    this.command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                Integer.toString(port)));
    command.addAll(List.of(arguments));
  }

  static OwnProcess collector(int port, String bootstrap, String token, Path phoneKey) {
    return new OwnProcess(port, CollectorMain.class, bootstrap, token, phoneKey.toString());
  }

  static OwnProcess broker(int port, Path dataDir) {
    return new OwnProcess(port, BrokerMain.class, dataDir.toString());
  }

  /** Listens until it is killed; port, brokers, token and key file. */
  static final class CollectorMain {
    public static void main(String[] args) throws Exception {
      Collector.start(
          Integer.parseInt(args[0]),
          args[1],
          args[2],
          PhonePseudonym.fromKeyFile(Path.of(args[3])),
          Clock.systemUTC());
      Thread.currentThread().join();
    }
  }

  /** Listens until it is killed; port and data directory. */
  static final class BrokerMain {
    public static void main(String[] args) throws Exception {
      EmbeddedKafka.start(Path.of(args[1]), Integer.parseInt(args[0]))
          .createTopics(EventCatalog.load().topics(), 2);
      Thread.currentThread().join();
    }
  }

  /** Returns when it listens. */
  void start() throws InterruptedException {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (!listens()) {
      Thread.sleep(100);
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new IllegalStateException("%s ended with %s".formatted(command, process.exitValue()));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
