package cloud.pxc.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.world.InWorld;
import cloud.pxc.world.NameServer;
import cloud.pxc.world.TsigSecret;
import cloud.pxc.world.World;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Zones are made on a real BIND that is busy, can't write, or was left in the middle. */
@ExtendWith(InWorld.class)
class ZoneServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int ZONES = 60;
    private static final int AT_ONCE = 8;

    private NameServer primary;
    private Fqdn zone;

    @BeforeEach
    void aNameOfItsOwn(World world) {
        primary = world.primary();
        zone = aName();
    }

    @Test
    void manyZonesAreMadeAtOnceHoweverBusyTheMachineIs() throws Exception {
        // given
        var zones = IntStream.range(0, ZONES).mapToObj(i -> aName()).toList();
        var made = new ArrayList<Future<Boolean>>();

        // when
        try (var load = CpuLoad.onAllProcessors();
                var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var each : zones) {
                made.add(pool.submit((Callable<Boolean>) () -> create(primary, each, TIMEOUT)));
            }
        }

        // then
        for (var each : made) {
            assertThat(each.get()).isTrue();
        }
        assertThat(zones).allSatisfy(each -> assertThat(serial(primary, each)).contains(new Serial(1)));
    }

    @Test
    void aBeginningThatNeverFetchedItsContentIsDoneAgain() {
        // given
        try (var channel = channel(primary)) {
            channel.call("addzone " + zone + " "
                    + ZoneClause.seeded(new ServerAddress("127.0.0.1", 1), key(primary.transferKey()), file()));
        }

        // when
        var made = create(primary, zone, TIMEOUT);

        // then
        assertThat(made).isTrue();
        assertThat(serial(primary, zone)).contains(new Serial(1));
    }

    @Test
    void aBeginningThatHasItsContentIsDoneAgain() {
        // given
        try (var channel = channel(primary);
                var seed = ZoneSeed.serve(zone, content(), key(primary.transferKey()), "127.0.0.1", 0, CLOCK)) {
            channel.call(
                    "addzone " + zone + " " + ZoneClause.seeded(seed.address(), key(primary.transferKey()), file()));
            Awaitility.await().atMost(TIMEOUT).until(() -> serial(primary, zone).equals(Optional.of(new Serial(7))));
        }

        // when
        var made = create(primary, zone, TIMEOUT);

        // then
        assertThat(made).isTrue();
        assertThat(serial(primary, zone)).contains(new Serial(1));
    }

    @Test
    void aServerThatCannotWriteIsToldSoAndMakesTheZoneOnceItCan(World world) throws IOException {
        // given
        var keys = NameServer.Keys.random();
        try (var server = NameServer.start(world.scratch(), "full-" + zone, keys)) {
            var folder = server.log().getParent();
            writable(folder, false);

            // when
            assertThatThrownBy(() -> create(server, zone, Duration.ofSeconds(1)))

                    // then
                    .isInstanceOf(DnsException.ControlFailed.class)
                    .hasMessageContaining("holds the first content of zone " + zone)
                    .hasMessageContaining("let it write to its working directory");
            writable(folder, true);
            assertThat(create(server, zone, TIMEOUT)).isTrue();
            assertThat(serial(server, zone)).contains(new Serial(1));
        }
    }

    @Test
    void whatIsNotDnsDoesNotEndTheSeed() throws IOException {
        // given
        var key = key(primary.transferKey());
        try (var seed = ZoneSeed.serve(zone, content(), key, "127.0.0.1", 0, CLOCK);
                var stranger = new DatagramSocket();
                var channel = channel(primary)) {
            stranger.send(new DatagramPacket(
                    new byte[] {1, 2, 3},
                    3,
                    InetAddress.getLoopbackAddress(),
                    seed.address().port()));

            // when
            channel.call("addzone " + zone + " " + ZoneClause.seeded(seed.address(), key, file()));

            // then
            Awaitility.await().atMost(TIMEOUT).until(() -> serial(primary, zone).isPresent());
        }
    }

    private List<org.xbill.DNS.Record> content() {
        var soa = RRset.of(zone, RecordType.SOA, 300, List.of("ns1." + zone + ". x." + zone + ". 7 60 10 86400 60"));
        var ns = RRset.of(zone, RecordType.NS, 300, List.of("ns1." + zone + "."));
        var glue = RRset.of(zone.child("ns1"), RecordType.A, 300, List.of("127.0.0.1"));
        return List.of(soa, ns, glue).stream()
                .flatMap(rrset -> rrset.records().stream())
                .toList();
    }

    private String file() {
        return "pxc-" + zone + "-0.db";
    }

    /** The user BIND runs as owns its folder, as set up; its files in there can be written still. */
    private static void writable(Path folder, boolean yes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(yes ? "rwxr-xr-x" : "r-xr-xr-x"));
    }

    private static Fqdn aName() {
        return Fqdn.of("z" + Long.toHexString(RandomGenerator.getDefault().nextLong()) + ".test");
    }

    private static boolean create(NameServer primary, Fqdn zone, Duration timeout) {
        var ns = zone.child("ns1");
        var configuration = new ZoneConfiguration(
                zone,
                new ZoneConfiguration.Soa(ns, zone.child("hostmaster"), 60, 10, 86400, 60, 300),
                List.of(
                        RRset.of(zone, RecordType.NS, 300, List.of(ns + ".")),
                        RRset.of(ns, RecordType.A, 300, List.of("127.0.0.1"))),
                key(primary.updateKey()),
                key(primary.transferKey()),
                Optional.empty());
        var server = new ZoneServer(
                control(primary), key(primary.controlKey()), timeout, CLOCK, RandomGenerator.getDefault());
        return server.createPrimary(configuration, List.of(), ZoneServer.SeedAddress.AUTOMATIC);
    }

    private static Optional<Serial> serial(NameServer server, Fqdn zone) {
        return new NameServerClient(new ServerAddress(server.address(), server.port()), TIMEOUT, CLOCK).serial(zone);
    }

    private static ControlChannel channel(NameServer server) {
        return ControlChannel.open(control(server), key(server.controlKey()), TIMEOUT, CLOCK);
    }

    private static ServerAddress control(NameServer server) {
        return new ServerAddress(server.address(), server.controlPort());
    }

    private static TsigKey key(TsigSecret secret) {
        return TsigKey.of(secret.name(), secret.algorithm(), secret.secret());
    }
}
