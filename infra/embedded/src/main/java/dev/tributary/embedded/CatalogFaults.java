package dev.tributary.embedded;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a catalog can do to its clients: answer, apply and not answer, or not be there. */
final class CatalogFaults implements Filter {

  /** Servlet API: an error of this code closes the connection without an answer. */
  private static final int CUT_THE_CONNECTION = -1;

  private static final Set<String> CHANGES = Set.of("POST", "DELETE", "PUT");

  /** What becomes of a commit that ran into a trap. */
  enum Fate {
    NOT_APPLIED,
    APPLIED_WITHOUT_ANSWER,
    APPLIED_AFTERWARDS
  }

  /** Something to do when a table's commit arrives. */
  private record Trap(String table, Fate fate, Runnable action) {}

  private final AtomicInteger responsesToLose = new AtomicInteger();
  private final AtomicReference<Trap> trap = new AtomicReference<>();
  private volatile boolean down;

  void atNextCommit(String table, Fate fate, Runnable action) {
    trap.set(new Trap(table, fate, action));
  }

  boolean isWaitingForCommit() {
    return trap.get() != null;
  }

  void loseResponses(int count) {
    responsesToLose.set(count);
  }

  int responsesToLose() {
    return responsesToLose.get();
  }

  void goDown() {
    down = true;
  }

  void comeBack() {
    down = false;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer = (HttpServletResponse) response;
    Trap set = trap.get();
    if (down) {
      answer.sendError(CUT_THE_CONNECTION);
    } else if (set != null
        && isCommit((HttpServletRequest) request, set.table())
        && trap.compareAndSet(set, null)) {
      spring(set, request, answer, chain);
    } else if (isChange((HttpServletRequest) request)
        // One at a time: tables are committed side by side, and none may take what is not left.
        && responsesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      applyWithoutAnswer(request, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void spring(
      Trap trap, ServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    if (trap.fate() == Fate.APPLIED_WITHOUT_ANSWER) {
      chain.doFilter(request, new Unheard(answer));
    }
    trap.action().run();
    if (trap.fate() == Fate.APPLIED_AFTERWARDS) {
      chain.doFilter(request, answer);
    } else {
      answer.sendError(CUT_THE_CONNECTION);
    }
  }

  /** Reports of scan and commit metrics change nothing, so losing their response proves nothing. */
  private static boolean isChange(HttpServletRequest request) {
    return CHANGES.contains(request.getMethod()) && !request.getRequestURI().endsWith("/metrics");
  }

  /** As the REST specification has it: a commit is a POST to the table itself. */
  private static boolean isCommit(HttpServletRequest request, String table) {
    String address = request.getRequestURI();
    int dot = table.indexOf('.');
    String path =
        "/namespaces/%s/tables/%s".formatted(table.substring(0, dot), table.substring(dot + 1));
    return request.getMethod().equals("POST") && address.endsWith(path);
  }

  private void applyWithoutAnswer(
      ServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, new Unheard(answer));
    if (answer.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
      responsesToLose.incrementAndGet();
    }
    answer.sendError(CUT_THE_CONNECTION);
  }

  /** A response whose body goes nowhere, so that it can still be cut off. */
  private static final class Unheard extends HttpServletResponseWrapper {

    Unheard(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() {
      return new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) {}

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
      };
    }

    @Override
    public void flushBuffer() {}
  }
}
