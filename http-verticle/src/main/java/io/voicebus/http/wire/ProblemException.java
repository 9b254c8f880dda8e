package io.voicebus.http.wire;

/** A {@link Problem} on its way to the response. Carries no stack trace. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** An exception that carries a problem. */
  public ProblemException(Problem problem) {
    super(problem.type() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** The problem. */
  public Problem problem() {
    return problem;
  }
}
