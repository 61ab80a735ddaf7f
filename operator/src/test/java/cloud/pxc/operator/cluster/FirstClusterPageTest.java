package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.proxmox.Version;
import cloud.pxc.world.Programs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The roles that the page has people make are those that the operator asks for. */
class FirstClusterPageTest {

    private static final Pattern ROLE = Pattern.compile("pveum role add (\\w+) +--privs \"([^\"]+)\"");
    private static final Pattern ACL = Pattern.compile("pveum acl modify (\\S+) +--users \\S+ --roles (\\w+)");
    private static final Pattern CLUSTER =
            Pattern.compile("```yaml\n(apiVersion: \\S+\nkind: ProxmoxCluster\n.*?)```", Pattern.DOTALL);

    @Test
    void theRolesHoldExactlyWhatIsNeeded() throws IOException {
        // given
        var page = Files.readString(Programs.projectRoot().resolve("docs/first-cluster.md"));
        var roles = new TreeMap<String, List<String>>();
        for (var role = ROLE.matcher(page); role.find(); ) {
            roles.put(role.group(1), Arrays.asList(role.group(2).split(" ")));
        }
        var granted = new TreeMap<String, TreeSet<String>>();
        for (var acl = ACL.matcher(page); acl.find(); ) {
            granted.put(acl.group(1), new TreeSet<>(roles.get(acl.group(2))));
        }
        var cluster = CLUSTER.matcher(page);
        assertThat(cluster.find()).isTrue();

        // when
        var required = new TreeMap<String, TreeSet<String>>();
        RequiredPrivileges.of(
                        Serialization.unmarshal(cluster.group(1), ProxmoxCluster.class)
                                .getSpec(),
                        new Version("9.2.11", "9.2"))
                .forEach((path, privileges) -> required.put(path, new TreeSet<>(privileges)));
        // A role at a deeper path hides those above.
        required.get("/nodes").add("Sys.Audit");

        // then
        assertThat((Map<String, TreeSet<String>>) granted).isEqualTo(required);
    }
}
