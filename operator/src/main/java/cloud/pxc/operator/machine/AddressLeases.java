package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressMode;
import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.Holdings;
import cloud.pxc.ledger.LeaseOutcome;
import cloud.pxc.ledger.Leases;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The addresses of one machine in the ledger: one of a pool, or the one that its spec says. */
final class AddressLeases {

    private final Leases leases;
    private final Holdings own;
    private final Machine machine;
    private final String cluster;

    /** @param own what is leased to the machine */
    AddressLeases(Leases leases, Holdings own, Machine machine, String cluster) {
        this.leases = leases;
        this.own = own;
        this.machine = machine;
        this.cluster = cluster;
    }

    /**
     * An address that is to be leased, in what the spec calls it.
     *
     * @param plan of the network for this protocol; may be null
     * @param fixed that the spec says; may be null
     * @param protocol {@code ipv4}, {@code ipv6}
     */
    record Wish(int nic, Network network, AddressPlan plan, String fixed, String protocol) {

        private String purpose() {
            return LeasePools.nic(nic) + "/" + protocol;
        }

        private String field() {
            return "networks[" + nic + "]." + protocol;
        }
    }

    /**
     * Empty where the guest gets it by itself, or none at all.
     *
     * @throws Obstacle if there is none left, or somebody else has the one that is wanted
     * @throws IllegalArgumentException if the one that is wanted can't be in that network
     */
    Optional<String> take(Wish wish) {
        if (wish.fixed() != null) {
            return Optional.of(fixed(wish));
        }
        var plan = wish.plan();
        return plan == null || plan.mode() != null && plan.mode() != AddressMode.Pool
                ? Optional.empty()
                : Optional.of(any(wish));
    }

    /** What it has already, or its spec says; nothing is chosen. */
    Optional<String> held(Wish wish) {
        if (wish.fixed() != null) {
            return Optional.of(fixed(wish));
        }
        return wish.plan() == null ? Optional.empty() : own.find(LeasePools.addresses(wish.plan()), wish.purpose());
    }

    private String any(Wish wish) {
        var plan = wish.plan();
        var gateway = gateway(plan);
        Iterable<String> candidates = () -> plan.pools().stream()
                .map(AddressRange::of)
                .flatMap(range -> StreamSupport.stream(range.spliterator(), false))
                .filter(address -> gateway.filter(address::equals).isEmpty())
                .iterator();
        return switch (take(wish, candidates)) {
            case LeaseOutcome.Leased(var value) -> value;
            case LeaseOutcome.Exhausted exhausted ->
                throw Obstacle.failing(
                        MachineReason.PoolExhausted,
                        "every address of " + String.join(", ", plan.pools()) + " in network "
                                + wish.network().name() + " of ProxmoxCluster " + cluster
                                + " is taken; add a range to its " + wish.protocol() + ".pools, or delete machines");
        };
    }

    private String fixed(Wish wish) {
        var address = AddressRange.canonical(wish.fixed());
        check(wish, address);
        var leased = take(wish, List.of(address));
        if (leased instanceof LeaseOutcome.Leased(var value) && !value.equals(address) && !isMade()) {
            own.release(LeasePools.addresses(wish.plan()), wish.purpose());
            leased = take(wish, List.of(address));
        }
        return switch (leased) {
            case LeaseOutcome.Leased(var value) -> value;
            case LeaseOutcome.Exhausted exhausted ->
                throw Obstacle.failing(
                        MachineReason.AddressTaken,
                        address + " (" + wish.field() + ") is "
                                + leases.address(address)
                                        .map(lease ->
                                                "leased to " + lease.owner().kind() + " "
                                                        + lease.owner().namespace() + "/"
                                                        + lease.owner().name())
                                        .orElse("taken")
                                + "; choose another address, or delete that one");
        };
    }

    private void check(Wish wish, String address) {
        var network = "network " + wish.network().name() + " of ProxmoxCluster " + cluster;
        if (wish.plan() == null) {
            throw new IllegalArgumentException(wish.field() + " is " + address + ", and " + network + " has no "
                    + wish.protocol() + ".subnet that it could lie in; add it there, or leave the address out");
        }
        if (!Subnet.of(wish.plan().subnet()).contains(address)) {
            throw new IllegalArgumentException(wish.field() + " is " + address + ", which is not within "
                    + wish.plan().subnet() + " of " + network + "; choose an address in it");
        }
        if (gateway(wish.plan()).filter(address::equals).isPresent()) {
            throw new IllegalArgumentException(wish.field() + " is " + address + ", which is the gateway of " + network
                    + "; choose another address");
        }
    }

    private LeaseOutcome take(Wish wish, Iterable<String> candidates) {
        return own.take(LeasePools.addresses(wish.plan()), wish.purpose(), candidates);
    }

    private static Optional<String> gateway(AddressPlan plan) {
        return Optional.ofNullable(plan.gateway()).map(AddressRange::canonical);
    }

    /** Whether a guest lives with what was leased before. */
    private boolean isMade() {
        return machine.getStatus() != null
                && Boolean.TRUE.equals(machine.getStatus().created());
    }
}
