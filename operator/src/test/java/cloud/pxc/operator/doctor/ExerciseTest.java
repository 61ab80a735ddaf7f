package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exercise, with somebody else's guest next door, and whatever can go wrong going wrong. */
class ExerciseTest {

    private static final String TEMPLATE = "debian-12-standard_12.12-1_amd64.tar.zst";
    private static final String NEIGHBOUR = "neighbour";
    private static final int NEIGHBOURS_VMID = 19999;

    private static final List<String> CHANGES = List.of(
            "POST /nodes/{node}/storage/{storage}/upload",
            "POST /nodes/{node}/qemu",
            "PUT /nodes/{node}/qemu/{vmid}/resize",
            "POST /nodes/{node}/qemu/{vmid}/clone",
            "POST /nodes/{node}/qemu/{vmid}/status/start",
            "POST /nodes/{node}/qemu/{vmid}/status/stop",
            "DELETE /nodes/{node}/qemu/{vmid}",
            "POST /nodes/{node}/aplinfo",
            "POST /nodes/{node}/lxc",
            "PUT /nodes/{node}/lxc/{vmid}/resize",
            "POST /nodes/{node}/lxc/{vmid}/status/start",
            "POST /nodes/{node}/lxc/{vmid}/status/stop",
            "DELETE /nodes/{node}/lxc/{vmid}",
            "DELETE /nodes/{node}/storage/{storage}/content/{volume}");

    private static final List<String> LOOKS = List.of(
            "GET /nodes/{node}/tasks/{upid}/status",
            "GET /nodes/{node}/storage/{storage}/content",
            "GET /nodes/{node}/aplinfo",
            "GET /nodes/{node}/tasks",
            "GET /nodes/{node}/qemu/{vmid}/config",
            "GET /nodes/{node}/lxc/{vmid}/config");

    private static Clinic clinic;
    private static GuestView neighbour;

    @BeforeAll
    static void start() {
        clinic = Clinic.open();
        try (var somebody = clinic.somebodyElse()) {
            var task = somebody.guests()
                    .createVm("pve1", new Vmid(NEIGHBOURS_VMID), Map.of("name", NEIGHBOUR, "tags", "precious"));
            await().until(() -> somebody.tasks().state(task).succeeded());
        }
        neighbour = neighbour();
    }

    @AfterAll
    static void stop() {
        clinic.close();
    }

    @BeforeEach
    void clear() {
        clinic.proxmox().requests().clear();
    }

    @AfterEach
    void nothingIsLeftBehindAndTheNeighbourIsAsItWas() {
        clinic.proxmox().faults().clear();
        assertThat(clinic.leftBehind()).containsExactly(neighbour.toString());
        assertThat(neighbour()).isEqualTo(neighbour);
    }

    @Test
    void aVirtualMachineAndAContainerLiveAndGo() {
        // when
        var told = clinic.exercise();
        // then
        assertThat(told.steps()).allMatch(Step.Done.class::isInstance);
        assertThat(told.steps())
                .extracting(Step::what)
                .containsExactly(
                        "upload local:iso/pxc-doctor-00c0de.iso",
                        "upload local:import/pxc-doctor-00c0de.raw",
                        "create VM 19998",
                        "grow its disk to 1 GiB",
                        "clone it to VM 19997",
                        "start it",
                        "stop it",
                        "destroy 19997",
                        "destroy 19998",
                        "remove local:import/pxc-doctor-00c0de.raw",
                        "remove local:iso/pxc-doctor-00c0de.iso",
                        "download template " + TEMPLATE,
                        "create container 19996",
                        "grow its disk to 2 GiB",
                        "start it",
                        "stop it",
                        "destroy 19996");
        assertThat(told.findings())
                .last()
                .isEqualTo(Finding.well("leftover", "Of the exercise nothing is left behind"));
        assertThat(told.result().exitCode()).isZero();
    }

    @Test
    void theseAreAllTheCallsThatItMakes() {
        // when
        clinic.exercise();
        // then
        assertThat(clinic.proxmox().requests().counts().keySet())
                .containsAll(CHANGES)
                .containsAll(LOOKS)
                .filteredOn(call -> !call.startsWith("GET "))
                .containsExactlyInAnyOrderElementsOf(CHANGES);
    }

    @Test
    void aTemplateThatIsThereIsUsedAndStays() {
        // given
        try (var somebody = clinic.somebodyElse()) {
            var fetched = somebody.storages().downloadTemplate("pve1", "local", TEMPLATE);
            await().until(() -> somebody.tasks().state(fetched).succeeded());
            // when
            var told = clinic.exercise();
            // then
            assertThat(told.result()).isEqualTo(new Result(0, 0));
            assertThat(clinic.leftBehind()).contains("local:vztmpl/" + TEMPLATE);
            assertThat(clinic.proxmox().requests().count("POST", "/nodes/{node}/aplinfo"))
                    .isEqualTo(1);
            somebody.storages().delete("pve1", "local:vztmpl/" + TEMPLATE);
            await().until(() -> clinic.leftBehind().size() == 1);
        }
    }

    static Stream<Arguments> everyFaultOfEveryChange() {
        return CHANGES.stream()
                .flatMap(call -> Stream.of("answers 500", "drops before", "drops after", "fails the task")
                        .map(effect -> Arguments.of(call, effect)));
    }

    @ParameterizedTest
    @MethodSource("everyFaultOfEveryChange")
    void aStepThatFailsIsToldAndEverythingIsRemovedAllTheSame(String call, String effect) {
        // given
        clinic.proxmox().faults().inject(fault(call, effect).times(1));
        // when
        var told = clinic.exercise();
        // then
        assertThat(told.failures()).isNotEmpty();
        assertThat(told.problems()).isEmpty();
        assertThat(told.result().exitCode()).isEqualTo(1);
        assertThat(told.findings())
                .last()
                .isEqualTo(Finding.well("leftover", "Of the exercise nothing is left behind"));
    }

    static Stream<String> everyLook() {
        return LOOKS.stream();
    }

    @ParameterizedTest
    @MethodSource("everyLook")
    void aLookThatGetsNoAnswerLeavesNothingBehindEither(String call) {
        // given
        clinic.proxmox().faults().inject(fault(call, "drops before").times(2));
        // when
        var told = clinic.exercise();
        // then
        assertThat(told.findings())
                .last()
                .isEqualTo(Finding.well("leftover", "Of the exercise nothing is left behind"));
    }

    @Test
    void aVmidThatIsTakenMeanwhileIsLeftToWhoeverHasIt() {
        // given
        var told = new Clinic.Told() {
            @Override
            public void finding(Finding finding) {
                super.finding(finding);
                if (finding.about().equals("vmids")) {
                    take(19998);
                }
            }
        };
        // when
        clinic.exercise(new Interruption(), told);
        // then
        assertThat(told.steps()).extracting(Step::what).contains("create VM 19998", "create VM 19997");
        assertThat(told.steps())
                .filteredOn(Step.Skipped.class::isInstance)
                .singleElement()
                .satisfies(step -> assertThat(((Step.Skipped) step).why()).contains("already exists"));
        assertThat(told.failures()).isEmpty();
        assertThat(clinic.proxmox().guests()).extracting(GuestView::vmid).contains(19998);
        giveBack(19998);
    }

    @Test
    void aGuestThatIsNoMoreOursIsLeftAlone() {
        // given
        var told = new Clinic.Told() {
            @Override
            public void step(Step step) {
                super.step(step);
                if (step.what().startsWith("create VM")) {
                    try (var somebody = clinic.somebodyElse()) {
                        somebody.guests().configure(vm(19998), Map.of("tags", "mine"), Set.of(), Optional.empty());
                    }
                }
            }
        };
        clinic.proxmox()
                .faults()
                .inject(Fault.on("PUT", "/nodes/{node}/qemu/{vmid}/resize").answers(500, "no"));
        // when
        clinic.exercise(new Interruption(), told);
        // then
        assertThat(told.problems()).singleElement().satisfies(finding -> assertThat(finding.sentence())
                .startsWith("qemu/19998 on pve1 does not carry tag pxc-doctor"));
        assertThat(clinic.proxmox().guests()).extracting(GuestView::vmid).contains(19998);
        giveBack(19998);
    }

    @Test
    void whatCannotBeRemovedIsToldWithTheCommandThatDoes() {
        // given
        var locked = new Clinic.Told() {
            @Override
            public void step(Step step) {
                super.step(step);
                if (step.what().startsWith("create VM")) {
                    clinic.proxmox().faults().lockHeld(19998, "backup");
                }
            }
        };
        // when
        clinic.exercise(new Interruption(), locked);
        // then
        assertThat(locked.problems()).singleElement().satisfies(finding -> {
            assertThat(finding.sentence())
                    .startsWith("qemu/19998 on pve1 (pxc-doctor-00c0de) could not be removed: ")
                    .contains("VM is locked (backup)");
            assertThat(finding.remedy()).containsExactly("qm stop 19998; qm destroy 19998 --purge");
        });
        assertThat(locked.result().exitCode()).isEqualTo(1);
        clinic.proxmox().faults().unlock(19998);
        giveBack(19998);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /nodes/{node}/storage/{storage}/upload",
                "POST /nodes/{node}/qemu",
                "POST /nodes/{node}/qemu/{vmid}/clone",
                "POST /nodes/{node}/qemu/{vmid}/status/start",
                "DELETE /nodes/{node}/qemu/{vmid}",
                "POST /nodes/{node}/aplinfo",
                "POST /nodes/{node}/lxc",
                "POST /nodes/{node}/lxc/{vmid}/status/start",
            })
    void whoeverInterruptsItGetsACleanClusterBack(String during) {
        // given
        var call = during.split(" ");
        var interruption = new Interruption();
        // when
        var told = CompletableFuture.supplyAsync(() -> clinic.exercise(interruption, new Clinic.Told()));
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> clinic.proxmox().requests().count(call[0], call[1]) > 0);
        interruption.now();
        // then
        assertThat(told.join().steps()).last().isEqualTo(new Step.Skipped("the rest", "interrupted"));
        assertThat(told.join().failures()).isEmpty();
    }

    @Test
    void aGuestOfARunThatWasKilledIsFoundByTheNextOne() {
        // given
        try (var somebody = clinic.somebodyElse()) {
            var task = somebody.guests()
                    .createVm("pve1", new Vmid(15000), Map.of("name", "pxc-doctor-dead00", "tags", "pxc-doctor"));
            await().until(() -> somebody.tasks().state(task).succeeded());
        }
        // when
        var told = clinic.visit();
        // then
        assertThat(told.findings())
                .filteredOn(finding -> finding.about().equals("leftover"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedy()).containsExactly("qm stop 15000; qm destroy 15000 --purge"));
        giveBack(15000);
    }

    @Test
    void itIsNotBegunWhereThereAreProblems() {
        // given
        clinic.proxmox().grant(Clinic.TOKEN, "/vms", "VM.Audit");
        // when
        var told = clinic.exercise();
        // then
        assertThat(told.steps()).singleElement().isInstanceOf(Step.Skipped.class);
        clinic.proxmox().grant(Clinic.TOKEN, "/vms", SimulatedProxmox.allPrivileges());
    }

    private static Fault fault(String call, String effect) {
        var which = call.split(" ");
        // a volume has slashes in its name
        var on = Fault.on(which[0], which[1].replace("{volume}", "**"));
        return switch (effect) {
            case "answers 500" -> on.answers(500, "got timeout");
            case "drops before" -> on.dropsBefore();
            case "drops after" -> on.dropsAfter();
            case "fails the task" -> on.failsTask("no space left on device");
            default -> throw new IllegalArgumentException(effect);
        };
    }

    private static GuestView neighbour() {
        return clinic.proxmox().guests().stream()
                .filter(guest -> guest.vmid() == NEIGHBOURS_VMID)
                .findFirst()
                .orElseThrow();
    }

    private static void take(int vmid) {
        try (var somebody = clinic.somebodyElse()) {
            var task = somebody.guests().createVm("pve1", new Vmid(vmid), Map.of("name", "quick"));
            await().until(() -> somebody.tasks().state(task).succeeded());
        }
    }

    private static void giveBack(int vmid) {
        try (var somebody = clinic.somebodyElse()) {
            var task = somebody.guests().destroy(vm(vmid));
            await().until(() -> somebody.tasks().state(task).succeeded());
        }
    }

    private static GuestId vm(int vmid) {
        return new GuestId(GuestType.QEMU, "pve1", new Vmid(vmid));
    }
}
