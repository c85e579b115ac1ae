package dev.tributary.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The domain with one text of one source replaced, compiled into a directory of its own and loaded
 * beside the real one. The checks are loaded with it, so they meet the mutant and nothing else; the
 * code under test needs no hook for it.
 */
final class Mutant {

  private static final Path SOURCES = Path.of("src/main/java/dev/tributary/domain");

  private final ClassLoader loader;

  private Mutant(ClassLoader loader) {
    this.loader = loader;
  }

  /** The domain as it is. */
  static Mutant unchanged(Path directory) {
    return new Mutant(new DomainLoader(directory));
  }

  /**
   * The domain with the replacement made.
   *
   * @throws IllegalStateException when the text does not stand exactly once in the source, or the
   *     result does not compile; then the mutation has to be written anew
   */
  static Mutant of(Mutation mutation, Path directory) {
    try {
      Path source = SOURCES.resolve(mutation.source());
      String code = Files.readString(source);
      int found = code.indexOf(mutation.original());
      if (found < 0 || code.indexOf(mutation.original(), found + 1) >= 0) {
        throw new IllegalStateException(
            "'%s' does not stand exactly once in %s: write the mutation anew"
                .formatted(mutation.original(), source));
      }
      Path changed =
          Files.createDirectories(directory.resolve("source")).resolve(source.getFileName());
      Files.writeString(changed, code.replace(mutation.original(), mutation.replacement()));
      compile(mutation, changed, directory);
      return new Mutant(new DomainLoader(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the checks' {@code run()} in the mutant, and lets through what it throws. */
  void run(Class<?> checks) throws Throwable {
    try {
      loader.loadClass(checks.getName()).getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void compile(Mutation mutation, Path source, Path directory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "--release",
                      "21",
                      "-proc:none",
                      "-d",
                      directory.toString(),
                      "-classpath",
                      classesOf(Money.class).toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException(
            "'%s' does not compile: write it anew%n%s".formatted(mutation, messages));
      }
    }
  }

  private static Path classesOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Defines the domain's classes anew: the mutated one, then the rest, then the tests. */
  private static final class DomainLoader extends ClassLoader {

    private final List<Path> roots;

    DomainLoader(Path directory) {
      super(Mutant.class.getClassLoader());
      this.roots = List.of(directory, classesOf(Money.class), classesOf(Mutant.class));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.tributary.domain.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      for (Path root : roots) {
        Path file = root.resolve(name.replace('.', '/') + ".class");
        if (Files.exists(file)) {
          try {
            byte[] bytes = Files.readAllBytes(file);
            return defineClass(name, bytes, 0, bytes.length);
          } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
          }
        }
      }
      throw new ClassNotFoundException(name);
    }
  }
}
