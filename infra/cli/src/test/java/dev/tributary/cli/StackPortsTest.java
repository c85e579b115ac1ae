package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackPortsTest {

  private final List<String> said = new ArrayList<>();

  @Test
  void aFreePortIsUsedAndNothingIsSaid() {
    int free = Ports.free();

    assertThat(ports(free).trino()).isEqualTo(free);
    assertThat(said).isEmpty();
  }

  @Test
  void aTakenPortIsNamedWithThePartAndTheOneItUsesInstead() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();

      int used = ports(taken - 2).kafka();

      assertThat(used).isNotEqualTo(taken);
      assertThat(Ports.isFree(used)).isTrue();
      assertThat(said)
          .singleElement()
          .asString()
          .contains("Port " + taken + " is taken", "Kafka uses " + used, "stop", "up --port");
    }
  }

  private StackPorts ports(int first) {
    return new StackPorts(first, said::add);
  }
}
