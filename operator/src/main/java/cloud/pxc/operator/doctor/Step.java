package cloud.pxc.operator.doctor;

import java.time.Duration;

/** One thing of the exercise, as it is told. */
sealed interface Step {

    String what();

    record Done(String what, Duration took) implements Step {}

    record Failed(String what, Duration took, String why) implements Step {}

    /** Not tried, and why. */
    record Skipped(String what, String why) implements Step {}
}
