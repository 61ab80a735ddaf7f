package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.World;
import cloud.pxc.world.guest.NspawnGuests;
import cloud.pxc.world.guest.WithRealGuests;
import cloud.pxc.world.proxmox.Guests;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What machines find at their first boot, what becomes of it afterwards, and how they come by their addresses. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineSeedTest {

    private static final String UPLOAD = "/nodes/{node}/storage/{storage}/upload";
    private static final String START = "/nodes/{node}/qemu/{vmid}/status/start";
    private static final String WITH_USER_DATA =
            "{name: web, image: debian-12, networks: [{name: lan}], cloudInit: {userDataRef: {name: web, key: user-data}%s}}";

    World world;
    private TestCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatIsMissingIsNamedAndOnceItIsThereTheMachineGoesOn() {
        // given
        cluster = new TestCluster(world).ready();

        // when
        cluster.stack("shop", WITH_USER_DATA.formatted(""));

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "CloudInitMissing"))
                .contains("cloudInit.userDataRef names key user-data of web", "namespace " + cluster.name());
        assertThat(cluster.proxmox().guests()).isEmpty();
        userData("#cloud-config\npackages: ['{{host}}']\n");
        assertThat(cluster.awaitMachineReason("shop-web-0", "InvalidSpec"))
                .contains("unknown variable {{host}}; known are addresses.0, cluster, domain, fqdn, hostname");
        userData("#cloud-config\npackages: ['{{hostname}}']\n");
        cluster.awaitStackReady("shop");
    }

    @Test
    void otherDataIsPutIntoTheDriveWithoutARestartAndNoSooner() {
        // given
        cluster = new TestCluster(world).ready();
        userData("#cloud-config\npackages: [htop]\n");
        cluster.stack("shop", WITH_USER_DATA.formatted("")).awaitStackReady("shop");
        var before = cluster.guest("shop-web-0").orElseThrow().config();
        assertThat(cluster.status("shop-web-0").seedHash()).hasSize(64);

        // when
        userData("#cloud-config\npackages: [tmux]\n");

        // then
        TestCluster.eventually(() -> !drive().equals(before.get("ide2")) && isos().size() == 1);
        cluster.awaitStackReady("shop");
        assertThat(drive()).contains(isos().getFirst().split(" ")[1]);
        assertThat(cluster.guest("shop-web-0").orElseThrow().config().get("boot"))
                .isEqualTo(before.get("boot"));
        assertThat(cluster.proxmox().requests().count("POST", START)).isEqualTo(1);
        assertThat(cluster.proxmox().requests().count("POST", UPLOAD)).isEqualTo(2);

        // when nothing of it changes
        cluster.stack(
                "shop", WITH_USER_DATA.formatted("").replace("image:", "options: {description: changed}, image:"));
        TestCluster.eventually(() -> "changed"
                .equals(cluster.guest("shop-web-0").orElseThrow().config().get("description")));

        // then
        assertThat(cluster.proxmox().requests().count("POST", UPLOAD)).isEqualTo(2);
    }

    @Test
    void afterTheFirstBootTheDriveIsTakenAwayForGood() {
        // given
        cluster = new TestCluster(world).ready();
        userData("#cloud-config\n{}\n");

        // when
        cluster.stack("shop", WITH_USER_DATA.formatted(", detachAfterFirstBoot: true"));

        // then
        TestCluster.eventually(() -> cluster.machine("shop-web-0") != null
                && cluster.status("shop-web-0") != null
                && Boolean.TRUE.equals(cluster.status("shop-web-0").booted())
                && cluster.status("shop-web-0").seed() == null);
        assertThat(isos()).isEmpty();
        assertThat(drive()).startsWith("none,");
        assertThat(condition("Booted")).isEqualTo("True Booted");

        // when
        userData("#cloud-config\npackages: [tmux]\n");
        cluster.stack(
                "shop",
                WITH_USER_DATA
                        .formatted(", detachAfterFirstBoot: true")
                        .replace("image:", "options: {description: changed}, image:"));

        // then
        TestCluster.eventually(() -> "changed"
                .equals(cluster.guest("shop-web-0").orElseThrow().config().get("description")));
        cluster.awaitStackReady("shop");
        assertThat(drive()).startsWith("none,");
        assertThat(isos()).isEmpty();
    }

    @Test
    void anAddressThatIsFixedIsGivenToOneMachineAlone() {
        // given
        cluster = new TestCluster(world).ready();
        var fixed = "{name: %s, image: debian-12, networks: [{name: lan, ipv4: %s}]}";
        var address = cluster.address(200);

        // when
        cluster.stack("shop", fixed.formatted("web", address)).awaitStackReady("shop");
        cluster.stack("other", fixed.formatted("db", address), fixed.formatted("far", "192.0.2.1"));

        // then
        assertThat(cluster.status("shop-web-0").addresses()).containsExactly(address);
        assertThat(cluster.awaitMachineReason("other-db-0", "AddressTaken"))
                .contains(address + " (networks[0].ipv4) is leased to Machine " + cluster.name() + "/shop-web-0");
        assertThat(cluster.awaitMachineReason("other-far-0", "InvalidSpec"))
                .contains("networks[0].ipv4 is 192.0.2.1, which is not within " + cluster.subnet());
        cluster.deleteStack("shop");
        cluster.awaitMachineReady("other-db-0");
        assertThat(cluster.status("other-db-0").addresses()).containsExactly(address);
    }

    @Test
    void addressesThatAGuestGetsByItselfAreLearnedFromIt() {
        // given
        var guests = new DhcpGuests();
        cluster = new TestCluster(world, builder -> builder.guests(guests));
        guests.prefix = cluster.address(0).replaceFirst("0$", "");
        cluster.with("networks", "[{name: lan, bridge: vmbr0, ipv4: {subnet: " + cluster.subnet() + ", mode: DHCP}}]")
                .ready();

        // when
        cluster.stack(
                "shop",
                "{name: web, image: debian-12, networks: [{name: lan}]}",
                "{name: ct, type: container, image: debian-12-ct, networks: [{name: lan}]}");

        // then
        TestCluster.eventually(() -> cluster.machines().size() == 2
                && cluster.machines().stream()
                        .allMatch(machine -> machine.getStatus() != null
                                && !machine.getStatus().addresses().isEmpty()));
        assertThat(cluster.status("shop-web-0").addresses())
                .containsExactly(guests.prefix + cluster.status("shop-web-0").vmid() % 100);
        assertThat(cluster.status("shop-ct-0").addresses())
                .containsExactly(guests.prefix + cluster.status("shop-ct-0").vmid() % 100);
        assertThat(condition("Booted")).isEqualTo("True Booted");
    }

    @Test
    @ExtendWith(WithRealGuests.class)
    void whatAStackSaysIsThereWhenOneLogsIn() throws IOException {
        // given
        var guests = NspawnGuests.start(world.scratch());
        cluster = new TestCluster(world, builder -> builder.guests(guests)).ready();
        userData("#cloud-config\nwrite_files: [{path: /etc/whoami, content: '{{fqdn}} {{addresses.0}}'}]\n");
        secret("login", "greeting", "hello\n");
        var key = "sshAuthorizedKeys: [\"" + guests.key().publicKey() + "\"]";

        // when
        cluster.stack(
                        "shop",
                        WITH_USER_DATA.formatted(", user: ops, " + key
                                + ", packages: [nginx], timezone: Europe/Vienna,"
                                + " files: [{path: /home/ops/greeting, owner: 'ops:ops', permissions: '0600',"
                                + " contentRef: {name: login, key: greeting}}],"
                                + " runCommands: [\"echo ran by $(id -un) > /etc/ran\"]"),
                        "{name: ct, type: container, image: debian-12-ct, networks: [{name: lan}], cloudInit: {" + key
                                + "}}")
                .awaitStackReady("shop");

        // then
        var machine = cluster.status("shop-web-0");
        var container = cluster.status("shop-ct-0");
        assertThat(login(guests, container.vmid(), "root", "hostname --fqdn; ip -brief address show eth0"))
                .contains(container.hostname(), container.addresses().getFirst() + "/24");
        assertThat(login(guests, machine.vmid(), "ops", "sudo cloud-init status --wait"))
                .contains("status: done");
        assertThat(login(
                        guests,
                        machine.vmid(),
                        "ops",
                        "hostname; ip -brief address show eth0; cat /etc/whoami; echo; cat greeting /etc/ran;"
                                + " stat -c '%U %a' greeting; cat /etc/timezone; dpkg-query -W -f='${Status}' nginx"))
                .contains(
                        machine.hostname().split("\\.")[0] + "\n",
                        machine.addresses().getFirst() + "/24",
                        machine.hostname() + " " + machine.addresses().getFirst() + "\n",
                        "hello\nran by root\nops 600\nEurope/Vienna\ninstall ok installed");
        TestCluster.eventually(() -> condition("Booted").equals("True Booted"));
        guests.close();
    }

    /** What the network's own DHCP server gives, beside what is no business of anybody. */
    private static final class DhcpGuests implements Guests {

        private final Map<Integer, List<Interface>> running = new ConcurrentHashMap<>();
        private volatile String prefix;

        @Override
        public void start(Boot boot) {
            var mac = boot.config().get("net0").replaceFirst("(?i).*?((?:[0-9a-f]{2}:){5}[0-9a-f]{2}).*", "$1");
            running.put(
                    boot.vmid(),
                    List.of(
                            new Interface("lo", "00:00:00:00:00:00", List.of("127.0.0.1/8")),
                            new Interface(
                                    "eth0",
                                    mac.toLowerCase(java.util.Locale.ROOT),
                                    List.of("fe80::1/64", "192.0.2.7/24", prefix + boot.vmid() % 100 + "/24")),
                            new Interface("docker0", "02:42:00:00:00:01", List.of("172.17.0.1/16"))));
        }

        @Override
        public void stop(int vmid) {
            running.remove(vmid);
        }

        @Override
        public Optional<List<Interface>> interfaces(int vmid) {
            return Optional.ofNullable(running.get(vmid));
        }
    }

    private String drive() {
        return cluster.guest("shop-web-0").orElseThrow().config().get("ide2");
    }

    private List<String> isos() {
        return cluster.volumesOfGuests().stream()
                .filter(volume -> volume.contains(":iso/"))
                .toList();
    }

    private String condition(String type) {
        return Conditions.find(cluster.status("shop-web-0").conditions(), type)
                .map(condition -> condition.getStatus() + " " + condition.getReason())
                .orElse("none");
    }

    private void userData(String text) {
        world.controlPlane()
                .admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.name())
                        .withName("web")
                        .endMetadata()
                        .withData(Map.of("user-data", text))
                        .build())
                .fieldManager("test")
                .serverSideApply();
    }

    private void secret(String name, String key, String value) {
        world.controlPlane()
                .admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.name())
                        .withName(name)
                        .endMetadata()
                        .withStringData(Map.of(key, value))
                        .build())
                .fieldManager("test")
                .serverSideApply();
    }

    /** Once somebody answers. */
    private static String login(NspawnGuests guests, int vmid, String user, String command) throws IOException {
        Awaitility.await("ssh into " + vmid)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> run(guests, vmid, user, "echo in").equals("in"));
        return run(guests, vmid, user, command);
    }

    private static String run(NspawnGuests guests, int vmid, String user, String command) throws IOException {
        var line = new ArrayList<>(guests.ssh(vmid, user));
        line.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=5", command));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
