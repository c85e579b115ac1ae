package dev.tributary.runtime.identity;

/**
 * From now on a raw customer id stands for another id.
 *
 * @param survivor the id that stands for the whole cluster; the raw id itself when it is alone
 */
public record Redirect(String company, String customerId, String survivor) {

  /** The key of everything that names a raw customer id. */
  public static String key(String company, String customerId) {
    return company + '\u0000' + customerId;
  }
}
