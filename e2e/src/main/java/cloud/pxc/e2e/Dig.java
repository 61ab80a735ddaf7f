package cloud.pxc.e2e;

import cloud.pxc.world.NameServer;
import cloud.pxc.world.Programs;
import java.util.List;

/** Asks a name server by the real dig. */
final class Dig {

    private static final Tool DIG = new Tool(Programs.find("dig"));

    private Dig() {}

    /** The values it answers of its own authority, sorted; none where it has no such name, or is no authority for it. */
    static List<String> ask(NameServer server, String name, String type) {
        var output = DIG.run(List.of(
                "@" + server.address(),
                "-p",
                Integer.toString(server.port()),
                "+norecurse",
                "+time=1",
                "+tries=1",
                "+noall",
                "+comments",
                "+answer",
                name,
                type));
        if (!output.text().lines().anyMatch(line -> line.startsWith(";; flags:") && line.contains(" aa"))) {
            return List.of();
        }
        return output.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .map(line -> line.split("\\s+", 5))
                .filter(fields -> fields[3].equals(type))
                .map(fields -> fields[4])
                .sorted()
                .toList();
    }
}
