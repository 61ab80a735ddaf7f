package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private final Permissions permissions = new Permissions(Map.of(
            "/", Map.of("Sys.Audit", true, "Sys.Modify", false),
            "/vms", Map.of("VM.Audit", true, "VM.Clone", false),
            "/vms/100", Map.of("VM.Clone", true),
            "/storage/local", Map.of("Datastore.Audit", false)));

    @Test
    void whatIsGrantedAtThePathItselfCounts() {
        assertThat(permissions.has("/vms/100", "VM.Clone")).isTrue();
        assertThat(permissions.has("/", "Sys.Modify")).isTrue();
        assertThat(permissions.has("/storage/local", "Datastore.Audit")).isTrue();
    }

    @Test
    void theNearestEntryHidesThoseAboveIt() {
        assertThat(permissions.has("/vms/100", "VM.Audit")).isFalse();
        assertThat(permissions.has("/vms", "Sys.Audit")).isFalse();
        assertThat(permissions.has("/vms/101", "VM.Audit")).isTrue();
    }

    @Test
    void onlyWhatIsHandedDownIsInherited() {
        assertThat(permissions.has("/vms/101", "VM.Clone")).isFalse();
        assertThat(permissions.has("/nodes/pve1", "Sys.Audit")).isTrue();
        assertThat(permissions.has("/nodes/pve1", "Sys.Modify")).isFalse();
        assertThat(permissions.has("/sdn/zones/localnetwork/vmbr0", "Sys.Audit"))
                .isTrue();
        assertThat(permissions.has("/storage/local/x", "Datastore.Audit")).isFalse();
    }

    @Test
    void aPathOutsideOfEverythingHasNothing() {
        assertThat(permissions.has("vms", "Sys.Audit")).isFalse();
        assertThat(new Permissions(Map.of()).missing("/vms", List.of("A", "B"))).containsExactly("A", "B");
    }
}
