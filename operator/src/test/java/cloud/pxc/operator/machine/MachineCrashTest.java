package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterStatus;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.ledger.Audit;
import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.cluster.ClusterInProcess;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.cluster.Drains;
import cloud.pxc.operator.cluster.Retries;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Events;
import cloud.pxc.world.Programs;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Killed at any moment and started again, with a real API server and ledger: one guest for each machine, and nothing left over.
 *
 * <p>A process is everything that a machine's passes keep in memory, made anew. Its moments are those before and after each write
 * of a status: what was done and is not noted, and what is noted and not done. The API server is one of the test's own, so that
 * the operator of this JVM sees none of its machines.
 */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineCrashTest {

    private static final int AT_ONCE = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int NEVER = Integer.MAX_VALUE;

    @Inject
    Leases leases;

    @Inject
    Audit audit;

    @Inject
    Claims claims;

    @Inject
    Names names;

    @Inject
    Retries retries;

    @Inject
    ClusterSettings settings;

    @Inject
    Conditions conditions;

    private static Apart apart;
    private KubernetesClient kubernetes;
    private TestCluster cluster;
    private ProxmoxCluster declared;

    @BeforeAll
    static void startControlPlane() {
        apart = new Apart(new World());
        apart.world().controlPlane().apply(Programs.projectRoot().resolve("helm/pxc/crds"));
    }

    @AfterAll
    static void stopControlPlane() {
        apart.world().close();
    }

    @BeforeEach
    void start() {
        kubernetes = apart.world().controlPlane().admin();
        cluster = new TestCluster(apart.world()).apply();
        declared = withImages(cluster.object());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aVirtualMachineIsOneAndGoesWholeWheneverTheOperatorDies() throws Exception {
        dieAtEveryMomentOf("vm", "debian-12");
    }

    @Test
    void aContainerIsOneAndGoesWholeWheneverTheOperatorDies() throws Exception {
        dieAtEveryMomentOf("container", "debian-12-ct");
    }

    @Test
    void aRestartIsMadeOnceAndAMoveComesToItsEndWheneverTheOperatorDies() throws Exception {
        // given
        var moments = restartAndMove(machine("undisturbed", "vm", "debian-12"), NEVER);
        assertThat(moments).isGreaterThanOrEqualTo(15);

        // when
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var runs = new ArrayList<Callable<Integer>>();
            for (var moment = 1; moment <= moments; moment++) {
                var death = moment;
                runs.add(() -> restartAndMove(machine("m" + death, "vm", "debian-12"), death));
            }
            for (var run : threads.invokeAll(runs)) {
                run.get();
            }
        }

        // then
        var requests = cluster.proxmox().requests();
        assertThat(requests.count("POST", "/nodes/{node}/qemu/{vmid}/status/shutdown"))
                .isEqualTo(moments + 1);
        assertThat(requests.count("POST", "/nodes/{node}/qemu/{vmid}/migrate")).isEqualTo(moments + 1);
    }

    @Test
    void aGuestMadeByHandIsTakenOverOnceWheneverTheOperatorDies() {
        // given
        var moments = adopt(500, NEVER);
        assertThat(moments).isGreaterThanOrEqualTo(6);

        // when // then
        for (var moment = 1; moment <= moments; moment++) {
            adopt(500 + moment, moment);
        }
        assertThat(cluster.proxmox().guests()).hasSize(moments + 1);
    }

    /**
     * By one process, and after its death by another.
     *
     * @return how many moments the one that lived through it took
     */
    private int runUntilReady(Machine machine, int moment) {
        try (var process = new Process(moment)) {
            process.runUntilReady(machine);
            return process.moments;
        } catch (Killed killed) {
            try (var process = new Process(NEVER)) {
                process.runUntilReady(machine);
                return process.moments;
            }
        }
    }

    /** @return how many moments that took */
    private int adopt(int vmid, int moment) {
        cluster.foreignVm("pve1", vmid);
        var machine = machine("a" + vmid, "vm", "debian-12", "adopt: " + vmid);
        var moments = runUntilReady(machine, moment);
        var status = cluster.status(machine.getMetadata().getName());
        assertThat(status.adopted()).isTrue();
        assertThat(guestsOf(machine)).containsExactly(vmid);
        assertThat(leases.of(MachineIdentity.owner(machine)))
                .filteredOn(lease -> lease.purpose().equals("vmid"))
                .extracting(Leases.Lease::value)
                .containsExactly(Integer.toString(vmid));
        return moments;
    }

    /** @return how many moments that took */
    private int restartAndMove(Machine machine, int moment) {
        try (var process = new Process(NEVER)) {
            process.runUntilReady(machine);
        }
        var name = machine.getMetadata().getName();
        var target = cluster.status(name).node().equals("pve1") ? "pve2" : "pve1";
        cluster.annotate(machine, Steering.RESTART, "monday");
        cluster.annotate(machine, Steering.MIGRATE, target);
        var moments = runUntilReady(machine, moment);
        assertWhole(fresh(machine).orElseThrow());
        assertThat(cluster.status(name).restarted()).isEqualTo("monday");
        assertThat(cluster.status(name).migrated()).isEqualTo(target);
        var guest = cluster.guest(name).orElseThrow();
        assertThat(guest.node()).isEqualTo(target);
        assertThat(guest.config().get("ide2")).contains(MachineIdentity.ownerTag(machine));
        return moments;
    }

    /** Each moment on a machine of its own, some side by side. */
    private void dieAtEveryMomentOf(String type, String image) throws Exception {
        var moments = momentsOf(type, image);
        assertThat(moments.creation()).isGreaterThanOrEqualTo(8);
        assertThat(moments.deletion()).isGreaterThanOrEqualTo(5);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var runs = new ArrayList<Callable<Void>>();
            for (var moment = 1; moment <= Math.max(moments.creation(), moments.deletion()); moment++) {
                var death = moment;
                runs.add(() -> {
                    liveAndDie(machine("m" + death, type, image), death);
                    return null;
                });
            }
            for (var run : threads.invokeAll(runs)) {
                run.get();
            }
        }
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
        assertThat(leases.of("vmid/" + cluster.target())).isEmpty();
        assertThat(leases.of("mac/" + cluster.target())).isEmpty();
        assertThat(leases.of("address/" + cluster.subnet())).isEmpty();
    }

    /** Not in a field of its own type, which would be given the world of the running operator. */
    private record Apart(World world) {}

    private record Moments(int creation, int deletion) {}

    private Moments momentsOf(String type, String image) {
        var machine = machine("undisturbed", type, image);
        try (var process = new Process(NEVER)) {
            process.runUntilReady(machine);
            var creation = process.moments;
            delete(machine);
            process.runUntilGone(machine);
            return new Moments(creation, process.moments - creation);
        }
    }

    private void liveAndDie(Machine machine, int moment) {
        // when
        runUntilReady(machine, moment);

        // then
        assertWhole(fresh(machine).orElseThrow());

        // when
        delete(machine);
        try (var process = new Process(moment)) {
            process.runUntilGone(machine);
        } catch (Killed killed) {
            try (var process = new Process(NEVER)) {
                process.runUntilGone(machine);
            }
        }

        // then
        assertThat(guestsOf(machine)).isEmpty();
        assertThat(leases.of(MachineIdentity.owner(machine))).isEmpty();
    }

    private void assertWhole(Machine machine) {
        var status = machine.getStatus();
        assertThat(guestsOf(machine)).containsExactly(status.vmid());
        assertThat(cluster.guest(machine.getMetadata().getName()).orElseThrow().status())
                .isEqualTo("running");
        assertThat(leases.of(MachineIdentity.owner(machine)))
                .extracting(Leases.Lease::purpose)
                .containsExactlyInAnyOrder("vmid", "net0", "net0/ipv4");
        var seeds = cluster.volumesOfGuests().stream()
                .filter(volume -> MachineIdentity.isSeedOf(machine, volume.substring(volume.lastIndexOf('/') + 1)))
                .toList();
        assertThat(seeds).hasSize(machine.getSpec().type() == MachineType.vm ? 1 : 0);
    }

    private List<Integer> guestsOf(Machine machine) {
        return cluster.proxmox().guests().stream()
                .filter(guest -> guest.tags().contains(MachineIdentity.ownerTag(machine)))
                .map(guest -> guest.vmid())
                .toList();
    }

    /** @param more lines of its spec */
    private Machine machine(String name, String type, String image, String... more) {
        cluster.apply("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Machine
                metadata:
                  name: %1$s
                  namespace: %2$s
                  finalizers: [pxc.cloud/test]
                spec:
                  clusterRef: {name: %2$s}
                  stack: shop
                  set: web
                  ordinal: 0
                  hostname: %1$s.shop.%3$s
                  type: %4$s
                  image: %5$s
                  cores: 1
                  memory: 512Mi
                  disks: [{name: root, size: 5Gi}]
                  networks: [{name: lan}]
                """.formatted(name, cluster.name(), cluster.domain(), type, image)
                + String.join("\n", more).indent(2));
        return cluster.machine(name);
    }

    private void delete(Machine machine) {
        kubernetes.resource(machine).delete();
    }

    /** As the operator tells of images that it has fetched. */
    private ProxmoxCluster withImages(ProxmoxCluster object) {
        for (var node : List.of("pve1", "pve2", "pve3")) {
            cluster.fetchImages(node);
        }
        object.setStatus(Serialization.unmarshal("""
                images:
                  - {name: debian-12, ready: true, volume: "local:import/debian-12.qcow2"}
                  - {name: debian-12-ct, ready: true, volume: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst"}
                """, ProxmoxClusterStatus.class));
        return object;
    }

    private Optional<Machine> fresh(Machine machine) {
        return Optional.ofNullable(kubernetes.resource(machine).get());
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Everything that a process has in memory, until it dies. */
    private final class Process implements AutoCloseable {

        private final int lastMoment;
        private final ClusterInProcess connected = new ClusterInProcess(settings, declared, cluster.connection());
        private final MachineCourse course;
        private final MachineDeparture departure;
        private final FirstBoot boot = new FirstBoot(
                Clock.systemUTC(), settings, new Transitions(new Events(kubernetes, Clock.systemUTC()), audit));
        private final MachineReport report = new MachineReport(conditions, boot);
        private int moments;

        Process(int lastMoment) {
            this.lastMoment = lastMoment;
            var clock = Clock.systemUTC();
            var nodes = new NodeChoice();
            var machineLeases = new MachineLeases(leases);
            var turns = new CreationTurns(settings);
            var tasks = new TaskEnds(settings);
            var seeds = new Seeds(new SeedSources(kubernetes));
            var following = new Following(clock);
            var echoes = new Echoes();
            var transitions = new Transitions(new Events(kubernetes, clock), audit);
            var observer = new MachineObserver(connected.connections(), connected.watch(), seeds, echoes, clock);
            var hardware = new HardwareSteps(machineLeases, following, echoes);
            var creation = new MachineCreation(machineLeases, nodes, seeds, connected.watch(), following, turns);
            var power = new MachinePower(
                    nodes, hardware, new MachineAvailability(transitions, settings), transitions, following, settings);
            var moving = new MachineMoves(nodes, seeds, transitions, following);
            var moves = new Moves(nodes, new Drains(), settings);
            moves.know(name -> cluster.machines(), turn -> {});
            var renewal = new GuestRenewal(machineLeases, nodes, connected.watch(), transitions);
            var drive = new SeedDrive(seeds, following, transitions, new Events(kubernetes, clock));
            var executor = new MachineExecutor(creation, drive, hardware, renewal, power, moving);
            var adoption = new MachineAdoption(
                    new AdoptedLeases(leases, machineLeases), connected.watch(), nodes, transitions);
            var decision = new MachineDecision(observer, adoption, moves, seeds, retries);
            course = new MachineCourse(observer, decision, executor, boot, turns, tasks, retries);
            departure = new MachineDeparture(
                    observer,
                    new MachineRemover(machineLeases, moves, seeds, names, claims, transitions),
                    transitions,
                    turns,
                    tasks,
                    retries);
        }

        void runUntilReady(Machine machine) {
            var end = System.nanoTime() + TIMEOUT.toNanos();
            while (true) {
                var now = fresh(machine).orElseThrow();
                var outcome = course.next(now, Optional.of(declared)).orElseThrow();
                note(now, outcome);
                if (MachineReport.isSettled(now)) {
                    return;
                }
                pause(outcome, end);
            }
        }

        void runUntilGone(Machine machine) {
            var end = System.nanoTime() + TIMEOUT.toNanos();
            while (true) {
                var now = fresh(machine).orElseThrow();
                var outcome = departure.next(now, Optional.of(declared));
                if (outcome.isEmpty()) {
                    passMoment();
                    kubernetes
                            .resource(now)
                            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
                    return;
                }
                note(now, outcome.get());
                pause(outcome.get(), end);
            }
        }

        private void note(Machine machine, Outcome outcome) {
            var status = report.of(machine, outcome, Optional.empty());
            if (!status.equals(machine.getStatus())) {
                passMoment();
                write(machine, status);
                passMoment();
            }
        }

        private void write(Machine machine, MachineStatus status) {
            var patch = new Machine();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(machine.getMetadata().getNamespace())
                    .withName(machine.getMetadata().getName())
                    .build());
            patch.setStatus(status);
            kubernetes.resource(patch).subresource("status").patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY));
            machine.setStatus(status);
        }

        private void passMoment() {
            moments++;
            if (moments == lastMoment) {
                throw new Killed();
            }
        }

        private void pause(Outcome outcome, long end) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not done within " + TIMEOUT + ": " + outcome);
            }
            // As the framework waits between passes, or until the end of a task is told.
            var again = outcome.again().orElseThrow();
            LockSupport.parkNanos(
                    Math.min(again.toNanos(), Duration.ofMillis(20).toNanos()));
        }

        @Override
        public void close() {
            connected.close();
        }
    }
}
