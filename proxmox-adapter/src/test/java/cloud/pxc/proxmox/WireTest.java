package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What really goes over the wire, byte for byte where Proxmox VE is particular; and answers that are not from Proxmox VE. */
class WireTest {

    private static final String UPID = "UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test:";
    private static final ApiToken TOKEN = new ApiToken("pxc@pve!operator", "0b5a7e0c-1111-2222-3333-444455556666");

    @Test
    void aTaskIsAskedForWithItsNameEncodedAndWithoutABody() {
        // when
        var heard = heard("{\"data\": {\"status\": \"running\"}}", client -> client.tasks()
                .state(new Upid(UPID)));
        // then
        assertThat(heard)
                .isEqualTo(new ScriptedServer.Heard(
                        "GET",
                        "/api2/json/nodes/pve1/tasks/UPID%3Apve1%3A00000080%3A000AFA08%3A6B03A873%3Aqmcreate%3A100%3Aroot%40pam%21test%3A/status",
                        "PVEAPIToken=pxc@pve!operator=0b5a7e0c-1111-2222-3333-444455556666",
                        null,
                        ""));
    }

    @Test
    void parametersOfADeletionAreInItsQuery() {
        // when
        var heard =
                heard("{\"data\": \"" + UPID + "\"}", client -> client.guests().destroy(Lab.vm(100)));
        // then
        assertThat(heard.method()).isEqualTo("DELETE");
        assertThat(heard.target()).startsWith("/api2/json/nodes/pve1/qemu/100?");
        assertThat(heard.target().substring(heard.target().indexOf('?') + 1).split("&"))
                .containsExactlyInAnyOrder("purge=1", "destroy-unreferenced-disks=1");
        assertThat(heard.contentLength()).isNull();
    }

    @Test
    void aVolumeIsOneSegmentOfThePath() {
        // when
        var heard =
                heard("{\"data\": null}", client -> assertThat(client.storages().delete("pve1", "local:iso/a b.iso"))
                        .isEmpty());
        // then
        assertThat(heard.target()).isEqualTo("/api2/json/nodes/pve1/storage/local/content/local%3Aiso%2Fa%20b.iso");
    }

    @Test
    void aFormHasNoCharacterThatWouldBeSplitOn() {
        // when
        var heard = heard("{\"data\": null}", client -> client.guests()
                .configure(Lab.vm(100), Map.of("scsi0", "local:1,format=qcow2"), Set.of("b", "a"), Optional.of("d1")));
        // then
        assertThat(heard.method()).isEqualTo("PUT");
        assertThat(heard.body().split("&"))
                .containsExactlyInAnyOrder("scsi0=local%3A1%2Cformat%3Dqcow2", "delete=a%2Cb", "digest=d1");
    }

    @Test
    void aCallWithoutParametersHasAnEmptyForm() {
        // when
        var heard =
                heard("{\"data\": \"" + UPID + "\"}", client -> client.guests().start(Lab.vm(100)));
        // then
        assertThat(heard.body()).isEmpty();
        assertThat(heard.contentLength()).isEqualTo("0");
    }

    @Test
    void keysAreEncodedTwiceForAVirtualMachineAlone() {
        // given
        var keys = Map.of("sshkeys", "ssh-ed25519 A+ x");
        // when
        var machine = heard(
                "{\"data\": null}", client -> client.guests().configure(Lab.vm(100), keys, Set.of(), Optional.empty()));
        var container = heard("{\"data\": \"" + UPID + "\"}", client -> client.guests()
                .createContainer("pve1", new Vmid(200), Map.of("ssh-public-keys", "ssh-ed25519 A+ x")));
        // then
        assertThat(machine.body()).isEqualTo("sshkeys=ssh-ed25519%2520A%252B%2520x");
        assertThat(container.body()).contains("ssh-public-keys=ssh-ed25519%20A%2B%20x");
    }

    @Test
    void aServerThatIsNotProxmoxIsSaidToBeNone() {
        try (var web = new ScriptedServer(200, "<html>Welcome to nginx!</html>");
                var client = client(web)) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(ProxmoxException.Refused.class)
                    .hasMessageContaining("answers, but not as the API of Proxmox VE does");
        }
    }

    @Test
    void aStartWithoutATaskIsSaidToBeNone() {
        try (var odd = new ScriptedServer(200, "{\"data\": \"started\"}");
                var client = client(odd)) {
            assertThatThrownBy(() -> client.guests().start(Lab.vm(100)))
                    .isInstanceOf(ProxmoxException.Refused.class)
                    .hasMessageContaining("where Proxmox VE names a task");
        }
    }

    @Test
    void anErrorWithoutWordsIsToldByItsReasonPhrase() {
        try (var web = new ScriptedServer(404, "");
                var client = client(web)) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(ProxmoxException.Refused.class)
                    .hasMessageContaining("GET /version at 127.0.0.1:")
                    .hasMessageContaining("Not Found");
        }
    }

    @Test
    void aNodeThatStandsAloneIsItsOwnQuorum() {
        try (var alone = new ScriptedServer(
                        200, "{\"data\": [{\"type\": \"node\", \"name\": \"pve\", \"online\": 1}]}");
                var client = client(alone)) {
            assertThat(client.clusterState())
                    .isEqualTo(new ClusterState("pve", true, List.of(new ClusterState.NodeState("pve", true))));
        }
    }

    private static ScriptedServer.Heard heard(String answer, Consumer<ProxmoxClient> call) {
        try (var server = new ScriptedServer(200, answer);
                var client = client(server)) {
            call.accept(client);
            assertThat(server.heard()).hasSize(1);
            return server.heard().getFirst();
        }
    }

    private static ProxmoxClient client(ScriptedServer server) {
        return ProxmoxClient.of(new Connection(List.of(server.uri()), TOKEN, new Trust.Authorities(server.caPem())));
    }
}
