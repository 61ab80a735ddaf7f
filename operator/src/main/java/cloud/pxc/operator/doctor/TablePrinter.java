package cloud.pxc.operator.doctor;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** For people: a line for each finding and step, commands below. */
final class TablePrinter implements Printer {

    private static final int MARK = 8;
    private static final int ABOUT = 11;

    private final PrintWriter out;
    private final boolean terminal;
    private boolean exercising;

    /** @param terminal marks and colours; else words, that one can search for */
    TablePrinter(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    private enum Mark {
        GOOD("✓", "ok", "32"),
        NOTE("!", "note", "33"),
        BAD("✗", "PROBLEM", "31");

        private final String sign;
        private final String word;
        private final String colour;

        Mark(String sign, String word, String colour) {
            this.sign = sign;
            this.word = word;
            this.colour = colour;
        }
    }

    @Override
    public void finding(Finding finding) {
        var mark =
                switch (finding.level()) {
                    case WELL -> Mark.GOOD;
                    case NOTE -> Mark.NOTE;
                    case PROBLEM -> Mark.BAD;
                };
        line(mark, pad(finding.about(), ABOUT) + finding.sentence());
        finding.remedy().forEach(command -> line(" ".repeat(indent() + ABOUT) + "$ " + command));
    }

    @Override
    public void step(Step step) {
        if (!exercising) {
            exercising = true;
            line("");
        }
        switch (step) {
            case Step.Done(var what, var took) -> line(Mark.GOOD, what + " (" + seconds(took) + ")");
            case Step.Failed(var what, var took, var why) -> line(Mark.BAD, what + " (" + seconds(took) + "): " + why);
            case Step.Skipped(var what, var why) -> line(Mark.NOTE, what + ": not tried: " + why);
        }
    }

    @Override
    public void end(Result result) {
        line("");
        var skipped = result.skipped() == 0 ? "" : "; not tried: " + result.skipped();
        if (result.problems() == 0) {
            line(Mark.GOOD, "All well" + skipped);
        } else {
            line(Mark.BAD, result.problems() + (result.problems() == 1 ? " problem" : " problems") + skipped);
        }
    }

    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    private void line(Mark mark, String text) {
        line(terminal ? "\u001B[" + mark.colour + "m" + mark.sign + "\u001B[0m " + text : pad(mark.word, MARK) + text);
    }

    private int indent() {
        return terminal ? 2 : MARK;
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
