package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.AttachedDisk;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskPlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final String ROOT = "local-lvm:vm-10000-disk-0,serial=root,size=4G";
    private static final String DATA = "ceph:vm-10000-disk-1,serial=data,size=10G";
    private static final String LOGS = "ceph:vm-10000-disk-2,serial=logs,size=20G";

    @Test
    void disksAreKnownByTheirNamesWhereverTheyStand() {
        // given
        var machine =
                Given.machine("disks: [{name: logs, size: 20Gi}, {name: root, size: 4Gi}, {name: data, size: 15Gi}]");

        // when
        var plan = plan(machine, known(), "scsi0", ROOT, "scsi1", DATA, "scsi2", LOGS);

        // then
        assertThat(plan.grow()).contains(new DiskPlan.Growth("scsi1", 15L << 30));
        assertThat(plan.set()).isEmpty();
        assertThat(plan.reached())
                .containsExactlyInAnyOrder(
                        disk("root", "scsi0", "local-lvm:vm-10000-disk-0"),
                        disk("data", "scsi1", "ceph:vm-10000-disk-1"),
                        disk("logs", "scsi2", "ceph:vm-10000-disk-2"));
    }

    @Test
    void aDiskThatIsAddedBeforeOthersGetsThePlaceThatIsFree() {
        var machine =
                Given.machine("disks: [{name: fast, size: 1Gi, storage: nvme, options: {ssd: \"1\", discard: \"on\"}},"
                        + " {name: root, size: 4Gi}, {name: logs, size: 20Gi}]");

        assertThat(plan(machine, known(), "scsi0", ROOT, "scsi2", LOGS).set())
                .isEqualTo(Map.of("scsi1", "nvme:1,serial=fast,discard=on,ssd=1"));
        assertThat(plan(machine, known(), Set.of("scsi1"), "scsi0", ROOT, "scsi2", LOGS)
                        .set())
                .as("what is to be deleted with the next start is there until then")
                .containsOnlyKeys("scsi3");
    }

    @Test
    void aDiskThatLeavesTheSpecStaysAndIsTold() {
        var machine = Given.machine("disks: [{name: root, size: 4Gi}]");
        var known = known(
                disk("root", "scsi0", "local-lvm:vm-10000-disk-0"), disk("data", "scsi1", "ceph:vm-10000-disk-1"));

        var plan = plan(machine, known, "scsi0", ROOT, "scsi1", DATA);

        assertThat(plan.set()).isEmpty();
        assertThat(plan.remarks())
                .singleElement()
                .asString()
                .contains("disk data (scsi1) stays", "qm set 10000 --delete scsi1");
        assertThat(plan.reached()).contains(disk("data", "scsi1", "ceph:vm-10000-disk-1"));
        assertThat(plan(machine, known, "scsi0", ROOT, "unused0", "ceph:vm-10000-disk-1")
                        .reached())
                .as("what is detached is forgotten")
                .containsExactly(disk("root", "scsi0", "local-lvm:vm-10000-disk-0"));
    }

    @Test
    void aDiskThatSomebodyDetachedIsNotMadeAnew() {
        var machine = Given.machine("disks: [{name: root, size: 4Gi}, {name: data, size: 10Gi}]");
        var known = known(
                disk("root", "scsi0", "local-lvm:vm-10000-disk-0"), disk("data", "scsi1", "ceph:vm-10000-disk-1"));

        var plan = plan(machine, known, "scsi0", ROOT, "unused0", "ceph:vm-10000-disk-1");

        assertThat(plan.set()).isEmpty();
        assertThat(plan.remarks())
                .singleElement()
                .asString()
                .contains("qm set 10000 --scsi1 ceph:vm-10000-disk-1,serial=data");
        assertThat(plan.reached()).contains(disk("data", "scsi1", "ceph:vm-10000-disk-1"));
    }

    @Test
    void adoptedDisksGoByTheirPlacesOnceAndByTheirVolumesFromThenOn() {
        // given
        var before = Given.machine("disks: [{name: root, size: 4Gi}, {name: data, size: 10Gi}]");
        var after = Given.machine("disks: [{name: data, size: 10Gi}, {name: root, size: 4Gi}]");
        var config = new String[] {
            "boot",
            "order=virtio0;net0",
            "virtio0",
            "ceph:vm-7-disk-0,size=4G",
            "scsi0",
            "ceph:vm-7-disk-1,size=10G",
            "ide2",
            "local:iso/x.iso,media=cdrom"
        };

        // when
        var first = plan(before, Optional.empty(), config).reached();

        // then
        assertThat(first)
                .containsExactly(
                        disk("root", "virtio0", "ceph:vm-7-disk-0"), disk("data", "scsi0", "ceph:vm-7-disk-1"));
        assertThat(plan(after, Optional.of(first), config).reached()).containsExactlyInAnyOrderElementsOf(first);
        assertThat(plan(after, Optional.of(first), config).set()).isEmpty();
    }

    @Test
    void aDiskThatWasMovedToAnotherStorageIsStillThatDisk() {
        var machine = Given.machine("disks: [{name: root, size: 4Gi}, {name: data, size: 10Gi, storage: ceph}]");
        var known = known(disk("root", "scsi0", "local-lvm:vm-7-disk-0"), disk("data", "scsi1", "ceph:vm-7-disk-1"));

        var plan = plan(machine, known, "scsi0", "local-lvm:vm-7-disk-0,size=4G", "scsi1", "nvme:vm-7-disk-5,size=10G");

        assertThat(plan.reached()).contains(disk("data", "scsi1", "nvme:vm-7-disk-5"));
        assertThat(plan.remarks()).singleElement().asString().contains("qm disk move 10000 scsi1 ceph --delete");
    }

    @Test
    void aDiskThatAPersonAttachedIsNobodyElses() {
        var machine = Given.machine("disks: [{name: root, size: 4Gi}, {name: data, size: 10Gi}]");

        assertThat(plan(machine, known(), "scsi0", ROOT, "scsi1", "ceph:vm-10000-disk-9,size=10G")
                        .set())
                .isEqualTo(Map.of("scsi2", "local-lvm:10,serial=data"));
    }

    @Test
    void theImagesDiskGetsItsNameLater() {
        var machine = Given.machine("disks: [{name: data, size: 10Gi}, {name: root, size: 4Gi}]");

        var plan = plan(machine, known(), "scsi0", "local-lvm:vm-10000-disk-0,size=2G");

        assertThat(plan.grow()).contains(new DiskPlan.Growth("scsi0", 4L << 30));
        assertThat(plan.set()).containsOnlyKeys("scsi1");
    }

    @Test
    void optionsAreChangedInPlaceAndOnlyOwnOnesAreUnset() {
        var machine = Given.machine("disks: [{name: root, size: 4Gi, options: {discard: \"on\", backup: \"no\"}}]");
        var known = known(new AttachedDisk("root", "scsi0", "local-lvm:vm-10000-disk-0", List.of("ssd", "discard")));

        var plan = plan(machine, known, "scsi0", ROOT + ",ssd=1,iothread=1,backup=0");

        assertThat(plan.set())
                .isEqualTo(Map.of(
                        "scsi0", "local-lvm:vm-10000-disk-0,serial=root,size=4G,iothread=1,backup=0,discard=on"));
        assertThat(plan.intent().getFirst().options()).containsExactly("backup", "discard", "ssd");
        assertThat(plan.reached().getFirst().options()).containsExactly("backup", "discard");
    }

    @Test
    void containersKnowDisksByVolumeAndByPath() {
        var machine = Given.container(
                "disks: [{name: root, size: 4Gi}, {name: data, size: 10Gi, mountPath: /srv}, {name: logs, size: 1Gi}]");
        var root = "local-lvm:vm-10000-disk-0,size=4G";

        var unseen = plan(machine, known(), "rootfs", root, "mp3", "ceph:vm-10000-disk-1,mp=/srv,size=10G");
        var moved = plan(
                machine,
                known(disk("data", "mp3", "ceph:vm-10000-disk-1")),
                "rootfs",
                root,
                "mp3",
                "ceph:vm-10000-disk-1,mp=/mnt/data,size=10G",
                "mp0",
                "/tank,mp=/tank");

        assertThat(unseen.set()).isEqualTo(Map.of("mp0", "local-lvm:1,mp=/mnt/logs"));
        assertThat(moved.set())
                .isEqualTo(Map.of(
                        "mp1", "local-lvm:1,mp=/mnt/logs",
                        "mp3", "ceph:vm-10000-disk-1,mp=/srv,size=10G"));
    }

    private static AttachedDisk disk(String name, String device, String volume) {
        return new AttachedDisk(name, device, volume, List.of());
    }

    private static Optional<List<AttachedDisk>> known(AttachedDisk... disks) {
        return Optional.of(List.of(disks));
    }

    private static DiskPlan plan(Machine machine, Optional<List<AttachedDisk>> known, String... config) {
        return plan(machine, known, Set.of(), config);
    }

    private static DiskPlan plan(
            Machine machine, Optional<List<AttachedDisk>> known, Set<String> pending, String... config) {
        GuestConfig settings = Given.config(config);
        return DiskPlan.of(
                machine,
                Given.usable().cluster().getSpec(),
                new GuestSight.Ours(GUEST, RunState.RUNNING, settings, pending),
                known);
    }
}
