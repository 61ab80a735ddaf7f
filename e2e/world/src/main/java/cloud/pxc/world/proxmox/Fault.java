package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Something that goes wrong with calls: which ones, what, how often.
 *
 * <pre>{@code
 * proxmox.faults().inject(Fault.on("POST", "/nodes/{node}/qemu").answers(500, "got timeout").times(2));
 * proxmox.faults().inject(Fault.on("POST", "/nodes/{node}/qemu").dropsAfter().withProbability(0.3));
 * }</pre>
 *
 * @param method HTTP method, or {@code *}
 * @param path API path without {@code /api2/json}; anything in braces, or {@code *}, stands for one segment, {@code **}
 *     for any number
 * @param effect what happens
 * @param probability of each matching call being hit, above 0 up to 1
 * @param times how many calls are hit before the fault is over; {@link Integer#MAX_VALUE}: until it is cleared
 */
public record Fault(String method, String path, Effect effect, double probability, int times) {
    /** @throws IllegalArgumentException when probability or times make no sense */
    public Fault {
        if (!(probability > 0 && probability <= 1) || times < 1) {
            throw new IllegalArgumentException(
                    "A fault needs a probability above 0 up to 1 and must hit at least once");
        }
    }

    /** What happens to a call that is hit. */
    public sealed interface Effect {
        /** The call is not carried out and answered so; the reason is also the body's message. */
        record Answer(int status, String reason) implements Effect {}

        /** The call is carried out after this (simulated) time. */
        record Slow(Duration delay) implements Effect {}

        /** The connection ends before the call is carried out. */
        record DropBefore() implements Effect {}

        /** The call is carried out, and then the connection ends without an answer. */
        record DropAfter() implements Effect {}

        /** The task that the call starts fails with this exit status after its time. */
        record FailTask(String exitStatus) implements Effect {}
    }

    /** The first half of a fault: which calls. */
    public record Calls(String method, String path) {
        public Fault answers(int status, String reason) {
            return with(new Effect.Answer(status, reason));
        }

        public Fault isSlow(Duration delay) {
            return with(new Effect.Slow(delay));
        }

        public Fault dropsBefore() {
            return with(new Effect.DropBefore());
        }

        public Fault dropsAfter() {
            return with(new Effect.DropAfter());
        }

        public Fault failsTask(String exitStatus) {
            return with(new Effect.FailTask(exitStatus));
        }

        private Fault with(Effect effect) {
            return new Fault(method, path, effect, 1, Integer.MAX_VALUE);
        }
    }

    /** @see Fault */
    public static Calls on(String method, String path) {
        return new Calls(method, path);
    }

    public Fault times(int count) {
        return new Fault(method, path, effect, probability, count);
    }

    public Fault withProbability(double chance) {
        return new Fault(method, path, effect, chance, times);
    }

    boolean concerns(String calledMethod, String calledPath) {
        return (method.equals("*") || method.equals(calledMethod))
                && pattern(path).matcher(calledPath).matches();
    }

    private static final Pattern WILD = Pattern.compile("\\*\\*|\\*|\\{[^/}]*}");

    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        var at = 0;
        for (var wild : WILD.matcher(glob).results().toList()) {
            regex.append(Pattern.quote(glob.substring(at, wild.start())));
            regex.append(wild.group().equals("**") ? ".*" : "[^/]+");
            at = wild.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(glob.substring(at))).toString());
    }
}
