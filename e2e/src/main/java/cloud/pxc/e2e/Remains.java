package cloud.pxc.e2e;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What there is of ours outside the objects: on Proxmox VE, on the name servers, in the ledger, in Secrets. */
final class Remains {

    private final Cloud cloud;
    private final Set<String> secretsBefore;
    private final Set<String> volumesBefore;

    /** Things that are there now do not count. */
    Remains(Cloud cloud) {
        this.cloud = cloud;
        this.secretsBefore = secrets();
        this.volumesBefore = volumes();
    }

    /** No guest, no disk, no ISO, and none of the images that were fetched. */
    Seen onProxmox() {
        var guests = cloud.world().proxmox().guests();
        if (!guests.isEmpty()) {
            return Seen.notYet("Proxmox VE still has " + guests);
        }
        var volumes = volumes();
        volumes.removeAll(volumesBefore);
        return volumes.isEmpty()
                ? Seen.yes("no guest, no disk, no ISO, no image")
                : Seen.notYet("Proxmox VE still has the volumes " + volumes);
    }

    Seen onNameServers(List<String> zones) {
        for (var zone : zones) {
            for (var server : List.of(cloud.world().primary(), cloud.world().secondary())) {
                if (!Dig.ask(server, zone, "SOA").isEmpty()) {
                    return Seen.notYet("the name server on port " + server.port() + " still serves zone " + zone);
                }
            }
        }
        return Seen.yes("no zone on either name server");
    }

    Seen inLedger() {
        var rows = new ArrayList<String>();
        try (var connection = cloud.world().database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var table : List.of("host_claim", "lease", "applied_record")) {
                try (var count = statement.executeQuery("select count(*) from " + table)) {
                    count.next();
                    if (count.getLong(1) > 0) {
                        rows.add(count.getLong(1) + " in " + table);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger could not be read", e);
        }
        return rows.isEmpty()
                ? Seen.yes("no claim, no lease, no record")
                : Seen.notYet("the ledger still has rows: " + String.join(", ", rows));
    }

    Seen inSecrets() {
        var secrets = secrets();
        secrets.removeAll(secretsBefore);
        return secrets.isEmpty()
                ? Seen.yes("none beside those that people made")
                : Seen.notYet("these Secrets are still there: " + secrets);
    }

    private Set<String> secrets() {
        return cloud.admin().secrets().inAnyNamespace().list().getItems().stream()
                .map(secret -> secret.getMetadata().getNamespace() + "/"
                        + secret.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> volumes() {
        return cloud.world().proxmox().volumes().stream()
                .map(volume -> volume.node() + " " + volume.volid())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
