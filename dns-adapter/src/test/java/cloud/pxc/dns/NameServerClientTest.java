package cloud.pxc.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.world.InWorld;
import cloud.pxc.world.NameServer;
import cloud.pxc.world.TsigSecret;
import cloud.pxc.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against real BIND: what is promised of updates, transfers and zones. */
@ExtendWith(InWorld.class)
class NameServerClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Clock CLOCK = Clock.systemUTC();

    private NameServer primary;
    private NameServer secondary;
    private NameServerClient client;
    private TsigKey key;
    private Fqdn zone;
    private RRset www;

    @BeforeEach
    void aZoneOfItsOwn(World world) {
        primary = world.primary();
        secondary = world.secondary();
        client = new NameServerClient(address(primary), TIMEOUT, CLOCK);
        key = key(primary.updateKey());
        zone = Fqdn.of("z" + Long.toHexString(RandomGenerator.getDefault().nextLong()) + ".test");
        www = RRset.of(zone.child("www"), RecordType.A, 300, List.of("192.0.2.1"));
        assertThat(create()).isTrue();
    }

    @Test
    void aNewZoneAnswersOnBothServersAndMakingItAgainChangesNothing() {
        assertThat(create()).isFalse();
        assertThat(server(secondary).createSecondary(zone, address(primary), key(primary.transferKey())))
                .isTrue();

        assertThat(client.serial(zone)).contains(new Serial(1));
        var follower = new NameServerClient(address(secondary), TIMEOUT, CLOCK);
        Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> follower.serial(zone)
                .isPresent());

        update(new ZoneUpdate.Change.Put(www));

        Awaitility.await().atMost(TIMEOUT).until(() -> follower.lookup(www.name(), RecordType.A)
                .isPresent());
    }

    @Test
    void anUpdateIsMadeWholeOrNotAtAll() {
        var other = RRset.of(zone.child("other"), RecordType.TXT, 60, List.of("\"x\""));

        assertThatThrownBy(() -> client.update(
                        new ZoneUpdate(
                                zone,
                                List.of(new ZoneUpdate.Prerequisite.Exactly(www)),
                                List.of(new ZoneUpdate.Change.Put(other))),
                        key))
                .isInstanceOf(DnsException.PrerequisiteFailed.class);

        assertThat(client.lookup(other.name(), RecordType.TXT)).isEmpty();
    }

    @Test
    void aPrerequisiteHoldsWhenTheRRsetIsExactlyThat() {
        update(new ZoneUpdate.Change.Put(www));
        var moved = RRset.of(www.name(), RecordType.A, 60, List.of("192.0.2.2", "192.0.2.3"));

        client.update(
                new ZoneUpdate(
                        zone,
                        List.of(new ZoneUpdate.Prerequisite.Exactly(www)),
                        List.of(new ZoneUpdate.Change.Put(moved))),
                key);

        assertThat(client.lookup(www.name(), RecordType.A)).contains(moved);
        assertThatThrownBy(() -> client.update(
                        new ZoneUpdate(
                                zone,
                                List.of(new ZoneUpdate.Prerequisite.Absent(www.name(), RecordType.A)),
                                List.of(new ZoneUpdate.Change.Put(www))),
                        key))
                .isInstanceOf(DnsException.PrerequisiteFailed.class);
    }

    @Test
    void aTransferHoldsEverythingThatWasWritten() {
        var records = IntStream.range(0, 1000)
                .mapToObj(i -> RRset.of(zone.child("h" + i), RecordType.A, 60, List.of("192.0.2." + i % 256)))
                .toList();
        for (var from = 0; from < records.size(); from += 500) {
            var changes = new ArrayList<ZoneUpdate.Change>();
            records.subList(from, from + 500).forEach(rrset -> changes.add(new ZoneUpdate.Change.Put(rrset)));
            client.update(new ZoneUpdate(zone, List.of(), changes), key);
        }

        var content = client.transfer(zone, key);

        assertThat(content.rrsets()).containsAll(records);
        assertThat(client.serial(zone)).contains(content.serial());
    }

    @Test
    void aWrongSecretIsSaidSo() {
        assertThatThrownBy(() -> client.update(put(www), key(primary.updateKey().withOtherSecret())))
                .isInstanceOf(DnsException.NotAuthenticated.class)
                .hasMessageContaining("another secret (BADSIG)");
    }

    @Test
    void anUnknownKeyIsSaidSo() {
        assertThatThrownBy(() -> client.update(put(www), TsigKey.of("nobody", "hmac-sha256", key.secret())))
                .isInstanceOf(DnsException.NotAuthenticated.class)
                .hasMessageContaining("does not know key nobody");
    }

    @Test
    void aKeyWithoutGrantIsToldHowToGetIt() {
        assertThatThrownBy(() -> client.update(put(www), key(primary.transferKey())))
                .isInstanceOf(DnsException.Refused.class)
                .hasMessageContaining("update-policy { grant \"pxc-transfer\" zonesub ANY; };");
    }

    @Test
    void clocksThatDifferAreMeasured() {
        var late = new NameServerClient(address(primary), TIMEOUT, Clock.offset(CLOCK, Duration.ofMinutes(-20)));

        assertThatThrownBy(() -> late.update(put(www), key))
                .isInstanceOf(DnsException.NotAuthenticated.class)
                .hasMessageMatching(".* differ by (1199|1200|1201) s .*");
    }

    @Test
    void aZoneThatIsNotServedIsSaidSo() {
        var elsewhere = Fqdn.of("elsewhere.test");

        assertThat(client.serial(elsewhere)).isEmpty();
        assertThatThrownBy(() -> client.update(
                        new ZoneUpdate(
                                elsewhere,
                                List.of(),
                                List.of(new ZoneUpdate.Change.Delete(elsewhere.child("x"), RecordType.A))),
                        key))
                .isInstanceOf(DnsException.Refused.class)
                .hasMessageContaining("does not serve zone elsewhere.test");
    }

    @Test
    void aServerThatIsNotThereIsTransient() {
        var nobody = new NameServerClient(new ServerAddress("127.0.0.1", 1), TIMEOUT, CLOCK);

        assertThatThrownBy(() -> nobody.serial(zone))
                .isInstanceOfSatisfying(DnsException.Unreachable.class, gone -> assertThat(gone.isTransient())
                        .isTrue());
    }

    /** Connections are shared, so that one may end under a question of somebody else. */
    @Test
    @Timeout(60)
    void aServerThatResetsItsConnectionsTakesNothingFromTheOthers() throws IOException, InterruptedException {
        try (var askers = Executors.newVirtualThreadPerTaskExecutor();
                var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var resets = new AtomicInteger();
            askers.submit(() -> resetAll(rude, resets));
            var reset = new NameServerClient(
                    new ServerAddress("127.0.0.1", rude.getLocalPort()), Duration.ofMillis(500), CLOCK);

            var answers = askers.invokeAll(Collections.nCopies(2_000, () -> assertThatThrownBy(() -> reset.serial(zone))
                    .isInstanceOf(DnsException.Unreachable.class)));

            assertThat(answers).allSatisfy(Future::get);
            assertThat(resets).hasPositiveValue();
            assertThat(client.serial(zone)).isPresent();
        }
    }

    /** Until it is closed. A connection on which nothing is asked is not waited for. */
    private static Void resetAll(ServerSocket server, AtomicInteger resets) throws IOException {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                connection.setSoLinger(true, 0);
                connection.setSoTimeout(200);
                connection.getInputStream().read();
                resets.incrementAndGet();
            } catch (SocketException | SocketTimeoutException e) {
                // The next one may still come; a server that is closed ends this.
                continue;
            }
        }
        return null;
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() {
        update(new ZoneUpdate.Change.Put(www));
        primary.kill();
        primary.start();

        Awaitility.await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> assertThat(
                        client.lookup(www.name(), RecordType.A))
                .contains(www));
    }

    @Test
    void aRemovedZoneIsGoneAndComesBackEmpty() {
        update(new ZoneUpdate.Change.Put(www));

        assertThat(server(primary).remove(zone)).isTrue();
        assertThat(server(primary).remove(zone)).isFalse();
        assertThat(client.serial(zone)).isEmpty();

        assertThat(create()).isTrue();
        assertThat(client.lookup(www.name(), RecordType.A)).isEmpty();
    }

    @Test
    void aWrongControlKeyIsSaidSo() {
        var wrong = new ZoneServer(
                new ServerAddress(primary.address(), primary.controlPort()),
                key(primary.controlKey().withOtherSecret()),
                TIMEOUT,
                CLOCK,
                RandomGenerator.getDefault());

        assertThatThrownBy(() -> wrong.presence(zone))
                .isInstanceOf(DnsException.NotAuthenticated.class)
                .hasMessageContaining("does not know key pxc-control with this secret");
    }

    private boolean create() {
        var ns = zone.child("ns1");
        var configuration = new ZoneConfiguration(
                zone,
                new ZoneConfiguration.Soa(ns, zone.child("hostmaster"), 60, 10, 86400, 60, 300),
                List.of(
                        RRset.of(zone, RecordType.NS, 300, List.of(ns + ".")),
                        RRset.of(ns, RecordType.A, 300, List.of("127.0.0.1"))),
                key,
                key(primary.transferKey()),
                Optional.empty());
        return server(primary)
                .createPrimary(configuration, List.of(address(secondary)), ZoneServer.SeedAddress.AUTOMATIC);
    }

    private static ZoneServer server(NameServer server) {
        return new ZoneServer(
                new ServerAddress(server.address(), server.controlPort()),
                key(server.controlKey()),
                TIMEOUT,
                CLOCK,
                RandomGenerator.getDefault());
    }

    private void update(ZoneUpdate.Change change) {
        client.update(new ZoneUpdate(zone, List.of(), List.of(change)), key);
    }

    private ZoneUpdate put(RRset rrset) {
        return new ZoneUpdate(zone, List.of(), List.of(new ZoneUpdate.Change.Put(rrset)));
    }

    private static ServerAddress address(NameServer server) {
        return new ServerAddress(server.address(), server.port());
    }

    private static TsigKey key(TsigSecret secret) {
        return TsigKey.of(secret.name(), secret.algorithm(), secret.secret());
    }
}
