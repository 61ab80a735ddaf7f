package cloud.pxc.operator.doctor;

/**
 * How it all was.
 *
 * @param problems findings that have to be seen to, and steps that failed
 * @param skipped steps that were not tried
 */
record Result(int problems, int skipped) {

    static final int WELL = 0;
    static final int FINDINGS = 1;

    Result with(Finding finding) {
        return finding.isProblem() ? new Result(problems + 1, skipped) : this;
    }

    Result with(Step step) {
        return switch (step) {
            case Step.Done done -> this;
            case Step.Failed failed -> new Result(problems + 1, skipped);
            case Step.Skipped notTried -> new Result(problems, skipped + 1);
        };
    }

    int exitCode() {
        return problems == 0 ? WELL : FINDINGS;
    }
}
