package cloud.pxc.operator;

import cloud.pxc.operator.doctor.Doctor;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;

/** Where the process begins: the operator, or with {@code doctor} as first argument only that, with nothing else started. */
@QuarkusMain
public final class Main {

    private static final String DOCTOR = "doctor";

    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(DOCTOR)) {
            System.exit(Doctor.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        Quarkus.run(arguments);
    }
}
