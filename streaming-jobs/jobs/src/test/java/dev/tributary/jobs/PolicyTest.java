package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {

  @TempDir private Path dir;

  @Test
  void everyValueIsKnownByTheNameThatItHasInTheFile() {
    assertThat(Policy.shipped().values())
        .containsEntry("promotions.sale_without_invoice_is_collected", "true");
    assertThat(read("promotions:\n  sale_without_invoice_is_collected: false\n").values())
        .containsEntry("promotions.sale_without_invoice_is_collected", "false");
  }

  @Test
  void twoPoliciesThatSayTheSameAreTheSame() {
    Policy one = read("promotions:\n  sale_without_invoice_is_collected: true\n");
    Policy other = read("# ours\npromotions: {sale_without_invoice_is_collected: true}\n");

    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(one.fingerprint())
        .isNotEqualTo(
            read("promotions:\n  sale_without_invoice_is_collected: false\n").fingerprint());
  }

  @Test
  void aPolicyThatSaysLessMoreOrSomethingElseIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("promotions:\n  sale_without_invoice_is_colected: true\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml line 2")
        .hasMessageContaining("no 'promotions.sale_without_invoice_is_colected'")
        .hasMessageContaining("there is: promotions.sale_without_invoice_is_collected");
    assertThatThrownBy(() -> read("promotions: {}\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'promotions.sale_without_invoice_is_collected' is missing");
    assertThatThrownBy(() -> read("promotions:\n  sale_without_invoice_is_collected: maybe\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maybe");
    assertThatThrownBy(() -> Policy.read(dir.resolve("none.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml");
  }

  private Policy read(String text) {
    try {
      return Policy.read(Files.writeString(dir.resolve("policy.yaml"), text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
