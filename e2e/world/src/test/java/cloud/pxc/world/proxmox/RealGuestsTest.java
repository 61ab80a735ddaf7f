package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.GuestBackend;
import cloud.pxc.world.World;
import cloud.pxc.world.guest.NspawnGuests;
import cloud.pxc.world.guest.WithRealGuests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was asked for over the API is there when one logs in. */
@ExtendWith(WithRealGuests.class)
class RealGuestsTest {
    private static final String MAC = "BC:24:11:00:00:05";
    private static final String TEMPLATE = "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst";

    /** When its first process started. */
    private static final String BOOTED = "cut -d' ' -f22 /proc/1/stat";

    private static World world;
    private static NspawnGuests guests;
    private static ApiSession api;

    @BeforeAll
    static void start() throws IOException {
        world = new World(World.FixedPorts.ANY, GuestBackend.NSPAWN);
        guests = world.realGuests().orElseThrow();
        api = new ApiSession(world.proxmox(), world.proxmox().createFullToken("root@pam!test"));
        assertThat(api.exit(api.form(
                        "POST",
                        "/nodes/pve1/aplinfo",
                        Map.of("storage", "local", "template", TEMPLATE.substring(TEMPLATE.indexOf('/') + 1)))))
                .isEqualTo("OK");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aVirtualMachineIsWhatItsSeedSays() throws IOException {
        // given
        var seed = new LinkedHashMap<String, String>();
        seed.put("meta-data", "instance-id: one\nlocal-hostname: web-0\n");
        seed.put("network-config", """
                version: 2
                ethernets:
                  eth0:
                    match: {macaddress: "bc:24:11:00:00:05"}
                    set-name: lan0
                    addresses: [198.51.100.10/24]
                    nameservers: {addresses: [198.51.100.53], search: [example.org]}
                """);
        seed.put("user-data", """
                #cloud-config
                manage_etc_hosts: true
                users:
                  - {name: ops, shell: /bin/bash, sudo: "ALL=(ALL) NOPASSWD:ALL", ssh_authorized_keys: ["%s"]}
                package_update: true
                packages: [nginx]
                write_files: [{path: /etc/greeting, content: "hello\\n"}]
                runcmd: ["echo ran by $(id -un) > /etc/ran"]
                """.formatted(guests.key().publicKey()));
        upload("seed.iso", seed);
        ok(api.form(
                "POST",
                "/nodes/pve1/qemu",
                Map.of(
                        "vmid", "100",
                        "agent", "1",
                        "net0", "virtio=" + MAC + ",bridge=vmbr0",
                        "ide2", "local:iso/seed.iso,media=cdrom")));

        // when
        ok(api.form("POST", "/nodes/pve1/qemu/100/status/start", Map.of()));

        // then
        awaitLogin(100, "ops");
        assertThat(login(100, "ops", "sudo cloud-init status --wait --long")).contains("status: done");
        assertThat(login(100, "ops", "hostname; cat /etc/greeting /etc/ran")).isEqualTo("web-0\nhello\nran by root");
        assertThat(login(100, "ops", "ip -brief address show lan0; cat /etc/resolv.conf"))
                .contains("198.51.100.10/24", "nameserver 198.51.100.53", "search example.org");
        assertThat(login(100, "ops", "dpkg-query -W -f='${Status}\n' nginx; systemctl is-active nginx"))
                .isEqualTo("install ok installed\nactive");
        assertThat(api.get("/nodes/pve1/qemu/100/agent/network-get-interfaces").body())
                .contains("lan0", MAC.toLowerCase(Locale.ROOT), "198.51.100.10");

        // when its plug is pulled and it is started again
        ok(api.form("POST", "/nodes/pve1/qemu/100/status/stop", Map.of()));
        ok(api.form("POST", "/nodes/pve1/qemu/100/status/start", Map.of()));

        // then it has its disk, and its card has its name and address again
        awaitLogin(100, "ops");
        assertThat(login(100, "ops", "cat /etc/ran; ip -brief address show lan0"))
                .startsWith("ran by root\n")
                .contains("198.51.100.10/24");

        // when it is rolled back to what it was before a file was lost
        ok(api.form("POST", "/nodes/pve1/qemu/100/snapshot", Map.of("snapname", "before")));
        login(100, "ops", "sudo rm /etc/ran; sync");
        ok(api.form("POST", "/nodes/pve1/qemu/100/snapshot/before/rollback", Map.of()));
        ok(api.form("POST", "/nodes/pve1/qemu/100/status/start", Map.of()));

        // then the file is there again
        awaitLogin(100, "ops");
        assertThat(login(100, "ops", "cat /etc/ran")).isEqualTo("ran by root");
    }

    @Test
    void containersAreWhatTheirConfigurationsSayAndReachEachOther() throws IOException {
        // given
        createContainer(200, "db-0.example.org", "203.0.113.10/24");
        createContainer(201, "db-1.example.org", "203.0.113.11/24");

        // when
        var starts = List.of(
                api.form("POST", "/nodes/pve1/lxc/200/status/start", Map.of()),
                api.form("POST", "/nodes/pve1/lxc/201/status/start", Map.of()));

        // then
        starts.forEach(RealGuestsTest::ok);
        awaitLogin(200, "root");
        assertThat(login(200, "root", "hostname; hostname --fqdn; cat /etc/resolv.conf"))
                .isEqualTo("""
                        db-0
                        db-0.example.org
                        search example.org
                        nameserver 203.0.113.53
                        nameserver 203.0.113.54""");
        assertThat(login(200, "root", "ip -brief address show srv0; cloud-init status"))
                .contains("203.0.113.10/24", "status: disabled");
        assertThat(api.get("/nodes/pve1/lxc/200/interfaces").body()).contains("srv0", "203.0.113.10");
        awaitLogin(201, "root");
        assertThat(output(List.of(guests.login().toString(), "201", "root", "hostname")))
                .isEqualTo("db-1");
        assertThat(login(201, "root", "ping -c 1 -W 2 203.0.113.10")).contains("1 received");
    }

    @Test
    void aGuestKeepsItsDiskUntilItIsDestroyedAndThenLeavesNothing() throws IOException {
        // given
        createContainer(300, "ct", "203.0.113.30/24");
        ok(api.form("POST", "/nodes/pve1/lxc/300/status/start", Map.of()));
        awaitLogin(300, "root");
        assertThat(login(300, "root", "echo kept > /root/note && sync")).isEmpty();

        // when it is shut down over the API
        ok(api.form("POST", "/nodes/pve1/lxc/300/status/shutdown", Map.of("timeout", "30")));
        // then it has ended, and has its disk when it comes back
        assertThat(remains(300)).isEmpty();
        assertThat(status(300)).isEqualTo("stopped");
        ok(api.form("POST", "/nodes/pve1/lxc/300/status/start", Map.of()));
        awaitLogin(300, "root");
        assertThat(login(300, "root", "cat /root/note")).isEqualTo("kept");

        // when it is restarted from inside
        var booted = login(300, "root", BOOTED);
        login(300, "root", "systemctl reboot");
        // then it comes back by itself
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> login(300, "root", BOOTED), now -> now.matches("\\d+") && !now.equals(booted));
        assertThat(status(300)).isEqualTo("running");

        // when it is switched off from inside
        login(300, "root", "systemctl poweroff");
        // then the API says so
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> status(300).equals("stopped"));

        // when it is destroyed while it boots
        ok(api.form("POST", "/nodes/pve1/lxc/300/status/start", Map.of()));
        assertThat(remains(300)).isNotEmpty();
        ok(api.delete("/nodes/pve1/lxc/300?force=1"));
        // then nothing is left of it
        assertThat(remains(300)).isEmpty();
        assertThat(world.scratch().folder().resolve("guests/300")).doesNotExist();
    }

    private static void createContainer(int vmid, String hostname, String address) throws IOException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("vmid", Integer.toString(vmid));
        settings.put("ostemplate", TEMPLATE);
        settings.put("hostname", hostname);
        settings.put("net0", "name=srv0,bridge=vmbr0,ip=" + address + ",gw=203.0.113.1");
        settings.put("nameserver", "203.0.113.53 203.0.113.54");
        settings.put("searchdomain", "example.org");
        settings.put("ssh-public-keys", guests.key().publicKey());
        settings.put("rootfs", "local-lvm:4");
        ok(api.form("POST", "/nodes/pve1/lxc", settings));
    }

    private static String status(int vmid) throws IOException {
        return api.get("/nodes/pve1/lxc/" + vmid + "/status/current")
                .data()
                .path("status")
                .asText();
    }

    /** Processes that know the guest's folder, its control groups, and its cards on the bridge. */
    private static List<String> remains(int vmid) throws IOException {
        var folder = world.scratch().folder().resolve("guests/" + vmid).toString();
        var remains = new ArrayList<String>();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder))
                .forEach(process -> remains.add(process.info().commandLine().orElse("")));
        var find = new ProcessBuilder(
                        "find",
                        "/sys/fs/cgroup",
                        "-name",
                        world.scratch().folder().getFileName() + "-" + vmid)
                .start();
        remains.addAll(find.inputReader().lines().toList());
        remains.addAll(Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(mount -> mount.contains(folder))
                .toList());
        remains.addAll(guests.cards().stream()
                .filter(card -> card.startsWith("v" + vmid + "n"))
                .toList());
        return remains;
    }

    private static void upload(String name, Map<String, String> files) throws IOException {
        ok(api.upload("pve1", "iso", name, SeedIso.of("cidata", files, false)));
    }

    private static void ok(ApiClient.Answer answer) {
        assertThat(api.exit(answer)).isEqualTo("OK");
    }

    private static void awaitLogin(int vmid, String user) {
        Awaitility.await("ssh into " + vmid)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(login(vmid, user, "echo in")).isEqualTo("in"));
    }

    /** @return what the command printed, its errors included */
    private static String login(int vmid, String user, String command) throws IOException {
        var line = new ArrayList<>(guests.ssh(vmid, user));
        line.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=5", command));
        return output(line);
    }

    private static String output(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
