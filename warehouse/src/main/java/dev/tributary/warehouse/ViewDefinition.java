package dev.tributary.warehouse;

/**
 * A view's folder.
 *
 * @param namespace its schema in the lake
 * @param name its name
 * @param sql the text of {@code view.sql}, placeholders included
 * @param metadata its description
 */
public record ViewDefinition(String namespace, String name, String sql, ViewMetadata metadata) {

  /** {@code namespace.name}. */
  public String qualifiedName() {
    return namespace + "." + name;
  }
}
