package dev.tributary.warehouse.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where Trino is: an option, else what the running stack wrote down. */
final class TrinoOption {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--trino-url",
      paramLabel = "URL",
      description =
          "Trino, as http://host:port or a jdbc:trino: URL. Default: trino.url of the running stack.")
  String url;

  @Option(
      names = "--trino-user",
      paramLabel = "USER",
      defaultValue = "admin",
      description = "User to connect as. Default: ${DEFAULT-VALUE}.")
  String user;

  /**
   * The address for the driver.
   *
   * @throws ParameterException when none is given and no stack runs
   */
  String jdbcUrl() {
    String address = url == null ? fromStack() : url;
    if (address.startsWith("jdbc:")) {
      return address;
    }
    boolean secure = address.startsWith("https://");
    String host = address.replaceFirst("^https?://", "").replaceFirst("/$", "");
    return "jdbc:trino://%s/lake?user=%s%s".formatted(host, user, secure ? "&SSL=true" : "");
  }

  private String fromStack() {
    Path file = Path.of(System.getProperty("tributary.home", ".tributary"), "stack.properties");
    Properties stack = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        stack.load(reader);
      } catch (IOException e) {
        throw new ParameterException(command.commandLine(), file + " cannot be read: " + e, e);
      }
    }
    String found = stack.getProperty("trino.url", "");
    if (found.isBlank()) {
      throw new ParameterException(
          command.commandLine(),
          "Where is Trino? %s has no trino.url. Start the stack: ./tributary up; or give --trino-url"
              .formatted(file.toAbsolutePath()));
    }
    return found;
  }
}
