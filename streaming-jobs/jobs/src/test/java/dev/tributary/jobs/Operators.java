package dev.tributary.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operators that a released job's state belongs to: uid, then the names of its states. A state
 * is found again by these names and by nothing else.
 */
final class Operators {

  static final String FILE = "operators.txt";

  /** What to do when the list and the job differ. */
  static final String ADVICE =
      """
      An operator or a state has another name than in operators.txt, or is new, or is gone. Under \
      another name its state is lost: give it the old name back. Where the change is meant, running \
      jobs need a rebuild: see "Change the state" in CONTRIBUTING.md""";

  private Operators() {}

  /** The checked-in list. */
  static SortedMap<String, SortedSet<String>> listed() {
    SortedMap<String, SortedSet<String>> listed = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(Path.of(Operators.class.getResource(FILE).toURI()))) {
        int equals = line.indexOf(" = ");
        listed.put(
            equals < 0 ? line : line.substring(0, equals),
            equals < 0
                ? new TreeSet<>()
                : new TreeSet<>(List.of(line.substring(equals + 3).split(", ", -1))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(FILE + " is no file", e);
    }
    return listed;
  }

  /** The list as its file holds it. */
  static String text(SortedMap<String, SortedSet<String>> operators) {
    StringBuilder text = new StringBuilder();
    operators.forEach(
        (uid, states) ->
            text.append(uid)
                .append(states.isEmpty() ? "" : " = ")
                .append(String.join(", ", states))
                .append('\n'));
    return text.toString();
  }
}
