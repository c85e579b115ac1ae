package dev.tributary.ingestion;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns phone numbers into pseudonyms: HMAC-SHA256 over the number in E.164, in lower-case
 * hexadecimal. The same number gives the same pseudonym under the same key, however it was written;
 * without the key nobody can tell the number, nor try all numbers. The number itself goes no
 * further than this class.
 */
public final class PhonePseudonym {

  /** Length of a key, in bytes. */
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** Digits with the signs that people put between them; at least seven digits make a number. */
  private static final Pattern DIGITS =
      Pattern.compile("[+\uFF0B]?[(\uFF08]?\\p{Nd}(?:[ \u00A0().\\-\u2010-\u2015/]*+\\p{Nd}){6,}+");

  /** Runs of digits that are dates, also in brackets and a century off, or amounts. */
  private static final Pattern NO_PHONE =
      Pattern.compile(
          "[(\uFF08]?(?:19|20|21)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}(?: \\d{1,2})?|\\d{1,6}\\.\\d{1,6}");

  private final SecretKeySpec key;

  private PhonePseudonym(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "A phone key has %s bytes, this one %s".formatted(KEY_BYTES, key.length));
    }

    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Pseudonyms under a key of {@value #KEY_BYTES} bytes. */
  public static PhonePseudonym withKey(byte[] key) {
    return new PhonePseudonym(key.clone());
  }

  /**
   * Pseudonyms under the key in {@code file}, which is made when missing: random, readable by its
   * owner alone. Keep the file: under another key the same customer gets another pseudonym.
   *
   * @throws IOException when the file cannot be read or made, or is no key
   */
  public static PhonePseudonym fromKeyFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      writeNewKey(file);
    }

    byte[] key = Files.readAllBytes(file);
    if (key.length != KEY_BYTES) {
      throw new IOException(
          "%s is no phone key: it has %s bytes instead of %s. Restore it from a backup."
              .formatted(file, key.length, KEY_BYTES));
    }

    return new PhonePseudonym(key);
  }

  /**
   * The pseudonym of a phone number.
   *
   * @param number as people write it
   * @param region ISO 3166 country of numbers without a country code; null when every number has
   *     one
   * @return empty when it is no valid phone number
   */
  public Optional<String> of(String number, String region) {
    try {
      PhoneNumber parsed = PHONES.parse(number, region);
      // A merely possible number may be a landline without its area code: two cities, one
      // pseudonym.
      if (!PHONES.isValidNumber(parsed)) {
        return Optional.empty();
      }

      return Optional.of(hash(PHONES.format(parsed, PhoneNumberFormat.E164)));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /**
   * {@code text} with everything that may be a phone number replaced by {@code phone:<pseudonym>}.
   * Errs on the side of replacing: long ids go too.
   */
  public String redact(String text, String region) {
    Matcher matcher = DIGITS.matcher(text);
    StringBuilder redacted = new StringBuilder();
    while (matcher.find()) {
      String found = matcher.group();
      String kept = NO_PHONE.matcher(found).matches() ? found : replacement(found, region);
      matcher.appendReplacement(redacted, Matcher.quoteReplacement(kept));
    }

    return matcher.appendTail(redacted).toString();
  }

  /**
   * Free text with the phone numbers in it replaced by {@code phone:<pseudonym>}. Replaces only
   * what is a valid number, so that names and reasons stay as they are.
   */
  public String withoutNumbers(String text, String region) {
    if (text.codePoints().filter(Character::isDigit).count() < 7) {
      return text;
    }

    StringBuilder cleaned = new StringBuilder();
    int copied = 0;
    for (PhoneNumberMatch match : PHONES.findNumbers(text, region)) {
      cleaned.append(text, copied, match.start()).append(replacement(match.rawString(), region));
      copied = match.end();
    }

    return cleaned.append(text, copied, text.length()).toString();
  }

  /** What stands in place of a phone number, or of what was meant to be one. */
  public String replacement(String number, String region) {
    return "phone:" + of(number, region).orElseGet(() -> hash(number));
  }

  /** Whether a text has the form of a pseudonym. */
  public static boolean isPseudonym(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private String hash(String number) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(number.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  private static void writeNewKey(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path complete = Files.createTempFile(parent, "phone", ".key.new", ownerOnly);
    try {
      try (SeekableByteChannel channel =
          Files.newByteChannel(complete, Set.of(StandardOpenOption.WRITE))) {
        channel.write(ByteBuffer.wrap(key));
      }

      // A link, not a move: of two processes that make a key at once, one must win for both.
      Files.createLink(file, complete);
    } catch (FileAlreadyExistsException e) {
      // The other process was first; its key is the key.
    } finally {
      Files.deleteIfExists(complete);
    }
  }
}
