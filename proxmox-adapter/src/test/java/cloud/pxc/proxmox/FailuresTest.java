package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cloud.pxc.proxmox.ProxmoxException.Forbidden;
import cloud.pxc.proxmox.ProxmoxException.InvalidRequest;
import cloud.pxc.proxmox.ProxmoxException.Locked;
import cloud.pxc.proxmox.ProxmoxException.NotFound;
import cloud.pxc.proxmox.ProxmoxException.NotImplemented;
import cloud.pxc.proxmox.ProxmoxException.Refused;
import cloud.pxc.proxmox.ProxmoxException.Unauthenticated;
import cloud.pxc.proxmox.ProxmoxException.Unavailable;
import cloud.pxc.world.proxmox.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong comes as its kind, with a sentence that says what to do. */
class FailuresTest {

    private static final Vmid VMID = new Vmid(500);

    private static Lab lab;
    private static Guests guests;

    @BeforeAll
    static void start() {
        lab = Lab.start();
        guests = lab.client().guests();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @AfterEach
    void clear() {
        lab.proxmox().faults().clear();
    }

    @Test
    void aMissingPrivilegeIsNamedWithTheCommandThatGrantsIt() {
        // given
        var vm = lab.createdVm(100, Map.of());
        try (var auditor = lab.clientWith("auditor@pve!token", "VM.Audit")) {
            // when
            var failure =
                    catchThrowableOfType(Forbidden.class, () -> auditor.guests().start(vm));
            // then
            assertThat(failure.path()).contains("/vms/100");
            assertThat(failure.privileges()).containsExactly("VM.PowerMgmt");
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Token auditor@pve!token lacks VM.PowerMgmt on /vms/100 for POST /nodes/pve1/qemu/100/status/start")
                    .hasMessageContaining(
                            "pveum acl modify /vms --users auditor@pve --tokens 'auditor@pve!token' --roles ROLE")
                    .hasMessageContaining("pveum role modify ROLE --append 1 --privs VM.PowerMgmt");
        }
    }

    @Test
    void aPrivilegeThatProxmoxDoesNotNameIsLookedUpByAPerson() {
        // given
        try (var auditor = lab.clientWith("auditor@pve!second", "VM.Audit")) {
            // when
            var failure =
                    catchThrowableOfType(Forbidden.class, () -> auditor.guests().createVm("pve1", VMID, Map.of()));
            // then
            assertThat(failure.path()).isEmpty();
            assertThat(failure.privileges()).isEmpty();
            assertThat(failure).hasMessageContaining("pveum user token permissions auditor@pve second");
        }
    }

    @Test
    void aWrongSecretIsNotAcceptedAndNotShown() {
        // given
        var connection = Lab.connection(lab.proxmox(), lab.proxmox().createToken("other@pve!token"));
        var wrong = new ApiToken(connection.token().id(), "wrong-secret");
        try (var stranger = ProxmoxClient.of(new Connection(connection.endpoints(), wrong, connection.trust()))) {
            // when
            var failure = catchThrowableOfType(Unauthenticated.class, stranger::version);
            // then
            assertThat(failure.said()).isEqualTo("Authentication failed!");
            assertThat(failure)
                    .hasMessageContaining("does not accept token other@pve!token")
                    .hasMessageContaining("pveum user token list other@pve");
            assertThat(failure.toString()).doesNotContain("wrong-secret");
        }
    }

    @Test
    void wrongParametersAreTold() {
        // when
        var failure = catchThrowableOfType(
                InvalidRequest.class,
                () -> guests.createVm("pve1", VMID, Map.of("name", "under_score", "tags", "!bad")));
        // then
        assertThat(failure.errors())
                .containsEntry("name", "invalid format - value does not look like a valid DNS name")
                .containsEntry("tags", "invalid format - invalid characters in tag");
        assertThat(failure)
                .hasMessageContaining(
                        "name: invalid format - value does not look like a valid DNS name; tags: invalid");
    }

    @Test
    void aLockIsNamed() {
        // given
        var vm = lab.createdVm(101, Map.of());
        lab.proxmox().faults().lockHeld(101, "backup");
        // when // then
        assertThatThrownBy(() -> guests.configure(vm, Map.of("cores", "2"), Set.of(), Optional.empty()))
                .isInstanceOfSatisfying(Locked.class, e -> assertThat(e.lock()).contains("backup"));
        var start = guests.start(vm);
        assertThat(lab.end(start).failed()).isTrue();
        assertThat(lab.client().tasks().failure(start))
                .isInstanceOfSatisfying(Locked.class, e -> assertThat(e.lock()).contains("backup"));
    }

    @Test
    void anUnknownNodeOrStorageOfANewGuestIsNoMissingGuest() {
        assertThatThrownBy(() -> guests.createVm("nosuch", VMID, Map.of()))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.thing()).isEqualTo(NotFound.Thing.NODE));
        assertThatThrownBy(() -> guests.createVm("pve1", VMID, Map.of("scsi0", "nosuch:1")))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.isGuest()).isFalse());
    }

    @ParameterizedTest
    @MethodSource
    void anAnswerOfPveproxySaysWhetherTheChangeMayHaveBeenMade(int status, String reason, boolean maybe) {
        // given
        lab.proxmox().faults().inject(Fault.on("*", "/nodes/**").answers(status, reason));
        // when
        var change = catchThrowableOfType(Unavailable.class, () -> guests.createVm("pve1", VMID, Map.of()));
        var look = catchThrowableOfType(Unavailable.class, () -> guests.config(Lab.vm(500)));
        // then
        assertThat(change.maybeCarriedOut()).isEqualTo(maybe);
        assertThat(change).hasMessageContaining(reason);
        assertThat(look.maybeCarriedOut()).isFalse();
        assertThat(lab.proxmox().guests()).noneMatch(guest -> guest.vmid() == 500);
    }

    static Stream<Arguments> anAnswerOfPveproxySaysWhetherTheChangeMayHaveBeenMade() {
        return Stream.of(
                arguments(595, "No route to host", false),
                arguments(595, "Connection refused", false),
                arguments(596, "Connection timed out", true),
                arguments(502, "Bad Gateway", true),
                arguments(500, "cluster not ready - no quorum?", false));
    }

    @Test
    void withoutQuorumNothingCanBeChangedAndThatIsSaid() {
        // given
        try (var small = Lab.start()) {
            small.proxmox().faults().nodeDown("pve2");
            small.proxmox().faults().nodeDown("pve3");
            // when // then
            assertThatThrownBy(() -> small.client().guests().createVm("pve1", VMID, Map.of()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("the cluster has no quorum");
        }
    }

    @Test
    void aChangeWhoseAnswerWasLostMayHaveBeenMade() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu").dropsAfter().times(1));
        lab.proxmox().requests().clear();
        // when
        var failure = catchThrowableOfType(Unavailable.class, () -> guests.createVm("pve1", new Vmid(502), Map.of()));
        // then
        assertThat(failure.maybeCarriedOut()).isTrue();
        assertThat(failure).hasMessageContaining("it may have been carried out all the same");
        assertThat(lab.proxmox().requests().count("POST", "/nodes/{node}/qemu")).isEqualTo(1);
        assertThat(lab.proxmox().guests()).anyMatch(guest -> guest.vmid() == 502);
    }

    @Test
    void whatProxmoxDoesNotHaveIsNotImplemented() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("GET", "/version").answers(501, "Method 'GET /version' not implemented"));
        // when // then
        assertThatThrownBy(lab.client()::version)
                .isInstanceOf(NotImplemented.class)
                .hasMessageContaining("this version of Proxmox VE has no such call");
    }

    @Test
    void everythingElseIsRefusedInTheWordsOfProxmox() {
        // given
        lab.proxmox().faults().inject(Fault.on("PUT", "/nodes/**").answers(500, "only root can set 'args' config"));
        // when
        var failure = catchThrowableOfType(
                Refused.class, () -> guests.configure(Lab.vm(500), Map.of("args", "x"), Set.of(), Optional.empty()));
        // then
        assertThat(failure.said()).isEqualTo("only root can set 'args' config");
        assertThat(failure.reason()).isEqualTo(Refused.Reason.OTHER);
        assertThat(failure).hasMessageStartingWith("PUT /nodes/pve1/qemu/500/config at 127.0.0.1:");
    }
}
