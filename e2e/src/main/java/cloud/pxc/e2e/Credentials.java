package cloud.pxc.e2e;

import cloud.pxc.world.TsigSecret;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** The Secrets that the samples name, as their README has people make them. */
public final class Credentials {

    static final String TOKEN_ID = "pxc@pve!operator";

    /** What the operator needs of Proxmox VE, and nothing beside it. */
    private static final String[] PRIVILEGES = {
        "Datastore.Allocate",
        "Datastore.AllocateSpace",
        "Datastore.AllocateTemplate",
        "Datastore.Audit",
        "SDN.Use",
        "Sys.AccessNetwork",
        "Sys.Audit",
        "VM.Allocate",
        "VM.Audit",
        "VM.Config.CDROM",
        "VM.Config.CPU",
        "VM.Config.Cloudinit",
        "VM.Config.Disk",
        "VM.Config.HWType",
        "VM.Config.Memory",
        "VM.Config.Network",
        "VM.Config.Options",
        "VM.GuestAgent.Audit",
        "VM.Migrate",
        "VM.PowerMgmt",
        "VM.Snapshot",
        "VM.Snapshot.Rollback",
    };

    private final World world;

    Credentials(World world) {
        this.world = world;
    }

    void create() {
        giveToken(TOKEN_ID, "alpha-token");
        put("alpha-ca", Map.of("ca.crt", world.proxmox().caPem()));
        put("zone-key", key(world.primary().updateKey()));
        put("transfer-key", key(world.primary().transferKey()));
        put("rndc-key", key(world.primary().controlKey()));
        put("acme-ca", Map.of("ca.crt", world.acmeCa().serverCaPem()));
    }

    /** An API token with what the operator needs, in a Secret of that name; an earlier one of the same id is void. */
    public void giveToken(String id, String secretName) {
        var token = world.proxmox().createToken(id, PRIVILEGES);
        put(secretName, Map.of("tokenId", token.id(), "tokenSecret", token.secret()));
    }

    /** What {@link #giveToken} grants. */
    public static String[] privileges() {
        return PRIVILEGES.clone();
    }

    /** Makes a Secret in the operator's namespace, or changes it. */
    public void put(String name, Map<String, String> data) {
        put(world.controlPlane().admin(), Cloud.NAMESPACE, name, data);
    }

    static void put(KubernetesClient kubernetes, String namespace, String name, Map<String, String> data) {
        kubernetes
                .secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** A TSIG or rndc key as the Secrets hold it. */
    public static Map<String, String> key(TsigSecret key) {
        return Map.of("name", key.name(), "algorithm", key.algorithm(), "secret", key.secret());
    }
}
