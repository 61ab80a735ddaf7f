package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HardwarePlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final String OWN = "pxc;pxc-" + Given.UID + ";shop.cloud.example.org";

    @Test
    void optionsThatLeftTheSpecAreUnsetOrWhatTheyUsuallyAre() {
        var known = new GuestHardware(null, null, List.of("agent", "cpu", "vga"), null, null);

        var plan = plan(Given.machine(), known, "agent", "0", "cpu", "host", "tablet", "0");

        assertThat(plan.set()).containsOnlyKeys("agent").containsEntry("agent", "1");
        assertThat(plan.delete()).containsExactly("cpu");
        assertThat(plan.reached().options()).isEmpty();
    }

    @Test
    void whatIsSetIsNotedBeforeItIs() {
        // given
        var machine = Given.machine("options: {cpu: host}", "tags: [blue]");
        var known = new GuestHardware(null, null, List.of("vga"), List.of("red"), null);
        var ours = ours("vga", "std", "tags", OWN + ";red;backup");

        // when
        var first = step(machine, Progress.of(machine).withHardware(known), ours);

        // then
        assertThat(first).isInstanceOfSatisfying(Step.Note.class, note -> {
            assertThat(note.intent().options()).containsExactly("cpu", "vga");
            assertThat(note.intent().tags()).containsExactly("blue", "red");
            var noted = Progress.of(machine).withHardware(note.intent());
            assertThat(step(machine, noted, ours)).isInstanceOfSatisfying(Step.Configure.class, configure -> {
                assertThat(configure.set()).containsEntry("cpu", "host").containsOnlyKeys("cpu", "tags");
                assertThat(configure.set().get("tags").split(";"))
                        .contains("backup", "blue")
                        .doesNotContain("red");
                assertThat(configure.delete()).containsExactly("vga");
            });
        });
    }

    @Test
    void theOperatorsOwnTagsAreNeverTakenAway() {
        var known = new GuestHardware(null, null, null, List.of("shop.cloud.example.org"), null);

        assertThat(plan(Given.machine(), known).set()).isEmpty();
    }

    @Test
    void aGuestThatBootsByTheOtherFirmwareStaysAsItIs() {
        var uefi = Given.machine("firmware: {type: uefi, secureBoot: true}");
        var bios = Given.machine("firmware: {type: bios}");
        var variables = "local-lvm:vm-10000-disk-1,efitype=4m,pre-enrolled-keys=1,size=4M";

        assertThat(plan(uefi, HardwareRecord.NOTHING).never()).containsExactly("firmware (it boots by BIOS)");
        assertThat(plan(bios, HardwareRecord.NOTHING, "bios", "ovmf", "efidisk0", variables)
                        .never())
                .containsExactly("firmware (it boots by UEFI)");
        assertThat(plan(uefi, HardwareRecord.NOTHING, "bios", "ovmf", "efidisk0", variables.replace("keys=1", "keys=0"))
                        .never())
                .containsExactly("firmware.secureBoot (its keys are not enrolled)");
        var same = plan(uefi, HardwareRecord.NOTHING, "bios", "ovmf", "efidisk0", variables);
        assertThat(same.never()).isEmpty();
        assertThat(same.set()).isEmpty();
        assertThat(plan(Given.machine(), HardwareRecord.NOTHING, "bios", "ovmf", "efidisk0", variables)
                        .never())
                .as("a spec that says nothing of it")
                .isEmpty();
    }

    @Test
    void aTpmIsAddedOnceAndStays() {
        var state = "local-lvm:vm-10000-disk-2,size=4M,version=v2.0";
        var known = new GuestHardware(null, null, List.of(FirmwarePlan.TPM), null, null);

        assertThat(plan(Given.machine("tpm: true"), HardwareRecord.NOTHING).set())
                .containsEntry(FirmwarePlan.TPM, "local-lvm:1,version=v2.0");
        assertThat(plan(Given.machine("tpm: true"), known, FirmwarePlan.TPM, state)
                        .set())
                .isEmpty();
        var without = plan(Given.machine(), known, FirmwarePlan.TPM, state);
        assertThat(without.delete()).isEmpty();
        assertThat(without.remarks()).singleElement().asString().contains("qm set 10000 --delete tpmstate0");
        assertThat(without.reached().options()).containsExactly(FirmwarePlan.TPM);
    }

    @Test
    void aPoolIsJoinedAndLeft() {
        var machine = Given.machine("pool: team-a");
        var inB = HardwareRecord.inPool(HardwareRecord.NOTHING, "team-b");

        assertThat(step(machine, Progress.of(machine).withHardware(inB), ours()))
                .isEqualTo(new Step.Assign(GUEST, Optional.of("team-b"), Optional.of("team-a")));
        assertThat(step(Given.machine(), Progress.of(Given.machine()).withHardware(inB), ours()))
                .isEqualTo(new Step.Assign(GUEST, Optional.of("team-b"), Optional.empty()));
    }

    private static HardwarePlan plan(Machine machine, GuestHardware known, String... config) {
        return MachinePlanner.hardware(
                        machine,
                        Progress.of(machine).withHardware(known),
                        Given.usable().cluster().getSpec(),
                        ours(config))
                .orElseThrow();
    }

    private static Step step(Machine machine, Progress progress, GuestSight.Ours ours) {
        return MachinePlanner.hardware(
                        machine, progress, Given.usable().cluster().getSpec(), ours)
                .orElseThrow()
                .step(machine, progress, ours)
                .orElseThrow();
    }

    private static GuestSight.Ours ours(String... config) {
        return new GuestSight.Ours(GUEST, RunState.RUNNING, Given.settled(config), Set.of());
    }
}
