package dev.tributary.runtime.lake;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** How long publishing a cut took, for the JDK's flight recorder; costs nothing while none runs. */
@Name("dev.tributary.CutPublished")
@Label("Cut published")
@Category("Tributary")
@StackTrace(false)
final class CutPublished extends Event {

  @Label("Cut")
  long cut;

  @Label("Tables")
  int tables;
}
