package cloud.pxc.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page tells of each reason that an object can have, and of no other. */
class TroubleshootingPageTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (.+) \\| (.+) \\|");
    private static final Map<String, String> KINDS = Map.of(
            "certificate", "Certificate",
            "cluster", "ProxmoxCluster",
            "issuer", "AcmeIssuer",
            "machine", "Machine",
            "record", "DnsRecord",
            "snapshot", "MachineSnapshot",
            "stack", "Stack",
            "zone", "DnsZone");

    @Test
    void everyReasonIsOnThePage() throws IOException {
        // given
        var told = new TreeMap<String, TreeSet<String>>();
        var kind = "";
        for (var line : Files.readAllLines(Programs.projectRoot().resolve("docs/troubleshooting.md"))) {
            if (line.startsWith("## ")) {
                kind = line.substring(3);
            }
            var row = ROW.matcher(line);
            if (KINDS.containsValue(kind) && row.matches()) {
                assertThat(told.computeIfAbsent(kind, unknown -> new TreeSet<>())
                                .add(row.group(1)))
                        .as("%s of %s stands there once", row.group(1), kind)
                        .isTrue();
            }
        }

        // when
        var known = reasons();

        // then
        assertThat(told.keySet()).isEqualTo(known.keySet());
        known.forEach((each, reasons) -> assertThat(told.get(each))
                .as("reasons of %s that docs/troubleshooting.md tells of; add or remove a row", each)
                .containsExactlyElementsOf(reasons));
    }

    private static Map<String, TreeSet<String>> reasons() throws IOException {
        var reasons = new TreeMap<String, TreeSet<String>>();
        try (var files = Files.walk(CLASSES.resolve("cloud/pxc/operator"))) {
            for (var file : files.filter(each -> each.toString().endsWith("Reason.class"))
                    .toList()) {
                var type = type(file);
                if (type.isEnum() && Reason.class.isAssignableFrom(type)) {
                    var names = new TreeSet<String>();
                    Arrays.stream(type.getEnumConstants()).forEach(each -> names.add(((Reason) each).name()));
                    reasons.put(KINDS.get(file.getParent().getFileName().toString()), names);
                }
            }
        }
        return reasons;
    }

    private static Class<?> type(Path file) {
        var name = CLASSES.relativize(file).toString().replace('/', '.');
        try {
            return Class.forName(name.substring(0, name.length() - ".class".length()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(file + " could not be loaded", e);
        }
    }
}
