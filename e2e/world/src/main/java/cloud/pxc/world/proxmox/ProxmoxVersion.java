package cloud.pxc.world.proxmox;

import java.util.Map;

/** Which Proxmox VE the cluster says it is. */
record ProxmoxVersion(String version, String release, String repoId) {
    static final ProxmoxVersion RECORDED = new ProxmoxVersion("9.2.11", "9.2", "14a22df35955d97d");

    /** @param version such as {@code 9.2.11} */
    static ProxmoxVersion of(String version) {
        return new ProxmoxVersion(version, version.replaceFirst("\\.[^.]*$", ""), RECORDED.repoId());
    }

    Map<String, String> answer() {
        return Map.of("version", version, "release", release, "repoid", repoId);
    }

    String packageName() {
        return "pve-manager/" + version + "/" + repoId;
    }
}
