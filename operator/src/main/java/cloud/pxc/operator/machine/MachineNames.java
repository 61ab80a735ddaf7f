package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Publishes a machine's host name, forward and reverse. */
@ApplicationScoped
class MachineNames {

    private final Claims claims;
    private final ZoneCatalog catalog;
    private final Names names;

    MachineNames(Claims claims, ZoneCatalog catalog, Names names) {
        this.claims = claims;
        this.catalog = catalog;
        this.names = names;
    }

    /**
     * What is told of the names.
     *
     * @param published whether every server of their zones answers them
     */
    record Told(boolean published, String message) {}

    /** Empty where there is nothing to publish: no address, or no zone that the name lies in. */
    Optional<Told> publish(Machine machine, List<String> addresses) {
        var owner = MachineIdentity.owner(machine);
        var hostname = machine.getSpec().hostname();
        if (addresses.isEmpty() || catalog.zoneOf(hostname).isEmpty()) {
            names.publish(owner, List.of());
            return Optional.empty();
        }
        var name = Fqdn.of(hostname);
        var ruling = claims.rule(owner, Set.of(name));
        if (!ruling.granted().contains(name)) {
            names.publish(owner, List.of());
            return Optional.of(new Told(false, String.join("; ", ruling.denials())));
        }
        return Optional.of(
                switch (names.publish(owner, wishes(name, addresses))) {
                    case Publication.Live live ->
                        new Told(true, hostname + " answers on all " + live.servers() + " name servers");
                    case Publication.Pending(var message) -> new Told(false, message);
                    case Publication.Refused(var message) -> new Told(false, message);
                    case Publication.Failing(var cause, var message) -> new Told(false, message);
                });
    }

    private List<Wish> wishes(Fqdn name, List<String> addresses) {
        var wishes = new ArrayList<Wish>();
        var v4 = addresses.stream().filter(address -> !address.contains(":")).toList();
        var v6 = addresses.stream().filter(address -> address.contains(":")).toList();
        if (!v4.isEmpty()) {
            wishes.add(Wish.of(name, RecordType.A, v4));
        }
        if (!v6.isEmpty()) {
            wishes.add(Wish.of(name, RecordType.AAAA, v6));
        }
        for (var address : addresses) {
            var reverse = Fqdn.reverse(address);
            if (catalog.servesReverse(reverse)) {
                wishes.add(Wish.of(reverse, RecordType.PTR, List.of(name.text() + ".")));
            }
        }
        return wishes;
    }
}
