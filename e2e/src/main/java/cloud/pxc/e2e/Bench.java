package cloud.pxc.e2e;

import cloud.pxc.e2e.bench.Figure;
import cloud.pxc.e2e.bench.ProxmoxSuites;
import cloud.pxc.e2e.bench.Stage;
import cloud.pxc.e2e.bench.Suite;
import cloud.pxc.world.Programs;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code make bench SUITE=name}: measures, prints a table, and leaves the numbers in e2e/target/bench. */
public final class Bench {

    private static final String ALL = "all";
    private static final String PROXMOX = "proxmox";

    private Bench() {}

    public static void main(String[] arguments) {
        var console = new Console(System.out);
        var wanted = arguments.length == 0 ? ALL : arguments[0];
        var suites = suites();
        var chosen = suites.keySet().stream()
                .filter(suite -> wanted.equals(ALL) || suite.equals(wanted) || suite.startsWith(wanted + "-"))
                .toList();
        if (chosen.isEmpty()) {
            console.say("There is no suite " + wanted + "; choose one of " + ALL + ", " + PROXMOX + ", "
                    + String.join(", ", suites.keySet()));
            System.exit(2);
        }
        try (var stage = new Stage(console::say)) {
            var figures = new LinkedHashMap<String, List<Figure>>();
            for (var suite : chosen) {
                var file = wanted.equals(ALL) ? suite.split("-")[0] : wanted;
                var measured = figures.computeIfAbsent(file, unknown -> new ArrayList<>());
                var more = suites.get(suite).run(stage);
                stage.keepLogs(more);
                measured.addAll(more);
                // What was measured stays, whatever becomes of the rest.
                write(file, measured);
            }
            figures.forEach((file, measured) -> print(console, file, measured));
        }
    }

    private static Map<String, Suite> suites() {
        var suites = new LinkedHashMap<String, Suite>();
        suites.put("ingress", Bench::ingress);
        ProxmoxSuites.all().forEach((name, suite) -> suites.put(PROXMOX + "-" + name, suite));
        return suites;
    }

    private static List<Figure> ingress(Stage stage) {
        var cloud = stage.cloud();
        cloud.kubectl("apply", "-f", cloud.samples().file("30-acme-issuer.yaml").toString());
        return IngressBench.run(cloud).stream().map(Measurement::figure).toList();
    }

    private static void print(Console console, String file, List<Figure> figures) {
        console.heading("Suite " + file);
        for (var figure : figures) {
            var values = figure.values().entrySet().stream()
                    .map(value -> value.getKey() + " " + value.getValue())
                    .collect(Collectors.joining(", "));
            console.say(String.format(Locale.ROOT, "  %-34s %s", figure.metric(), values));
            figure.goal()
                    .ifPresent(goal -> console.say(String.format(
                            Locale.ROOT, "  %-34s %s: %s", "", goal.text(), goal.reached() ? "reached" : "MISSED")));
        }
    }

    private static void write(String name, List<Figure> figures) {
        var json = new LinkedHashMap<String, Object>();
        figures.forEach(figure -> json.put(figure.metric(), figure.asJson()));
        var file = Programs.projectRoot().resolve("e2e/target/bench/" + name + ".json");
        try {
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
