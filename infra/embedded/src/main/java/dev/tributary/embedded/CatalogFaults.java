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
import java.util.regex.Pattern;

/** What a catalog can do to its clients: answer, apply and not answer, or not be there. */
final class CatalogFaults implements Filter {

  /** Servlet API: an error of this code closes the connection without an answer. */
  private static final int CUT_THE_CONNECTION = -1;

  private static final Set<String> CHANGES = Set.of("POST", "DELETE", "PUT");
  private static final Pattern TABLE = Pattern.compile(".*/namespaces/[^/]+/tables/[^/]+");

  /** What becomes of a commit that ran into a trap. */
  enum Fate {
    NOT_APPLIED,
    APPLIED_WITHOUT_ANSWER,
    APPLIED_AFTERWARDS
  }

  /** Something to do when a table's commit arrives. */
  private record Trap(String table, Fate fate, Runnable action) {}

  /** What a table was, for loads that are to be answered with it. */
  private record Stale(String table, byte[] answer) {}

  private final AtomicInteger responsesToLose = new AtomicInteger();
  private final AtomicReference<Trap> trap = new AtomicReference<>();
  private final AtomicReference<Runnable> atFirstRefusal = new AtomicReference<>();
  private final AtomicInteger staleLoads = new AtomicInteger();
  private volatile Stale stale;
  private volatile boolean refusing;
  private volatile boolean down;

  void atNextCommit(String table, Fate fate, Runnable action) {
    trap.set(new Trap(table, fate, action));
  }

  boolean isWaitingForCommit() {
    return trap.get() != null || atFirstRefusal.get() != null;
  }

  void refuseCommits(Runnable atFirst) {
    atFirstRefusal.set(atFirst);
    refusing = true;
  }

  void applyCommits() {
    refusing = false;
    atFirstRefusal.set(null);
  }

  /**
   * Loses the response of the next commit to a table and then answers loads with {@code before}.
   */
  void staleAfterNextCommit(String table, int loads, byte[] before) {
    stale = null;
    staleLoads.set(loads);
    atNextCommit(table, Fate.APPLIED_WITHOUT_ANSWER, () -> stale = new Stale(table, before));
  }

  int staleLoads() {
    return staleLoads.get();
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
    HttpServletRequest question = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    Trap set = trap.get();
    if (down) {
      answer.sendError(CUT_THE_CONNECTION);
    } else if (refusing && isCommit(question)) {
      refuse(answer);
    } else if (isStaleLoad(question)) {
      answer.setContentType("application/json");
      answer.getOutputStream().write(stale.answer());
    } else if (set != null && isCommit(question, set.table()) && trap.compareAndSet(set, null)) {
      spring(set, request, answer, chain);
    } else if (isChange(question)
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

  private void refuse(HttpServletResponse answer) throws IOException {
    Runnable action = atFirstRefusal.getAndSet(null);
    if (action != null) {
      action.run();
    }
    answer.sendError(CUT_THE_CONNECTION);
  }

  private boolean isStaleLoad(HttpServletRequest request) {
    Stale known = stale;
    return known != null
        && request.getMethod().equals("GET")
        && request.getRequestURI().endsWith(path(known.table()))
        && staleLoads.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** As the REST specification has it: a commit is a POST to the table itself. */
  private static boolean isCommit(HttpServletRequest request, String table) {
    return request.getMethod().equals("POST") && request.getRequestURI().endsWith(path(table));
  }

  private static boolean isCommit(HttpServletRequest request) {
    return request.getMethod().equals("POST") && TABLE.matcher(request.getRequestURI()).matches();
  }

  /** The address of a table, {@code ops.cuts}, from its namespace on. */
  static String path(String table) {
    int dot = table.indexOf('.');
    return "/namespaces/%s/tables/%s".formatted(table.substring(0, dot), table.substring(dot + 1));
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
