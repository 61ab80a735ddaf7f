package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about virtual machines and containers. */
class GuestsTest {

    private static final String TEMPLATE = "debian-12-standard_12.12-1_amd64.tar.zst";
    private static final String KEYS = """
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnC6rPsBMBaWfj1HSZGKhNTbtwuGhyRBq2E/0+UFIkV ops+one@example.org
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnC6rPsBMBaWfj1HSZGKhNTbtwuGhyRBq2E/0+UFIkV two = 2; three & four
            """.strip();

    private static Lab lab;
    private static Guests guests;

    @BeforeAll
    static void start() {
        lab = Lab.start();
        guests = lab.client().guests();
        lab.succeed(lab.client().storages().downloadTemplate("pve1", "local", TEMPLATE));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aVirtualMachineIsCreatedWithItsSettings() {
        // when
        var task = guests.createVm(
                "pve1",
                new Vmid(100),
                Map.of("name", "web-0", "memory", "512", "scsi0", "local:1,format=qcow2", "tags", "pxc;web"));
        // then
        assertThat(task.type()).isEqualTo("qmcreate");
        assertThat(task.guest()).isEqualTo("100");
        assertThat(task.user()).isEqualTo(Lab.TOKEN);
        lab.succeed(task);
        var config = guests.config(Lab.vm(100));
        assertThat(config.name()).contains("web-0");
        assertThat(config.get("memory")).contains("512");
        assertThat(config.get("scsi0"))
                .hasValueSatisfying(disk -> assertThat(disk).startsWith("local:100/vm-100-disk-0.qcow2"));
        assertThat(config.tags()).containsExactlyInAnyOrder("pxc", "web");
        assertThat(config.lock()).isEmpty();
        assertThat(config.digest())
                .hasValueSatisfying(digest -> assertThat(digest).hasSize(40));
        assertThat(config.settings()).doesNotContainKey("digest");
    }

    @Test
    void whatARunningGuestTakesOnlyAtItsNextStartIsPendingUntilThen() {
        // given
        var vm = lab.createdVm(130, Map.of("memory", "512", "cores", "1", "description", "before"));
        lab.succeed(guests.start(vm));
        // when
        guests.configure(vm, Map.of("memory", "1024", "onboot", "1"), Set.of("cores"), Optional.empty());
        // then
        assertThat(guests.pending(vm)).containsExactlyInAnyOrder("memory", "cores");
        assertThat(guests.config(vm).get("memory")).contains("1024");
        lab.succeed(guests.stop(vm));
        lab.succeed(guests.start(vm));
        assertThat(guests.pending(vm)).isEmpty();
    }

    @Test
    void sshKeysGoInAndComeOutAsPlainLines() {
        // when
        var vm = lab.createdVm(101, Map.of("sshkeys", KEYS));
        // then
        assertThat(guests.config(vm).get("sshkeys")).contains(KEYS);
        assertThat(stored(101).get("sshkeys")).contains("ssh-ed25519%20").contains("ops%2Bone%40example.org");
    }

    @Test
    void noCharacterOfAValueIsLostOnTheWay() {
        // given
        var text = "a=b;c&d+e %41 50% ~*'()\"<>?# ü € 𝄞";
        // when
        var vm = lab.createdVm(102, Map.of("description", text));
        // then
        assertThat(guests.config(vm).get("description")).contains(text);
    }

    @Test
    void aTakenVmidIsSaidAtOnce() {
        // given
        var vm = lab.createdVm(103, Map.of());
        // when // then
        assertThatThrownBy(() -> guests.createVm("pve2", vm.vmid(), Map.of()))
                .isInstanceOf(ProxmoxException.AlreadyExists.class)
                .hasMessageStartingWith("POST /nodes/pve2/qemu at 127.0.0.1:")
                .hasMessageContaining("VM 103 already exists on node 'pve1'");
    }

    @Test
    void aConfigurationIsChangedOnlyIfNobodyElseHas() {
        // given
        var vm = lab.createdVm(104, Map.of("cores", "1", "description", "old", "tags", "a"));
        var before = guests.config(vm);
        // when
        guests.configure(vm, Map.of("cores", "2", "tags", "b;c"), Set.of("description"), before.digest());
        // then
        var after = guests.config(vm);
        assertThat(after.get("cores")).contains("2");
        assertThat(after.tags()).containsExactlyInAnyOrder("b", "c");
        assertThat(after.get("description")).isEmpty();
        assertThatThrownBy(() -> guests.configure(vm, Map.of("cores", "3"), Set.of(), before.digest()))
                .isInstanceOf(ProxmoxException.Changed.class);
        guests.configure(vm, Map.of("cores", "4"), Set.of(), Optional.empty());
        assertThat(guests.config(vm).get("cores")).contains("4");
    }

    @Test
    void aDiskGrowsToASizeAndNeverShrinks() {
        // given
        var vm = lab.createdVm(105, Map.of("scsi0", "local-lvm:1"));
        // when
        guests.resize(vm, "scsi0", 3L << 30).ifPresent(lab::succeed);
        // then
        assertThat(guests.config(vm).get("scsi0"))
                .hasValueSatisfying(disk -> assertThat(disk).endsWith("size=3G"));
        var smaller = guests.resize(vm, "scsi0", 1L << 30).orElseThrow();
        assertThat(lab.end(smaller).failed()).isTrue();
        assertThat(lab.client().tasks().failure(smaller)).hasMessageContaining("shrinking disks is not supported");
    }

    @Test
    void aVirtualMachineIsStartedShutDownStoppedAndDestroyed() {
        // given
        var vm = lab.createdVm(106, Map.of("scsi0", "local-lvm:1"));
        assertThat(guests.state(vm)).isEqualTo(new GuestState(RunState.STOPPED, Optional.empty()));
        // when // then
        lab.succeed(guests.start(vm));
        assertThat(guests.state(vm).state()).isEqualTo(RunState.RUNNING);
        lab.succeed(guests.shutdown(vm, Duration.ofSeconds(60), false));
        assertThat(guests.state(vm).state()).isEqualTo(RunState.STOPPED);
        lab.succeed(guests.start(vm));
        lab.succeed(guests.stop(vm));
        assertThat(guests.state(vm).state()).isEqualTo(RunState.STOPPED);
        lab.succeed(guests.destroy(vm));
        assertThatThrownBy(() -> guests.config(vm))
                .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.isGuest())
                        .isTrue());
        assertThat(lab.proxmox().volumes()).noneMatch(volume -> volume.volid().contains("vm-106-"));
    }

    @Test
    void aRunningVirtualMachineIsNotDestroyed() {
        // given
        var vm = lab.createdVm(107, Map.of());
        lab.succeed(guests.start(vm));
        // when // then
        assertThatThrownBy(() -> guests.destroy(vm))
                .isInstanceOfSatisfying(ProxmoxException.Refused.class, e -> assertThat(e.reason())
                        .isEqualTo(ProxmoxException.Refused.Reason.STILL_RUNNING));
        var again = guests.start(vm);
        lab.end(again);
        assertThat(lab.client().tasks().failure(again))
                .isInstanceOfSatisfying(ProxmoxException.Refused.class, e -> assertThat(e.reason())
                        .isEqualTo(ProxmoxException.Refused.Reason.ALREADY_RUNNING));
    }

    @Test
    void aCloneIsAGuestOfItsOwn() {
        // given
        var vm = lab.createdVm(
                110, Map.of("name", "web-0", "scsi0", "local-lvm:1", "tags", "pxc", "net0", "virtio,bridge=vmbr0"));
        // when
        var task = guests.clone(vm, new Vmid(111), Map.of("name", "web-1", "full", "1"));
        // then
        assertThat(task.type()).isEqualTo("qmclone");
        assertThat(task.guest()).isEqualTo("110");
        lab.succeed(task);
        var clone = guests.config(Lab.vm(111));
        assertThat(clone.name()).contains("web-1");
        assertThat(clone.tags()).containsExactly("pxc");
        assertThat(clone.get("scsi0"))
                .hasValueSatisfying(disk -> assertThat(disk).startsWith("local-lvm:vm-111-disk-0"));
        assertThat(clone.get("net0")).isNotEqualTo(guests.config(vm).get("net0"));
        lab.succeed(guests.destroy(vm));
        assertThat(guests.config(Lab.vm(111)).name()).contains("web-1");
        assertThatThrownBy(() -> guests.clone(Lab.vm(111), new Vmid(111), Map.of()))
                .isInstanceOf(ProxmoxException.AlreadyExists.class)
                .hasMessageContaining("/nodes/pve1/qemu/111/clone");
    }

    @Test
    void theAgentTellsTheAddressesOnceItIsThere() {
        // given
        var vm = lab.createdVm(
                108,
                Map.of(
                        "agent",
                        "1",
                        "net0",
                        "virtio=BC:24:11:00:00:08,bridge=vmbr0",
                        "ide2",
                        "local:cloudinit",
                        "ipconfig0",
                        "ip=10.20.1.17/16,ip6=fd00::17/64"));
        assertThat(guests.interfaces(vm)).isEmpty();
        // when
        lab.succeed(guests.start(vm));
        var interfaces = await().until(() -> guests.interfaces(vm), Optional::isPresent);
        // then
        assertThat(interfaces.orElseThrow())
                .contains(new GuestInterface("eth0", "bc:24:11:00:00:08", List.of("10.20.1.17/16", "fd00::17/64")));
    }

    @Test
    void aVirtualMachineWithoutAgentTellsNothing() {
        // given
        var vm = lab.createdVm(109, Map.of());
        lab.succeed(guests.start(vm));
        // when // then
        assertThat(guests.interfaces(vm)).isEmpty();
        assertThatThrownBy(() -> guests.interfaces(Lab.vm(999))).isInstanceOf(ProxmoxException.NotFound.class);
    }

    @Test
    void aRunningVirtualMachineMovesWithItsLocalDisks() {
        // given
        var vm = lab.createdVm(120, Map.of("scsi0", "local-lvm:1"));
        lab.succeed(guests.start(vm));
        // when
        var task = guests.migrate(vm, "pve2");
        // then
        assertThat(task.type()).isEqualTo("qmigrate");
        lab.succeed(task);
        var moved = new GuestId(GuestType.QEMU, "pve2", vm.vmid());
        assertThat(guests.state(moved)).isEqualTo(new GuestState(RunState.RUNNING, Optional.empty()));
        assertThat(lab.proxmox().volumes())
                .filteredOn(volume -> volume.volid().contains("vm-120-"))
                .extracting(volume -> volume.node())
                .containsExactly("pve2");
        assertThatThrownBy(() -> guests.migrate(moved, "pve9"))
                .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.thing())
                        .isEqualTo(ProxmoxException.NotFound.Thing.NODE));
    }

    @Test
    void aVirtualMachineWithAnIsoOfItsNodeStaysAndTheTaskSaysWhy() {
        // given
        lab.succeed(lab.client().storages().upload("pve1", "local", ContentType.ISO, "seed.iso", new byte[2048]));
        var vm = lab.createdVm(121, Map.of("ide2", "local:iso/seed.iso,media=cdrom", "usb0", "host=1234:5678"));
        assertThat(guests.localDevices(vm)).containsExactly("usb0");
        guests.configure(vm, Map.of(), Set.of("usb0"), Optional.empty());
        // when
        var task = guests.migrate(vm, "pve2");
        // then
        assertThat(lab.end(task).failed()).isTrue();
        assertThat(lab.client().tasks().failure(task))
                .isInstanceOf(ProxmoxException.Refused.class)
                .hasMessageContaining("migration aborted")
                .hasMessageContaining("can't migrate local disk 'local:iso/seed.iso': local cdrom image");
        assertThat(guests.localDevices(vm)).isEmpty();
    }

    @Test
    void aRunningContainerIsRestartedOnTheOtherNode() {
        // given
        var container = Lab.container(210);
        lab.succeed(guests.createContainer(
                "pve1", container.vmid(), Map.of("ostemplate", "local:vztmpl/" + TEMPLATE, "rootfs", "local-lvm:8")));
        lab.succeed(guests.start(container));
        // when
        lab.succeed(guests.migrate(container, "pve3"));
        // then
        var moved = new GuestId(GuestType.LXC, "pve3", container.vmid());
        assertThat(guests.state(moved).state()).isEqualTo(RunState.RUNNING);
        assertThat(guests.localDevices(moved)).isEmpty();
    }

    @Test
    void aContainerLivesAndTellsItsAddresses() {
        // given
        var container = Lab.container(200);
        // when
        var task = guests.createContainer(
                "pve1",
                container.vmid(),
                Map.of(
                        "ostemplate", "local:vztmpl/" + TEMPLATE,
                        "hostname", "db-0",
                        "rootfs", "local-lvm:8",
                        "tags", "pxc",
                        "ssh-public-keys", KEYS,
                        "net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:02:00,ip=10.20.2.1/16,gw=10.20.0.1"));
        // then
        lab.succeed(task);
        assertThat(task.type()).isEqualTo("vzcreate");
        assertThat(guests.config(container).name()).contains("db-0");
        assertThat(guests.interfaces(container)).isEmpty();
        lab.succeed(guests.start(container));
        assertThat(guests.state(container).state()).isEqualTo(RunState.RUNNING);
        assertThat(guests.interfaces(container).orElseThrow())
                .contains(new GuestInterface("eth0", "bc:24:11:00:02:00", List.of("10.20.2.1/16")));
        guests.resize(container, "rootfs", 10L << 30).ifPresent(lab::succeed);
        guests.configure(
                container,
                Map.of("cores", "2"),
                Set.of("tags"),
                guests.config(container).digest());
        assertThat(guests.config(container).tags()).isEmpty();
        lab.succeed(guests.shutdown(container, Duration.ofSeconds(60), true));
        lab.succeed(guests.destroy(container));
        assertThatThrownBy(() -> guests.state(container)).isInstanceOf(ProxmoxException.NotFound.class);
    }

    private static Map<String, String> stored(int vmid) {
        return lab.proxmox().guests().stream()
                .filter(guest -> guest.vmid() == vmid)
                .findFirst()
                .orElseThrow()
                .config();
    }
}
