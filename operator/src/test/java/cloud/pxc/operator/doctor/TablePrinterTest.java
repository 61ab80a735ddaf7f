package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TablePrinterTest {

    private final StringWriter out = new StringWriter();

    @Test
    void intoAFileGoWordsThatOneCanSearchFor() {
        // when
        print(new TablePrinter(new PrintWriter(out), false));
        // then
        assertThat(out.toString().replace("\r", "")).isEqualTo("""
                ok      quorum     Cluster alpha is quorate
                PROBLEM storage    Storage local does not take iso
                                   $ pvesm set local --content iso

                ok      create VM 19999 (1.2 s)
                PROBLEM start it (0.0 s): no
                note    clone it: not tried: no right

                PROBLEM 2 problems; not tried: 1
                """);
    }

    @Test
    void ontoATerminalGoMarksInColour() {
        // when
        print(new TablePrinter(new PrintWriter(out), true));
        // then
        assertThat(out.toString())
                .startsWith("\u001B[32m✓\u001B[0m quorum     Cluster alpha is quorate")
                .contains(
                        "\u001B[31m✗\u001B[0m storage ",
                        "\u001B[33m!\u001B[0m clone it",
                        "             $ pvesm set local");
    }

    private static void print(Printer printer) {
        printer.finding(Finding.well("quorum", "Cluster alpha is quorate"));
        printer.finding(Finding.problem("storage", "Storage local does not take iso", "pvesm set local --content iso"));
        printer.step(new Step.Done("create VM 19999", Duration.ofMillis(1234)));
        printer.step(new Step.Failed("start it", Duration.ZERO, "no"));
        printer.step(new Step.Skipped("clone it", "no right"));
        printer.end(new Result(2, 1));
    }
}
