package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.pxc.proxmox.ProxmoxException.Unavailable;
import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One endpoint does what another can't, and nothing is done twice. */
class FailoverTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final Vmid VMID = new Vmid(100);

    private final SteppedClock clock = new SteppedClock();
    private Lab lab;

    @BeforeEach
    void start() {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void theNextEndpointIsAskedWhenANodeIsOff() {
        // given
        lab.proxmox().faults().nodeDown("pve1");
        // when // then
        assertThat(lab.client().version().release()).isEqualTo("9.2");
        assertThat(lab.client().guests().createVm("pve2", VMID, Map.of()).node())
                .isEqualTo("pve2");
    }

    @Test
    void aDeadEndpointIsAvoidedForAWhileAndThenAskedAgain() throws IOException {
        try (var dead = new DeadEndpoint();
                var client = client(endpoints(dead.uri()))) {
            // when
            client.version();
            client.version();
            client.inventory();
            // then
            assertThat(dead.connections()).isEqualTo(1);
            // when
            clock.advance(Duration.ofSeconds(31));
            client.version();
            client.version();
            // then
            assertThat(dead.connections()).isEqualTo(2);
        }
    }

    @Test
    void aHostThatAcceptsConnectionsAndSaysNothingCostsOneConnectTimeout() throws IOException {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var client = client(endpoints(URI.create("https://127.0.0.1:" + mute.getLocalPort())))) {
            // when
            var start = System.nanoTime();
            var task = client.guests().createVm("pve1", VMID, Map.of());
            var took = Duration.ofNanos(System.nanoTime() - start);
            // then
            assertThat(task.guest()).isEqualTo("100");
            assertThat(took).isBetween(SHORT.connect(), SHORT.connect().plusSeconds(4));
        }
    }

    @Test
    void aSlowAnswerIsWaitedForLongerThanAConnection() {
        // given
        try (var client = client(lab.proxmox().endpoints())) {
            lab.proxmox()
                    .faults()
                    .inject(Fault.on("GET", "/version")
                            .isSlow(Duration.ofSeconds(100))
                            .times(1)); // 1 s of ours
            // when // then
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void whatChangesNothingIsAskedOfTheNextWhenAnAnswerIsLost() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("GET", "/cluster/resources").dropsBefore().times(2));
        // when // then
        assertThat(lab.client().inventory().nodes()).hasSize(3);
    }

    @Test
    void aKeptConnectionThatEndsInTheMomentItIsUsedIsNoFailure() {
        // given
        try (var client = client(lab.proxmox().endpoints().subList(0, 1))) {
            client.version();
            lab.proxmox()
                    .faults()
                    .inject(Fault.on("GET", "/version").dropsBefore().times(1));
            // when // then
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void aChangeIsSentOnceWhateverBecomesOfIt() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu").dropsBefore().times(1));
        // when
        var lost = catchThrowableOfType(
                Unavailable.class, () -> lab.client().guests().createVm("pve1", VMID, Map.of()));
        // then
        assertThat(lost.maybeCarriedOut()).isTrue();
        assertThat(lab.proxmox().requests().count("POST", "/nodes/{node}/qemu")).isZero();
        assertThat(lab.client().guests().createVm("pve1", VMID, Map.of()).guest())
                .isEqualTo("100");
    }

    @Test
    void anAnswerAboutAnotherNodeIsNoReasonToAskElsewhere() {
        // given
        lab.proxmox().faults().nodeDown("pve3");
        lab.proxmox().requests().clear();
        // when
        var failure = catchThrowableOfType(
                Unavailable.class, () -> lab.client().guests().config(new GuestId(GuestType.QEMU, "pve3", VMID)));
        // then
        assertThat(failure.maybeCarriedOut()).isFalse();
        assertThat(failure).hasMessageContaining("No route to host");
        assertThat(lab.proxmox().requests().count("GET", "/nodes/{node}/qemu/{vmid}/config"))
                .isEqualTo(1);
    }

    @Test
    void anEndpointWhoseOwnDaemonIsDownIsPassedOver() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("GET", "/cluster/status")
                        .answers(595, "Connection refused")
                        .times(1));
        // when // then
        assertThat(lab.client().clusterState().quorate()).isTrue();
    }

    @Test
    void aNodeInTheSmallerPartOfASplitClusterIsPassedOver() {
        // given
        var alone = """
                {"data": [{"type": "cluster", "name": "alpha", "quorate": 0, "nodes": 3},
                          {"type": "node", "name": "pve1", "online": 1}]}""";
        try (var split = new ScriptedServer(200, alone);
                var client = clientOf(split, endpoints(split.uri()))) {
            // when
            var state = client.clusterState();
            client.inventory();
            // then
            assertThat(state.quorate()).isTrue();
            assertThat(state.nodes()).hasSize(3);
            assertThat(split.heard()).hasSize(1);
        }
        // given
        try (var split = new ScriptedServer(200, alone);
                var client = clientOf(split, List.of(split.uri()))) {
            // when // then
            assertThat(client.clusterState().quorate()).isFalse();
        }
    }

    @Test
    void whenNobodyAnswersEachEndpointIsNamedWithItsReason() throws IOException {
        // given
        Stream.of("pve1", "pve2", "pve3").forEach(lab.proxmox().faults()::nodeDown);
        var unknown = URI.create("https://nosuch.invalid:8006");
        try (var client = client(Stream.concat(lab.proxmox().endpoints().stream(), Stream.of(unknown))
                .toList())) {
            // when
            var failure = catchThrowableOfType(
                    Unavailable.class, () -> client.guests().createVm("pve1", VMID, Map.of()));
            // then
            assertThat(failure.maybeCarriedOut()).isFalse();
            assertThat(failure)
                    .hasMessageStartingWith("POST /nodes/pve1/qemu was answered by no endpoint: https://127.0.0.1:");
            lab.proxmox().endpoints().forEach(endpoint -> assertThat(failure)
                    .hasMessageContaining(endpoint.toString()));
            assertThat(failure)
                    .hasMessageContaining("accepts no connection")
                    .hasMessageContaining("https://nosuch.invalid:8006 has a name that no name server knows");
        }
        // when
        lab.proxmox().faults().nodeUp("pve2");
        // then
        assertThat(lab.client().version().release()).isEqualTo("9.2");
    }

    private List<URI> endpoints(URI first) {
        return Stream.concat(Stream.of(first), lab.proxmox().endpoints().stream())
                .toList();
    }

    private ProxmoxClient clientOf(ScriptedServer server, List<URI> endpoints) {
        var trust = new Trust.Authorities(server.caPem() + lab.proxmox().caPem());
        return ProxmoxClient.of(new Connection(endpoints, token(), trust, SHORT), clock, CallListener.NONE);
    }

    private ProxmoxClient client(List<URI> endpoints) {
        var trust = new Trust.Authorities(lab.proxmox().caPem());
        return ProxmoxClient.of(new Connection(endpoints, token(), trust, SHORT), clock, CallListener.NONE);
    }

    private ApiToken token() {
        var made = lab.proxmox().createToken("fail@pve!over", SimulatedProxmox.allPrivileges());
        return new ApiToken(made.id(), made.secret());
    }

    /** Accepts connections, counts and ends them. */
    private static final class DeadEndpoint implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> accepted = new ArrayList<>();

        DeadEndpoint() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        URI uri() {
            return URI.create("https://127.0.0.1:" + socket.getLocalPort());
        }

        synchronized int connections() {
            return accepted.size();
        }

        private void accept() {
            try {
                while (true) {
                    var connection = socket.accept();
                    synchronized (this) {
                        accepted.add(connection);
                    }
                    connection.close();
                }
            } catch (IOException e) {
                assertThat(socket.isClosed()).isTrue();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
