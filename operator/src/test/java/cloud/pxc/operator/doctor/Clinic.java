package cloud.pxc.operator.doctor;

import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.cluster.VmidRange;
import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.cluster.ClusterNeeds.Plug;
import cloud.pxc.operator.doctor.Visit.Choice;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Timeouts;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.VolumeView;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A simulated cluster that is visited, and what was told there. */
final class Clinic implements AutoCloseable {

    static final String TOKEN = "pxc@pve!operator";
    static final String USER = "pxc@pve";
    static final String RUN = "pxc-doctor-00c0de";
    static final ClusterNeeds NEEDS = needs(new Plug("vmbr0", Optional.empty()));
    /** As a person has it, for a cluster whose seconds are short. */
    static final Patience PATIENCE =
            new Patience(Duration.ofMillis(5), Duration.ofSeconds(20), Duration.ofSeconds(1), 4, Duration.ofMillis(20));

    private static final double TIME_SCALE = 0.002;

    private final SimulatedProxmox proxmox;
    private final SimulatedProxmox.Token token;

    Clinic(SimulatedProxmox.Builder builder) {
        this.proxmox = builder.name("alpha").timeScale(TIME_SCALE).start();
        this.token = proxmox.createToken(TOKEN, SimulatedProxmox.allPrivileges());
    }

    static Clinic open() {
        return new Clinic(SimulatedProxmox.builder());
    }

    static ClusterNeeds needs(Plug plug) {
        return new ClusterNeeds("local-lvm", "local", List.of(plug), Set.of(ImageType.vm, ImageType.container), true);
    }

    static Inquiry inquiry(ClusterNeeds needs) {
        return new Inquiry(TOKEN, needs, new VmidRange(10000, 19999));
    }

    SimulatedProxmox proxmox() {
        return proxmox;
    }

    Connection connection() {
        return connection(token.secret(), new Trust.Authorities(proxmox.caPem()));
    }

    Connection connection(String secret, Trust trust) {
        return new Connection(proxmox.endpoints(), new ApiToken(TOKEN, secret), trust)
                .withTimeouts(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMillis(1)));
    }

    /** A client that may do everything, for what others do there. */
    ProxmoxClient somebodyElse() {
        var other = proxmox.createToken("admin@pve!other", SimulatedProxmox.allPrivileges());
        return ProxmoxClient.of(new Connection(
                proxmox.endpoints(), new ApiToken(other.id(), other.secret()), new Trust.Authorities(proxmox.caPem())));
    }

    Told visit() {
        return visit(connection(), NEEDS);
    }

    Told visit(Connection connection, ClusterNeeds needs) {
        return visit(connection, needs, Optional.empty(), new Interruption(), new Told());
    }

    Told exercise() {
        return exercise(new Interruption(), new Told());
    }

    Told exercise(Interruption interruption, Told told) {
        var first = Observer.only(connection(), proxmox.endpoints().subList(0, 1));
        return visit(first, NEEDS, Optional.of(new Choice(Optional.of("pve1"), true)), interruption, told);
    }

    private Told visit(
            Connection connection, ClusterNeeds needs, Optional<Choice> choice, Interruption interruption, Told told) {
        told.result =
                new Visit(connection, inquiry(needs), told, Clock.systemUTC(), PATIENCE, interruption).run(choice, RUN);
        return told;
    }

    /** What is there and was not at first. */
    List<String> leftBehind() {
        var left = new ArrayList<String>();
        proxmox.guests().stream()
                .filter(guest -> guest.vmid() >= 10000)
                .map(Object::toString)
                .forEach(left::add);
        proxmox.volumes().stream().map(VolumeView::volid).forEach(left::add);
        return left;
    }

    /** A printer that remembers. */
    static class Told implements Printer {

        private final List<Finding> findings = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private Result result;

        @Override
        public void finding(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void step(Step step) {
            steps.add(step);
        }

        @Override
        public void end(Result last) {
            // what run() returns
        }

        List<Finding> problems() {
            return findings.stream().filter(Finding::isProblem).toList();
        }

        List<Finding> findings() {
            return findings;
        }

        List<Step> steps() {
            return steps;
        }

        List<Step> failures() {
            return steps.stream().filter(Step.Failed.class::isInstance).toList();
        }

        Result result() {
            return result;
        }
    }

    @Override
    public void close() {
        proxmox.close();
    }
}
