package cloud.pxc.e2e;

import cloud.pxc.world.Programs;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** {@code make bench SUITE=name}: measures, prints a table, and leaves the numbers in e2e/target/bench. */
public final class Bench {

    private static final String ALL = "all";
    private static final Map<String, Function<Cloud, List<Measurement>>> SUITES = Map.of("ingress", IngressBench::run);

    private Bench() {}

    public static void main(String[] arguments) {
        var console = new Console(System.out);
        var wanted = arguments.length == 0 ? ALL : arguments[0];
        if (!wanted.equals(ALL) && !SUITES.containsKey(wanted)) {
            console.say("There is no suite " + wanted + "; choose one of " + ALL + ", "
                    + String.join(", ", SUITES.keySet().stream().sorted().toList()));
            System.exit(2);
        }
        try (var cloud = Cloud.start()) {
            cloud.kubectl(
                    "apply", "-f", cloud.samples().file("30-acme-issuer.yaml").toString());
            SUITES.forEach((suite, measure) -> {
                if (wanted.equals(ALL) || wanted.equals(suite)) {
                    var measurements = measure.apply(cloud);
                    print(console, suite, measurements);
                    write(suite, measurements);
                }
            });
        }
    }

    private static void print(Console console, String suite, List<Measurement> measurements) {
        console.heading("Suite " + suite);
        console.say(row("metric", "n", "p50 ms", "p99 ms", "raw p50 ms", "ratio"));
        for (var each : measurements) {
            console.say(row(
                    each.metric(),
                    Integer.toString(each.ours().count()),
                    number(each.ours().millis(50)),
                    number(each.ours().millis(99)),
                    number(each.raw().millis(50)),
                    number(each.ratio())));
        }
    }

    private static void write(String suite, List<Measurement> measurements) {
        var json = new LinkedHashMap<String, Object>();
        measurements.forEach(each -> json.put(each.metric(), each.asJson()));
        var file = Programs.projectRoot().resolve("e2e/target/bench/" + suite + ".json");
        try {
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    private static String row(String metric, String... columns) {
        var row = new StringBuilder(String.format(Locale.ROOT, "  %-40s", metric));
        for (var column : columns) {
            row.append(String.format(Locale.ROOT, "%12s", column));
        }
        return row.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
