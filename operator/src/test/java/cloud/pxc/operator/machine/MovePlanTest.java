package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovePlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final String SEED = "local:iso/pxc-" + Given.UID + ".iso";
    private static final String SHARED = "nfs:iso/pxc-" + Given.UID + ".iso";
    private static final Progress CREATED = Progress.of(Given.machine())
            .reserved(new Reservation(new Vmid(10000), List.of()), "pve1")
            .withSeed(Optional.of(SEED))
            .withSeedHash(Optional.of("0123abcd"))
            .foundOn("pve1");
    private static final Move TO = new Move.To("pve2");
    private static final Move NONE = new Move.None();

    private final Machine machine = Given.machine();

    @Test
    void anIsoOfTheNodeIsTakenOutAndForgottenBeforeTheGuestMoves() {
        var inserted = Given.settled("ide2", SEED + ",media=cdrom,size=370K");
        var empty = Given.settled("ide2", "none,media=cdrom");
        var forgotten = CREATED.withSeedHash(Optional.empty());

        assertThat(next(TO, CREATED, inserted)).contains(new Step.Eject(GUEST));
        assertThat(next(TO, CREATED, empty)).contains(new Step.Eject(GUEST));
        assertThat(next(TO, forgotten, inserted)).contains(new Step.Eject(GUEST));
        assertThat(next(TO, forgotten, empty)).contains(new Step.Migrate(GUEST, "pve2"));
    }

    @Test
    void whatSomebodyElseWorksOnStaysWhereItIs() {
        assertThat(next(TO, CREATED, Given.settled("lock", "backup"))).isEmpty();
    }

    @Test
    void anIsoThatAllNodesHaveStaysWhereItIs() {
        assertThat(next(
                        TO,
                        CREATED.withSeed(Optional.of(SHARED)),
                        Given.settled("ide2", SHARED + ",media=cdrom,size=370K")))
                .contains(new Step.Migrate(GUEST, "pve2"));
    }

    @Test
    void aContainerHasNoIso() {
        var guest = new GuestId(GuestType.LXC, "pve1", new Vmid(10000));
        var ours = new GuestSight.Ours(guest, RunState.RUNNING, Given.settled(), Set.of());
        var progress = CREATED.withSeed(Optional.empty());

        assertThat(MovePlan.next(TO, progress, usable(), ours)).contains(new Step.Migrate(guest, "pve2"));
        assertThat(MovePlan.next(NONE, progress, usable(), ours)).isEmpty();
    }

    @Test
    void whatIsNotWhereItIsThoughtToBeIsFoundFirst() {
        var elsewhere = new GuestSight.Ours(
                new GuestId(GuestType.QEMU, "pve3", new Vmid(10000)), RunState.RUNNING, Given.settled(), Set.of());

        assertThat(MovePlan.next(TO, CREATED, usable(), elsewhere)).isEmpty();
        assertThat(MovePlan.next(TO, CREATED, usable(), new GuestSight.Absent()))
                .isEmpty();
    }

    @Test
    void aMoveThatHasComeToItsEndIsNoted() {
        assertThat(next(new Move.Done(Optional.of("pve1")), CREATED, Given.settled()))
                .contains(new Step.NoteMove(GUEST, Optional.of("pve1")));
    }

    @Test
    void theAnnotationAsksUntilItHasBeenFollowedAndNotAgainWhenTheGuestGoesElsewhere() {
        machine.getMetadata().setAnnotations(Map.of(Steering.MIGRATE, "pve2"));

        assertThat(MovePlan.asked(machine, CREATED)).contains("pve2");
        assertThat(MovePlan.asked(machine, CREATED.withMigrated(Optional.of("pve2"))))
                .isEmpty();
        assertThat(MovePlan.asked(machine, CREATED.withMigrated(Optional.of("pve3"))))
                .contains("pve2");
    }

    @Test
    void isosOfSomebodyElseAreNamed() {
        var config = Given.settled(
                "ide0", "local:iso/tools.iso,media=cdrom,size=2M",
                "ide1", "nfs:iso/tools.iso,media=cdrom",
                "ide2", SEED + ",media=cdrom",
                "ide3", "local:100/vm-100-cloudinit.qcow2,media=cdrom",
                "sata0", "none,media=cdrom",
                "scsi0", "local-lvm:vm-10000-disk-0,size=4G");

        assertThat(MovePlan.foreignIsos(config, usable().view())).containsExactly("ide0 (local:iso/tools.iso)");
    }

    @Test
    void snapshotsKeepAVirtualMachineOnItsNodeUnlessTheirVolumesMayGoAlong() {
        var snapshots = List.of(
                Map.of(
                        "scsi0", "local-lvm:vm-10000-disk-0,size=4G",
                        "scsi1", "local:10000/vm-10000-disk-1.qcow2,size=4G",
                        "scsi2", "local-zfs:vm-10000-disk-2,size=4G",
                        "scsi3", "nfs:10000/vm-10000-disk-3.raw,size=4G",
                        "vmstate", "local-lvm:vm-10000-state-s1"),
                Map.of(
                        "scsi0", "local-lvm:vm-10000-disk-0,size=2G",
                        "efidisk0", "local-lvm:vm-10000-disk-4,size=4M",
                        "tpmstate0", "local:10000/vm-10000-disk-5.raw,size=4M"));

        assertThat(heldBySnapshots(GuestType.QEMU, RunState.RUNNING, snapshots))
                .containsExactly(
                        "local-lvm:vm-10000-disk-0",
                        "local-lvm:vm-10000-disk-4",
                        "local:10000/vm-10000-disk-1.qcow2",
                        "local:10000/vm-10000-disk-5.raw");
        assertThat(heldBySnapshots(GuestType.QEMU, RunState.STOPPED, snapshots))
                .containsExactly(
                        "local-lvm:vm-10000-disk-0", "local-lvm:vm-10000-disk-4", "local:10000/vm-10000-disk-5.raw");
    }

    @Test
    void snapshotsKeepAContainerOnItsNodeUnlessTheirVolumesMayGoAlong() {
        var snapshot = Map.of(
                "rootfs", "local-lvm:vm-10000-disk-0,size=4G",
                "mp0", "local-zfs:subvol-10000-disk-1,mp=/srv,size=4G",
                "mp1", "/mnt/shared,mp=/shared,shared=1");

        assertThat(heldBySnapshots(GuestType.LXC, RunState.RUNNING, List.of(snapshot)))
                .containsExactly("local-lvm:vm-10000-disk-0");
    }

    @Test
    void anIsoThatASnapshotHasKeepsAVirtualMachineOnItsNode() {
        var snapshot = Map.of(
                "scsi0", "nfs:10000/vm-10000-disk-0.qcow2,size=4G",
                "ide0", "local:10000/vm-10000-cloudinit.qcow2,media=cdrom",
                "ide1", "nfs:iso/x.iso,media=cdrom",
                "ide2", SEED + ",media=cdrom",
                "ide3", "none,media=cdrom");

        assertThat(heldBySnapshots(GuestType.QEMU, RunState.STOPPED, List.of(snapshot)))
                .containsExactly(SEED);
    }

    private static List<String> heldBySnapshots(GuestType type, RunState state, List<Map<String, String>> snapshots) {
        return MovePlan.heldBySnapshots(type, state, snapshots, usable().view());
    }

    private Optional<Step> next(Move move, Progress progress, GuestConfig config) {
        return MovePlan.next(move, progress, usable(), new GuestSight.Ours(GUEST, RunState.RUNNING, config, Set.of()));
    }

    private static Situation.Usable usable() {
        var storages = List.of(
                storage("local", "dir", false),
                storage("local-lvm", "lvmthin", false),
                storage("local-zfs", "zfspool", false),
                storage("nfs", "nfs", true));
        return new Situation.Usable(
                Given.usable().cluster(), new ClusterView(new Inventory(List.of(), List.of(), storages)), null);
    }

    private static StorageResource storage(String name, String type, boolean shared) {
        return new StorageResource(name, "pve1", type, shared, true, Set.of("iso", "images"), 1L << 40, 0);
    }
}
