package cloud.pxc.e2e;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Watches expectations become true, and tells of each once, with its time. */
final class Watch {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Console console;
    private final long start = System.nanoTime();

    /** Time runs from now. */
    Watch(Console console) {
        this.console = console;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** @return what did not become true in time, and why not */
    Map<String, String> until(List<Expectation> expectations, Duration patience) {
        var pending = new LinkedHashMap<Expectation, String>();
        expectations.forEach(each -> pending.put(each, "it was not looked at"));
        while (!pending.isEmpty() && elapsed().compareTo(patience) < 0) {
            for (var expectation : List.copyOf(pending.keySet())) {
                switch (expectation.look().get()) {
                    case Seen.Yes(var detail) -> {
                        pending.remove(expectation);
                        console.line(expectation.what(), elapsed(), detail);
                    }
                    case Seen.NotYet(var why) -> pending.put(expectation, why);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        var missing = new LinkedHashMap<String, String>();
        pending.forEach((expectation, why) -> missing.put(expectation.what(), why));
        return missing;
    }
}
