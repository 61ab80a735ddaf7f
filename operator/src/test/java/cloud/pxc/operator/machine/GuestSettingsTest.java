package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Proxmox and cloud-init are told of a machine. Each folder of {@code src/test/resources/machine} is a case: a Machine and its
 * ProxmoxCluster, and beside them what comes of them, octet for octet. With {@code -Dgolden=renew} that is written anew, to be
 * read before it is committed.
 */
class GuestSettingsTest {

    private static final Path CASES = Path.of("src/test/resources/machine");

    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseComesToWhatStandsBesideIt(String name) throws IOException {
        // given
        var folder = CASES.resolve(name);
        var machine = read(folder.resolve("machine.yaml"), Machine.class);
        var cluster = read(folder.resolve("cluster.yaml"), ProxmoxCluster.class);
        var reservation = reservation(machine, cluster);
        var userData = folder.resolve("given-user-data");

        // when
        var rendered = machine.getSpec().type() == MachineType.container
                ? container(machine, cluster, reservation)
                : virtual(
                        machine,
                        cluster,
                        reservation,
                        Files.exists(userData) ? Optional.of(Files.readString(userData)) : Optional.empty());

        // then
        for (var file : rendered.entrySet()) {
            var expected = folder.resolve(file.getKey());
            if ("renew".equals(System.getProperty("golden"))) {
                Files.writeString(expected, file.getValue());
            }
            assertThat(file.getValue()).as(expected.toString()).isEqualTo(Files.readString(expected));
        }
    }

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void userDataThatCantBeMergedIsRefusedWithASentence() {
        var machine = Given.machine("cloudInit: {userDataRef: {name: web, key: user-data}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(machine, "#!/bin/sh\ntrue"))
                .withMessage("key user-data of web (cloudInit.userDataRef) does not begin with #cloud-config; only that"
                        + " form can be merged with the fields of the spec");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(machine, "#cloud-config\n- a\n- b"))
                .withMessageContaining("is no YAML mapping");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(machine, "#cloud-config\na: ["))
                .withMessageContaining("is no valid YAML");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(machine, "#cloud-config\na: {{host}}"))
                .withMessageContaining(
                        "key user-data of web (cloudInit.userDataRef) has the unknown variable {{host}}");
        assertThat(merged(machine, "#cloud-config\n")).containsEntry("hostname", "web-bold-otter");
        assertThat(merged(machine, "#cloud-config\na: '{{ordinal}}'")).containsEntry("a", "0");
    }

    private static Map<String, Object> merged(Machine machine, String userData) {
        var variables = UserDataTemplate.variables(machine, Given.usable().cluster(), List.of());
        return Seed.userData(machine, variables, content(machine, Optional.of(userData)));
    }

    private static Map<String, String> container(Machine machine, ProxmoxCluster cluster, Reservation reservation) {
        var template = "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst";
        return Map.of(
                "settings.yaml", yaml(GuestSettings.ofContainer(machine, cluster.getSpec(), reservation, template)));
    }

    private static Map<String, String> virtual(
            Machine machine, ProxmoxCluster cluster, Reservation reservation, Optional<String> userData) {
        var files = new TreeMap<String, String>();
        files.put(
                "settings.yaml",
                yaml(GuestSettings.ofVm(
                        machine,
                        cluster.getSpec(),
                        reservation,
                        "local:import/pxc-debian-12-1a2b3c4d.qcow2",
                        "local:iso/seed.iso")));
        IsoReader.joliet(Seed.iso(machine, cluster, reservation.nics(), content(machine, userData)))
                .files()
                .forEach((name, content) ->
                        files.put(name.replace(";1", ""), new String(content, StandardCharsets.UTF_8)));
        return files;
    }

    private static SeedContent content(Machine machine, Optional<String> userData) {
        return userData.map(text -> new SeedContent(
                        Map.of(machine.getSpec().cloudInit().userDataRef(), text.getBytes(StandardCharsets.UTF_8)),
                        Map.of()))
                .orElse(SeedContent.NOTHING);
    }

    /** What the status says was leased. */
    private static Reservation reservation(Machine machine, ProxmoxCluster cluster) {
        return new Reservation(new Vmid(machine.getStatus().vmid()), ToldNics.of(machine, cluster));
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        return Serialization.unmarshal(Files.readString(file), type);
    }

    private static String yaml(Map<String, String> settings) {
        var text = new StringBuilder();
        settings.forEach((key, value) -> text.append(key)
                .append(": ")
                .append(value.contains("\n") ? "|\n" + value.indent(2).stripTrailing() : value)
                .append('\n'));
        return text.toString();
    }
}
