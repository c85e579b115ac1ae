package dev.tributary.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhonePseudonymTest {

  private final PhonePseudonym phones = PhonePseudonym.withKey(new byte[32]);

  @Test
  void oneNumberHasOnePseudonymHoweverItIsWritten() {
    String pseudonym = phones.of("+86 138 0013 8000", null).orElseThrow();

    assertThat(pseudonym).matches("[0-9a-f]{64}");
    assertThat(phones.of("13800138000", "CN")).hasValue(pseudonym);
    assertThat(phones.of("0086-138-0013-8000", "CN")).hasValue(pseudonym);
    assertThat(phones.of("１３８００１３８０００", "CN")).hasValue(pseudonym);
    assertThat(phones.of("13800138001", "CN")).isPresent().get().isNotEqualTo(pseudonym);
  }

  @Test
  void anotherKeyGivesAnotherPseudonym() {
    byte[] key = new byte[32];
    key[0] = 1;

    assertThat(PhonePseudonym.withKey(key).of("+8613800138000", null))
        .isNotEqualTo(phones.of("+8613800138000", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "12", "1380013800", "62345678", "1380013800012345678"})
  void whatIsNoValidNumberHasNoPseudonym(String number) {
    assertThat(phones.of(number, "CN")).isEmpty();
  }

  @Test
  void aNumberWithoutCountryCodeNeedsARegion() {
    assertThat(phones.of("13800138000", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "+86 138 0013 8000",
        "call 138-0013-8000 now",
        "1380013800", // one digit short is still somebody's number
        "(021) 6234 5678",
        "１３８００１３８０００",
        "x13800138000y",
        "138.0013.8000"
      })
  void redactingLeavesNoPhoneNumber(String text) {
    assertThat(phones.redact(text, "CN"))
        .contains("phone:")
        .doesNotContain("8000")
        .doesNotContain("5678")
        .doesNotContain("８０００");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01",
        "2026/3/1",
        "2026-03-01T12:00:00Z",
        "2026-03-01 12:00",
        "sent (2026-03-01T00:00:00Z)",
        "2126-03-01",
        "19990.500000",
        "A-1234"
      })
  void redactingKeepsDatesAndAmounts(String text) {
    assertThat(phones.redact(text, "CN")).isEqualTo(text);
  }

  @Test
  void redactingStandsAsManyDigitsAsABatchMayHave() {
    assertThat(phones.redact("id " + "9".repeat(8_000_000) + ", " + "1-".repeat(9), "CN"))
        .matches("id phone:\\S+, phone:\\S+-");
  }

  @Test
  void freeTextLosesItsNumbersAndKeepsTheRest() {
    assertThat(phones.withoutNumbers("Li, call 13800138000 after 5", "CN"))
        .startsWith("Li, call phone:")
        .endsWith(" after 5")
        .doesNotContain("13800138000");
    assertThat(phones.withoutNumbers("Order 2026-03-01 no. 17", "CN"))
        .isEqualTo("Order 2026-03-01 no. 17");
  }

  @Test
  void theKeyFileIsMadeOnceAndBelongsToItsOwnerAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys/phone.key");

    PhonePseudonym first = PhonePseudonym.fromKeyFile(file);
    PhonePseudonym second = PhonePseudonym.fromKeyFile(file);

    assertThat(first.of("+8613800138000", null)).isEqualTo(second.of("+8613800138000", null));
    assertThat(Files.readAllBytes(file)).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryNotContaining(f -> !f.equals(file));
  }

  @Test
  void aDamagedKeyIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("phone.key"), "short");

    assertThatThrownBy(() -> PhonePseudonym.fromKeyFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no phone key");
  }
}
