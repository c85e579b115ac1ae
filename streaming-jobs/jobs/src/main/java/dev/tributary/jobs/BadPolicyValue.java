package dev.tributary.jobs;

/** A value of a policy that cannot be used. */
final class BadPolicyValue extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * @param name of the value, dotted
   * @param problem what is wrong and what to do
   */
  BadPolicyValue(String name, String problem) {
    this(name, problem, null);
  }

  BadPolicyValue(String name, String problem, Exception cause) {
    super(problem, cause);
    this.name = name;
  }

  String name() {
    return name;
  }
}
